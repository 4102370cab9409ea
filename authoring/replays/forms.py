"""What to replay by: the values to take, and thresholds to change."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.site import forms
from designation.site.questions import AsksBack
from standards import kinds, values, wording
from standards.engine.evaluation import Check, Standard

from .models import Basis

_PERCENT = 100
_PREFIX = "threshold-"


class ReplayForm(AsksBack, forms.Form):
    """One field for each check of ``standard`` that compares a figure, filled with its own."""

    basis = forms.ChoiceField(
        label=gettext_lazy("用哪些数值推演"),
        choices=Basis,
        initial=Basis.DECLARED,
        widget=forms.RadioSelect,
    )

    def __init__(self, standard: Standard, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_own = is_own
        self.numeric = {
            check.code: check for check in standard.checks if kinds.of(check.kind).has_threshold
        }
        for code, check in self.numeric.items():
            self.fields[_PREFIX + code] = _threshold_field(check)

    def threshold_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "check": check,
                "rule": wording.metric(check),
                "present": wording.threshold(check),
                "field": self[_PREFIX + code],
            }
            for code, check in self.numeric.items()
        ]

    @property
    def has_threshold_errors(self) -> bool:
        return any(name.startswith(_PREFIX) for name in self.errors)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self._changed_shares(typed):
            try:
                typed[name] = self.share(name, typed[name])
            except ValidationError as asked:
                self.add_error(name, asked)
        if not self.errors and self.is_own and not self.thresholds:
            raise forms.ValidationError(
                _(
                    "这就是本批次所用的标准，指标值也没有改动，推演不会有变化。请换一个版本，或改动指标值。"
                ),
                code="nothing_to_try",
            )
        return typed

    def _changed_shares(self, typed: dict[str, Any]) -> list[str]:
        return [
            _PREFIX + code
            for code, check in self.numeric.items()
            if check.unit == "%" and typed.get(_PREFIX + code) not in (None, check.threshold)
        ]

    @property
    def thresholds(self) -> dict[str, Any]:
        """Those that differ from the standard's own, in the shape that is stored."""
        return {
            code: values.to_json(self.cleaned_data[_PREFIX + code])
            for code, check in self.numeric.items()
            if self.cleaned_data[_PREFIX + code] != Decimal(str(check.threshold))
        }


def _threshold_field(check: Check) -> forms.DecimalField:
    return forms.DecimalField(
        label=gettext_lazy("改为"),
        min_value=0,
        max_value=_PERCENT if check.unit == "%" else kinds.of(check.kind).most,
        decimal_places=0 if check.whole_numbers else 2,
        initial=check.threshold,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
