"""What the lists of replays may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from designation.rounds.models import RoundCategory
from designation.site import forms
from designation.site.lists import Choice, Filters, Number, Order, Way

from .models import ReplayFlip
from .queries import categories_of


class ReplayFilters(Filters):
    none = _("还没有推演")
    none_hint = _("选择一个已开展的批次，就可以开始。")

    order = Order(asked=Way(_("推演先后"), "pk"))


class EntryFilters(Filters):
    """Which round and category to try on; narrowed by where one comes from."""

    in_order = ("-round__opens_at", "pk")
    none = _("没有可以推演的批次")
    none_hint = unmatched_hint = _("批次开展并有组织提交申报后，才能推演。")
    unmatched = none

    round = Number(field_name="round_id", label=_("批次"))
    version = Number(label=_("版本"), method="of_its_category")

    def of_its_category(
        self, rows: QuerySet[RoundCategory], _name: str, version: int
    ) -> QuerySet[Any]:
        return rows.filter(category__in=categories_of(version))


class FlipFilters(Filters):
    """Narrowed by the links above the list: what befell them, and by which of the ``checks``."""

    in_order = ("pk",)
    none = unmatched = _("没有组织的结论改变。")
    unmatched_hint = ""

    turn = Choice(
        label=_("变化"),
        choices=[("falls", _("变为不达标")), ("rises", _("变为达标"))],
        method="turned",
        widget=forms.HiddenInput,
    )
    check = Choice(label=_("检查点"), choices=[], method="by_check", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, rows: QuerySet[Any], *, request: Any, checks: Any) -> None:
        super().__init__(data, rows, request=request)
        self.filters["check"].extra["choices"] = [(code, code) for code in checks]

    def turned(self, rows: QuerySet[ReplayFlip], _name: str, turn: str) -> QuerySet[Any]:
        return rows.filter(falls=turn == "falls")

    def by_check(self, rows: QuerySet[ReplayFlip], _name: str, check: str) -> QuerySet[Any]:
        return rows.filter(check_codes__contains=[check])
