"""A typed field for each check of an item: asked of the organization, and again on site."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from standards import values, wording
from standards.evaluation import Check, Item, NotApplicable

YES_NO_KINDS = ("must_be_true", "must_be_false")


class ValuesForm(forms.Form):
    """Fields are named by check code, the reason why one does not apply by ``<code>-na``.

    ``accepted`` holds JSON values that may be kept although others were refused, so that
    nothing a person typed is lost.
    """

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.accepted: dict[str, Any] = {}
        own = list(self.fields)
        for check in item.checks:
            self.fields[check.code] = self.value_field(check)
            if check.may_be_not_applicable:
                self.fields[f"{check.code}-na"] = forms.CharField(
                    label=_("本项不适用的原因（适用的不填）"), required=False, max_length=200
                )
        self.order_fields([*(name for name in self.fields if name not in own), *own])

    def value_field(self, check: Check) -> forms.Field:
        """The input that fits the kind of check."""
        raise NotImplementedError

    def parsed(self, check: Check, typed: Any) -> Any:
        """The value typed for ``check``; raises values.ValueRefused for one that does not fit."""
        return values.parse(check, typed)

    def clean(self) -> dict[str, Any]:
        """Judge each typed value by its check; keep what is good."""
        cleaned = super().clean() or {}
        for check in self.item.checks:
            if reason := cleaned.get(f"{check.code}-na", "").strip():
                self.accepted[check.code] = values.to_json(NotApplicable(reason))
                continue
            try:
                value = self.parsed(check, cleaned.get(check.code))
            except values.ValueRefused as refused:
                self.add_error(check.code, ValidationError(str(refused), code=refused.code))
                continue
            if value is not None:
                self.accepted[check.code] = values.to_json(value)
        return cleaned


def number_field(check: Check, help_text: str) -> forms.Field:
    """Text, so that what does not fit comes back as it was typed; judged by ``values.parse``."""
    return forms.CharField(
        label=f"{wording.metric(check)}（{check.unit}）",
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        required=False,
        max_length=40,
    )


def choice_field(check: Check, help_text: str, choices: Any = None) -> forms.Field:
    """One of a few; yes or no unless ``choices`` say otherwise."""
    return forms.ChoiceField(
        label=wording.metric(check),
        help_text=help_text,
        choices=choices or [("yes", _("是")), ("no", _("否"))],
        widget=forms.RadioSelect,
        required=False,
    )


def shown_values(item: Item, stored: dict[str, Any]) -> dict[str, Any]:
    """Stored JSON values as the form shows them."""
    shown: dict[str, Any] = {}
    for check in item.checks:
        data = stored.get(check.code)
        if isinstance(data, dict):
            shown[f"{check.code}-na"] = data.get("not_applicable", "")
        elif isinstance(data, bool):
            shown[check.code] = "yes" if data else "no"
        elif data is not None:
            shown[check.code] = data
    return shown
