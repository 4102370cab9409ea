"""A list page: filters, sorting, paging and count, all of it kept in the address.

A room declares its filters (``filters.py``), its view says which rows are the person's, and the
part ``parts/list.html`` shows what came of it. Rows come from a scoping function and are only ever
narrowed. What the address says wrongly is told at its field, and filters nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import forms
from .pages import PAGE_SIZE
from .prepared import one_of
from .text import searched, whole_number

# A filter offers no more options than this, our default: beyond it a person types.
MOST_OPTIONS = 50
_NO_OPTION = _("没有这个选项，请从列表中选择。")
NO_OPTION = {"invalid_choice": _NO_OPTION}
Options = Callable[[int, HttpRequest], Iterable[tuple[str, str]]]
# On a phone a form of more inputs than this is folded.
_MOST_UNFOLDED = 2


class _SearchField(forms.CharField):
    """Of a longer text its beginning; what was typed stays in the input."""

    def to_python(self, value: Any) -> str:
        return searched({"text": value or ""})


class _NumberField(forms.Field):
    """The number of a row; one that no row has finds nothing."""

    default_error_messages = {"invalid": _("请填写数字。")}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        number = whole_number(value)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class Search(django_filters.CharFilter):
    """A part of a name or number, found by the ``method`` that the room gives."""

    field_class = _SearchField

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "search"}), **given)


class Choice(django_filters.ChoiceFilter):
    """One of a few, which do not grow with the site."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"empty_label": _("全部"), "error_messages": NO_OPTION} | given)


class Number(django_filters.Filter):
    """The number of a row, carried by a link from another page: no input is shown for it."""

    field_class = _NumberField

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **given)


class Code(Number):
    """A code of what grows with the site: chosen while it is one of few, else typed.

    ``options``: given how many to ask for and by which request, pairs of code and name.
    """

    def __init__(self, *, options: Options, typed: Any, **given: Any) -> None:
        super().__init__(**given)
        self.options, self.typed = options, typed

    @property
    def field(self) -> Any:
        """Asked for once by the form of a page."""
        # The set of filters that it stands in, set by it.
        request = self.parent.request  # type: ignore[attr-defined]
        options = list(self.options(MOST_OPTIONS + 1, request))
        if len(options) > MOST_OPTIONS:
            said = {"help_text": self.typed, "error_messages": {"invalid": self.typed}}
            self.extra |= {"widget": forms.TextInput, **said}
        else:
            chosen = forms.Select(choices=[("", _("全部")), *options])
            self.extra |= {"widget": chosen, "error_messages": {"invalid": _NO_OPTION}}
        return super().field


class Day(django_filters.Filter):
    """A day as of which the rows are: whoever gives them reads it, and no row is left out here."""

    field_class = forms.DateField  # type: ignore[assignment] # stubs say Field, and mean it alone

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:  # noqa: ARG002 - as its parent
        return qs


class Kept(django_filters.CharFilter):
    """What of the address belongs to the page and not to its filters: only carried along."""

    field_class = _SearchField

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, label="")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:  # noqa: ARG002 - as its parent
        return qs


class Way:
    """A way to sort: its ``label``, and columns that leave no two rows equal.

    An index serves it, or its cost is bounded: ``tests/test_list_pages.py`` says by what.
    """

    def __init__(self, label: Any, *columns: str) -> None:
        self.label, self.columns = label, columns

    @property
    def turned(self) -> tuple[str, ...]:
        """The same columns from the other end."""
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.columns)


class Order(Choice):
    """Which ``Way`` the rows stand in, by its name, from the other end by ``-name``."""

    def __init__(self, **ways: Way) -> None:
        self.orderings: dict[str, tuple[str, ...]] = {}
        choices = []
        for name, way in ways.items():
            self.orderings |= {name: way.columns, f"-{name}": way.turned}
            choices += [(name, format_lazy(_("{what}，正序"), what=way.label))]
            choices += [(f"-{name}", format_lazy(_("{what}，倒序"), what=way.label))]
        super().__init__(label=_("排序"), choices=choices, empty_label=_("默认顺序"))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.order_by(*self.orderings[value]) if value else qs


