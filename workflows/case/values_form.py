"""A typed field for each check of an item: asked of the organization, and again on site."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from designation.site import forms
from designation.site.questions import AsksBack
from standards import kinds, values, wording
from standards.engine.evaluation import Check, Figure, Item, NotApplicable
from standards.engine.periods import Period
from standards.kinds import Input, ValueAsked, ValueRefused, shown_figure
from standards.units import unit_name
from standards.values import figure_name

from .conflicts import TellsConflicts


class ValuesForm(AsksBack, TellsConflicts, forms.Form):
    """Fields are named by check code, the reason why one does not apply by ``<code>-na``.

    A check that is derived from named figures has a field for each: ``<code>-<figure>``.
    ``periods`` says for a scope of checks which days are looked at. ``accepted`` holds JSON
    values that may be kept although others were refused, so that nothing a person typed is lost.
    ``judged``: what is asked is what the verifiers find on site.
    """

    judged = False

    def __init__(
        self, item: Item, *args: Any, periods: Mapping[str, Period] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.accepted: dict[str, Any] = {}
        self._check_of: dict[str, str] = {}
        own = list(self.fields)
        for check in item.checks:
            for name, field in self._fields_of(check):
                self._check_of[name] = check.code
                self.fields[name] = field
            self._say_period(check, (periods or {}).get(check.scope))
            self._say_parts(check)
        self.order_fields([*(name for name in self.fields if name not in own), *own])

    def _fields_of(self, check: Check) -> Iterable[tuple[str, forms.Field]]:
        if check.asked_as:
            for name, asked in zip(_figure_names(check), check.asked_as, strict=True):
                yield name, self.figure_field(check, asked)
        else:
            yield check.code, self.value_field(check)
        if check.may_be_not_applicable:
            yield (
                f"{check.code}-na",
                forms.CharField(
                    label=_("本项不适用的原因（适用的不填）"), required=False, max_length=200
                ),
            )

    def _say_period(self, check: Check, period: Period | None) -> None:
        said = wording.period(period) if period else wording.period_of(check.scope)
        field = self.fields[_names(check)[0]]
        if isinstance(field, MonthsField):
            field.name_months(period)
        if said and field.help_text:
            beside = str(field.help_text).rstrip("。.")
            said = _("%(rule)s。%(period)s") % {"rule": beside, "period": said}
        field.help_text = said or field.help_text

    def _say_parts(self, check: Check) -> None:
        """Inputs that make one value together are saved together: the page's script asks."""
        names = [name for name, code in self._check_of.items() if code == check.code]
        for name in names if len(names) > 1 else ():
            self.fields[name].widget.attrs["data-part-of"] = check.code

    def texts_of(self, name: str, record: Mapping[str, Any]) -> dict[str, list[str]]:
        """What the inputs of one field of the record would show for what stands there."""
        shown = dict(record) | shown_values(self.item, {name: record.get(name)})
        inputs = [each for each in self.fields if self.field_of(each) == name]
        return {each: [str(shown[each])] if shown.get(each) else [] for each in inputs}

    def field_of(self, name: str) -> str:
        """The field of the record that the input is for."""
        return self._check_of.get(name, name)

    def value_field(self, check: Check) -> forms.Field:
        """The input that fits the kind of check."""
        asked = kinds.of(check.kind).input(check, judged=self.judged)
        parts = wording.parts(check) if asked.lists_parts else ""
        return _field(check, asked, (asked.hint or self.beside(check)) + parts)

    def figure_field(self, check: Check, asked: Figure) -> forms.Field:
        """The input of one figure that the value is derived from."""
        return _line(check, Input(kinds.LINE), self.beside(check), asked)

    def beside(self, check: Check) -> str:
        """What stands beside an input whose kind has no hint of its own; no label said again."""
        return wording.requirement(check)

    def clean(self) -> dict[str, Any]:
        """Judge each typed value by its check; keep what is good."""
        cleaned = super().clean() or {}
        for check in self.item.checks:
            names = _names(check)
            typed = {name: cleaned.get(name) or "" for name in names}
            if reason := cleaned.get(f"{check.code}-na", "").strip():
                self._not_applicable(check, reason, typed)
                continue
            try:
                value = self._value(check, typed)
            except ValueRefused as refused:
                self.add_error(
                    names[refused.place], ValidationError(str(refused), code=refused.code)
                )
                continue
            if value is not None:
                self.accepted[check.code] = values.to_json(value)
        return cleaned

    def _not_applicable(self, check: Check, reason: str, typed: dict[str, str]) -> None:
        """A value beside the reason why there is none is not dropped without a word."""
        if any(typed.values()):
            told = _("上面填了内容，这里又写明不适用：请只保留一样，清空另一样。")
            self.add_error(f"{check.code}-na", ValidationError(told, code="both"))
        else:
            self.accepted[check.code] = values.to_json(NotApplicable(reason))

    def _value(self, check: Check, typed: dict[str, str]) -> Any:
        """The value typed, read as the person said it is meant; what was asked stays asked."""
        names, read = list(typed), dict(typed)
        while True:
            try:
                figures = list(read.values())
                said = figures if check.asked_as else figures[0]
                return values.parse(check, said, judged=self.judged)
            except ValueAsked as asked:
                name = names[asked.place]
                self.ask(name, typed[name], asked.ways)
                meant = self.meant(name)
                if meant is None:
                    raise
                read[name] = meant

    def input_of(self, name: str) -> str:
        """A check of several figures is told at the first."""
        return next((_names(c)[0] for c in self.item.checks if c.code == name), name)

    def said(self) -> dict[str, Any]:
        """What is good of what was typed, by field of the record."""
        refused = self.refused_codes()
        values = {c.code: self.accepted.get(c.code) for c in self.item.checks}
        words = {n: text for n, text in self.cleaned_data.items() if n not in self._check_of}
        return {name: value for name, value in (values | words).items() if name not in refused}

    def refused_codes(self) -> frozenset[str]:
        """Codes of the checks, and names of the other fields, that were refused."""
        return frozenset(self._check_of.get(name, name) for name in self.errors)


