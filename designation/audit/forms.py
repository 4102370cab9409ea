from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.site import forms

from . import wording


class FilterForm(forms.Form):
    """Narrows the list. A value that is no choice is told at its field and hides nothing."""

    action = forms.ChoiceField(
        label=_("动作"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": _("没有这个动作，请从列表中选择。")},
    )
    application = forms.CharField(
        label=pgettext_lazy("one", "申报"),
        required=False,
        max_length=100,
        help_text=_("申报编号，或组织、批次名称的一部分。"),
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["action"]  # type: ignore[assignment]
        field.choices = [("", _("全部动作")), *wording.actions()]