class _Form(forms.Form):
    """The inputs of a list, each under the name that it has in the address."""

    def __init__(self, data: QueryDict, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s")


class Filters(django_filters.FilterSet):
    """What a list may be narrowed by and sorted by; a subclass for each list.

    ``in_order``: how the rows stand unless another order is asked for; no two rows are equal in it.
    An ``Order`` is declared as ``order``. ``none`` is said when there is nothing at all, with what
    to do about it in ``none_hint``; ``unmatched`` when nothing is as asked; ``send`` is the word on
    the button.
    """

    in_order: ClassVar[tuple[str | OrderBy, ...]] = ("-pk",)
    none: ClassVar[Any]
    none_hint: ClassVar[Any] = ""
    unmatched: ClassVar[Any] = _("没有查到")
    unmatched_hint: ClassVar[Any] = _("请放宽筛选条件。")
    send: ClassVar[Any] = _("筛选")

    class Meta:
        form = _Form

    def __init__(self, data: QueryDict, rows: QuerySet[Any], *, request: Any = None) -> None:
        super().__init__(data, rows.order_by(*self.in_order), request=request)

    def chosen(self, name: str) -> Any:
        """What the address says rightly for ``name``; "" for nothing, or for what is wrong."""
        value = None if name in self.errors else self.form.cleaned_data.get(name)
        return "" if value is None else value

    @property
    def stands_in(self) -> str:
        """The name of the way in which the rows stand; "" for one that is not on offer."""
        orderings = getattr(self.filters.get("order"), "orderings", {})
        default = (name for name, columns in orderings.items() if columns == self.in_order)
        return self.chosen("order") or next(default, "")

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves rows out, or might."""
        narrowing = (n for n, found in self.filters.items() if not isinstance(found, Order | Kept))
        return any(self.chosen(name) != "" for name in narrowing)


class Listing:
    """A page of rows, with what the list was asked for."""

    def __init__(self, filters: Filters, page: Page[Any]) -> None:
        self.filters, self.page = filters, page

    @property
    def context(self) -> dict[str, Any]:
        """What ``parts/list.html`` and the rows of a page ask for."""
        return {"listing": self, "page": self.page}

    @cached_property
    def inputs(self) -> list[BoundField]:
        """What is filled in above the list; one row alone needs no sorting."""
        inputs = self.filters.form.visible_fields()
        is_needed = self.page.paginator.count > 1 or self.is_asked
        return inputs if is_needed or not self.only_sorts else []

    @property
    def only_sorts(self) -> bool:
        """Whether nothing can be asked for but an order."""
        return [field.name for field in self.filters.form.visible_fields()] == ["order"]

    @property
    def send(self) -> Any:
        """The word on the button."""
        return _("排序") if self.only_sorts else self.filters.send

    @property
    def folds(self) -> bool:
        """Whether the inputs stand folded on a phone: many of them, or what is seldom asked for."""
        return len(self.inputs) > _MOST_UNFOLDED or self.only_sorts

    @property
    def is_asked(self) -> bool:
        """Whether there is something to clear."""
        return self.filters.is_narrowed or bool(self.filters.errors or self.filters.chosen("order"))

    @property
    def lost_page(self) -> bool:
        """Whether a page was asked for that is not there; the nearest is shown."""
        asked = self.filters.data.get("page")
        return bool(asked and self.page.object_list) and whole_number(asked) != self.page.number

    @property
    def query(self) -> str:
        """What of the address narrows and sorts the list, on whichever page of it one is."""
        query = self.filters.data.copy()
        query.pop("page", None)
        return query.urlencode()

    @property
    def cleared(self) -> str:
        """The query of the same page without its filters."""
        kept = QueryDict(mutable=True)
        for name, found in self.filters.filters.items():
            if isinstance(found, Kept) and (value := self.filters.chosen(name)):
                kept[name] = value
        return f"?{kept.urlencode()}"

    def sorting(self, name: str) -> tuple[str, str]:
        """For the head of a column: its ``aria-sort``, and the query that sorts by it.

        Pressed again, from the other end.
        """
        stands = {name: "ascending", f"-{name}": "descending"}.get(self.filters.stands_in, "none")
        query = self.filters.data.copy()
        query.pop("page", None)
        query["order"] = f"-{name}" if stands == "ascending" else name
        return stands, f"?{query.urlencode()}"


class _FewPaginator(Paginator):
    """Asks for the rows first; only where they are more than a page it counts them too."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        first = list(rows[: self.per_page + 1])
        if len(first) > self.per_page:
            return int(rows.count())
        self.object_list = first
        return len(first)


class _BoundedPaginator(Paginator):
    """Counts no further than ``most``, and lists no more: what is found is found at one cost.

    The first keys are read in the order of the list, and a page asks for the rows of its own: what
    was looked for is looked for once. ``unfiltered`` are the rows before anything was asked.
    """

    unfiltered: QuerySet[Any]
    most = 0
    is_more = False

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        keys = list(rows.values_list("pk", flat=True)[: self.most + 1])
        self.is_more = len(keys) > self.most
        self.object_list = keys[: self.most]
        return len(self.object_list)

    def page(self, number: int | str) -> Page[Any]:
        found = super().page(number)
        if keys := list(found.object_list):
            theirs = Value(keys, ArrayField(BigIntegerField()))
            found.object_list = self.unfiltered.filter(one_of("pk", theirs))
        return found


def listing(
    request: HttpRequest,
    kind: type[Filters],
    rows: QuerySet[Any],
    *,
    size: int = PAGE_SIZE,
    few: bool = False,
    most: int | None = None,
    **given: Any,
) -> Listing:
    """The page of ``rows`` (those of the person's scope) that the address asks for.

    Two statements: the count and the rows; one where the rows are mostly ``few`` and fit a page.
    Of a register without end only so many are counted and listed as ``most`` says. What else is
    ``given`` is for the filters.
    """
    filters = kind(request.GET, rows, request=request, **given)
    paginator = (_FewPaginator if few else Paginator)(filters.qs, size)
    if most is not None:
        paginator = _BoundedPaginator(filters.qs, size)
        paginator.most = most
        paginator.unfiltered = rows.order_by(*filters.qs.query.order_by)
    return Listing(filters, paginator.get_page(request.GET.get("page")))
