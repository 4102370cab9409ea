"""A form over something in the record: two people's changes meet field by field.

The form carries what it showed (see ``shown``) in a hidden field of its own. Sent back, it is
built anew while the row is held, so that what it calls its initial values is what the record says
by then. Before anything across the fields is checked, each field that this person did not touch
takes the record's value; one that another person changed too is asked about.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.encoding import force_str
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import shown
from .shown import Seen, Told, merge
from .templatetags.moments import day, moment

if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object


def said(field: forms.Field, value: Any) -> Any:
    """What ``field`` says for ``value``, the same for what is on record and for what was typed."""
    if isinstance(field, forms.BooleanField):
        return bool(value)
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f")
    prepared = field.prepare_value(value)
    if isinstance(prepared, datetime | date):
        return str(field.widget.format_value(prepared))
    if isinstance(prepared, Iterable) and not isinstance(prepared, str):
        return sorted(str(one) for one in prepared)
    return "" if prepared is None else str(prepared).replace("\r\n", "\n").strip()


def in_words(field: forms.Field, value: Any) -> str:
    """The value as people read it: what was chosen by its label, a date with its weekday."""
    if isinstance(field, forms.BooleanField):
        return force_str(_("是") if value else _("否"))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(field, forms.ModelChoiceField):
        return "、".join(str(row) for row in _rows(field, value))
    text = said(field, value)
    labels = {str(key): force_str(label) for key, label in getattr(field, "choices", ())}
    chosen = [text] if isinstance(text, str) else text
    return "、".join(labels.get(key, key) for key in chosen)


def _rows(field: forms.ModelChoiceField, value: Any) -> Iterable[Model]:
    """The rows that were chosen, also those that are no longer offered."""
    if isinstance(value, Model):
        return [value]
    keys = said(field, value)
    wanted = [keys] if isinstance(keys, str) else keys
    return field.queryset.model.objects.filter(  # type: ignore[union-attr]
        pk__in=[key for key in wanted if key]
    )


class ShownForm(_Form):
    """Mixed into a form; ``changes`` and ``conflicts`` are there once it was validated.

    ``changes`` maps each field that this person changed to its value in the record before and the
    one it is to have. The view saves nothing unless the form is valid.
    """

    # Fields that are no part of the record, each time filled in anew.
    NEVER_SHOWN: ClassVar[tuple[str, ...]] = ()

    changes: dict[str, tuple[Any, Any]]
    conflicts: dict[str, Told]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes, self.conflicts = {}, {}

    @property
    def is_over_a_record(self) -> bool:
        """Whether there is a row already; a form about to create one shows nothing of a record."""
        instance = getattr(self, "instance", None)
        return instance is None or instance.pk is not None

    def on_record(self, name: str) -> Any:
        """What the record says under a field."""
        return self.get_initial_for_field(self.fields[name], name)

    def is_proposed(self, name: str) -> bool:  # noqa: ARG002 - for forms that propose something
        """Whether the field shows a proposal of ours while the record says nothing.

        Then nobody's value can be in the way.
        """
        return False

    def last_changed(self, names: Iterable[str]) -> Mapping[str, tuple[str, datetime | None]]:
        """By field, who changed it last and when; what is not known is left out."""
        raise NotImplementedError

    def compared_changes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Of the fields that this person changed, the values before and those they are to have."""
        return (
            {name: before for name, (before, _after) in self.changes.items()},
            {name: self.cleaned_data[name] for name in self.changes},
        )

    def compared(self) -> list[str]:
        """The fields that are compared, in the form's order."""
        return [name for name in self.fields if name not in self.NEVER_SHOWN]

    @property
    def what_it_shows(self) -> SafeString:
        """The hidden input; sent back it stays as it came: nothing was looked at anew."""
        if not self.is_over_a_record:
            return SafeString()
        seen = {
            name: said(self.fields[name], self.get_initial_for_field(self.fields[name], name))
            for name in self.compared()
        }
        carried = self.data.get(shown.INPUT, "") if self.is_bound else shown.carried(seen)
        return format_html('<input type="hidden" name="{}" value="{}">', shown.INPUT, carried)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        if self.is_over_a_record:
            self._bring_together()

    def _bring_together(self) -> None:
        seen = Seen.of(self.data)
        self._forgive(seen)
        self._tell_what_is_shut()
        compared = [name for name in self.compared() if not self.is_proposed(name)]
        sent = {
            name: said(self.fields[name], self.cleaned_data[name])
            for name in compared
            if name in self.cleaned_data and self._was_sent(name, seen)
        }
        current = {name: said(self.fields[name], self.on_record(name)) for name in compared}
        merged = merge(seen, current, sent)
        for name in compared:
            before = self.on_record(name)
            if name in merged.changed:
                self.changes[name] = (before, self.cleaned_data[name])
            elif name in self.cleaned_data and name not in merged.conflicts:
                self.cleaned_data[name] = self._as_cleaned(name, before)
        self._ask(merged.conflicts)

    def _forgive(self, seen: Seen) -> None:
        """What this person left as it was, and another changed, is no fault of theirs."""
        for name in self.compared():
            if name in self.errors and name in seen.digests:
                before = seen.digests[name]
                left = shown.digest(said(self.fields[name], self[name].data)) == before
                if left and shown.digest(said(self.fields[name], self.on_record(name))) != before:
                    del self.errors[name]
                    self.cleaned_data[name] = self._as_cleaned(name, self.on_record(name))

    def _tell_what_is_shut(self) -> None:
        """What was typed into a field before it was closed to this person is not dropped."""
        for name in self.compared():
            typed = self[name].data
            if self.fields[name].disabled and self.add_prefix(name) in self.data:
                field = self.fields[name]
                if said(field, typed) != said(field, self.on_record(name)):
                    told = _("这里现在不能修改，您填的“%(typed)s”没有保存。")
                    self.add_error(name, told % {"typed": in_words(field, typed)})

    def _was_sent(self, name: str, seen: Seen) -> bool:
        """A page that did not have the field says nothing about it."""
        key = self.add_prefix(name)
        if name not in seen.digests:
            return key in self.data
        widget = self.fields[name].widget
        return not widget.value_omitted_from_data(self.data, self.files, key)

    def _as_cleaned(self, name: str, before: Any) -> Any:
        """The record's value as the field would have cleaned it."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and before is not None:
            return field.to_python(field.prepare_value(before))
        # Text without a value is "" to a form, whatever the record has.
        return getattr(field, "empty_value", None) if before is None else before

    def _ask(self, names: Collection[str]) -> None:
        if not names:
            return
        known = self.last_changed(names)
        for name in names:
            field, theirs = self.fields[name], self.on_record(name)
            who, at = known.get(name, ("", None))
            now = shown.digest(said(field, theirs))
            self.conflicts[name] = Told(name, in_words(field, theirs), who or _("他人"), at, now)
            self.add_error(name, _("您和对方都改了这里，请选一个。"))
