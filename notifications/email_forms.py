"""What a county says in one kind of e-mail of a round, its fields in the reader's own words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.audit.recorded_form import RecordedForm
from designation.site import forms
from designation.site.telling import tell

from . import email_wordings
from .models import EmailWording
from .round_messages import RoundMessage


def _lines(label: Any, part: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=email_wordings.longest(part),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


def _line(label: Any, part: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=email_wordings.longest(part),
        help_text=help_text,
    )


class EmailWordingForm(RecordedForm, forms.Form):
    """Six parts; one that is left empty is the system's."""

    subject_zh = _line(_("标题（中文）"), "subject_zh", _("不填的，用系统的标题。"))
    opening_zh = _lines(_("开头（中文）"), "opening_zh", _("写在系统的内容前面。"))
    closing_zh = _lines(_("结尾（中文）"), "closing_zh", _("写在最后，例如联系人和固定电话。"))
    subject_en = _line(
        _("标题（英文）"), "subject_en", _("发给用英文的人；英文不填的，用系统的英文。")
    )
    opening_en = _lines(_("开头（英文）"), "opening_en")
    closing_en = _lines(_("结尾（英文）"), "closing_en")

    def __init__(self, wording: EmailWording, message: RoundMessage, data: Any = None) -> None:
        self.wording, self.message = wording, message
        super().__init__(data, initial=email_wordings.as_edited(wording))

    @property
    def subject(self) -> EmailWording:
        return self.wording

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = {part: cleaned[part] for part in email_wordings.PARTS if part in cleaned}
        tell(self, email_wordings.faults(typed, self.message))
        return cleaned

    def shown(self) -> Mapping[str, str]:
        """What a preview is of: what was typed, else what stands."""
        return self.cleaned_data if self.is_bound and self.is_valid() else self.initial
