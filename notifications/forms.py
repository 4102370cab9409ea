"""How a person wants to be told."""

from typing import Any

from django.forms import TypedChoiceField
from django.utils.translation import gettext_lazy as _

from designation.site import forms

from .models import Preference
from .preferences import KINDS, Pace

_HOURS = [("", _("不设")), *((str(hour), f"{hour}:00") for hour in range(24))]


def _hour(label: Any) -> forms.Field:
    return TypedChoiceField(
        label=label, choices=_HOURS, required=False, coerce=int, empty_value=None
    )


class PreferenceForm(forms.Form):
    """A choice for each kind of news, and the quiet hours."""

    quiet_from = _hour(_("免打扰开始"))
    quiet_until = _hour(_("免打扰结束"))

    def __init__(self, data: Any, wanted: Preference) -> None:
        super().__init__(
            data, initial={"quiet_from": wanted.quiet_from, "quiet_until": wanted.quiet_until}
        )
        for kind, words in KINDS.items():
            self.fields[kind] = forms.ChoiceField(
                label=words,
                choices=Pace.choices,
                initial=wanted.paces.get(kind, Pace.AT_ONCE),
                widget=forms.RadioSelect,
            )
        self.order_fields([*KINDS, "quiet_from", "quiet_until"])

    def paces(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in KINDS}