class MonthsField(forms.MultipleChoiceField):
    """Which of the twelve months that are looked at; by their names where those are known."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.name_months(None)

    def name_months(self, period: Period | None) -> None:
        """Take the months of ``period`` for the twelve."""
        named = [(str(place), said) for place, said in enumerate(wording.months(period))]
        self.choices = [*named, (kinds.NO_MONTH, _("都没有"))]


def _figure_names(check: Check) -> list[str]:
    return [f"{check.code}-{asked.name}" for asked in check.asked_as]


def _names(check: Check) -> list[str]:
    return _figure_names(check) or [check.code]


def _field(check: Check, asked: Input, help_text: str) -> forms.Field:
    if asked.shape == kinds.ONE_OF:
        return _one_of(check, asked, help_text)
    if asked.shape == kinds.LONG_TEXT:
        return _long_text(check, help_text)
    if asked.shape == kinds.MONTHS:
        return MonthsField(label=wording.metric(check), help_text=help_text)
    return _line(check, asked, help_text)


def _line(check: Check, asked: Input, help_text: str, figure: Figure | None = None) -> forms.Field:
    """Text, so that what does not fit comes back as it was typed; judged by ``values.parse``."""
    metric, unit = wording.metric(check), check.unit
    if figure:
        metric, unit = f"{metric} · {figure_name(figure)}", figure.unit
    return forms.CharField(
        label=f"{metric}（{unit_name(unit)}）" if unit else metric,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": asked.keyboard}),
        required=False,
        max_length=40,
    )


def _one_of(check: Check, asked: Input, help_text: str) -> forms.Field:
    return forms.ChoiceField(
        label=wording.question(check),
        help_text=help_text,
        choices=asked.options,
        widget=forms.RadioSelect,
        required=False,
    )


def _long_text(check: Check, help_text: str) -> forms.Field:
    return forms.CharField(
        label=wording.metric(check),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )


def shown_values(item: Item, stored: dict[str, Any]) -> dict[str, Any]:
    """Stored JSON values as the form shows them."""
    shown: dict[str, Any] = {}
    for check in item.checks:
        data = stored.get(check.code)
        if isinstance(data, dict) and "not_applicable" in data:
            shown[f"{check.code}-na"] = data["not_applicable"]
        elif isinstance(data, dict) and check.asked_as:
            units = {asked.name: asked.unit for asked in check.asked_as}
            shown |= {
                f"{check.code}-{name}": shown_figure(figure, units.get(name, ""))
                for name, figure in data.items()
            }
        elif data is not None:
            shown[check.code] = kinds.of(check.kind).in_input(check, data)
    return shown
