"""What is typed to bring a calendar year in."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.site import forms
from designation.site.refusal import Refusal
from designation.site.uploads import Unread

from . import loads, proposals
from .proposals import ProposedYear
from .year_files import ENDINGS, MAX_BYTES, Unreadable, too_large

_FEWEST, _MOST = 5, 30
# So many faults are told at once; our default.
_TOLD = 20


class LoadForm(forms.Form):
    """A file and the notice it was written from; ``year`` is there once it was validated."""

    year: ProposedYear

    file = forms.FileField(
        label=gettext_lazy("日历文件"),
        help_text=gettext_lazy(
            ".xlsx、.csv 或 .json；两列：日期、类型（放假或补班），只写与周末规律不同的日子。"
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    document = forms.CharField(
        label=gettext_lazy("通知的发文字号"),
        max_length=200,
        help_text=gettext_lazy("国务院办公厅关于节假日安排的通知，例如：国办发明电〔2026〕5号。"),
    )
    days_off = forms.IntegerField(
        label=gettext_lazy("放假天数"),
        required=False,
        min_value=_FEWEST,
        max_value=_MOST,
        help_text=gettext_lazy("一般不填。通知给出的放假天数与放假办法不同时，才按通知填写。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and "days_off" not in self.errors:
            self._judge(file, cleaned.get("days_off"))
        return cleaned

    def _judge(self, file: Any, days_off: int | None) -> None:
        try:
            self.year = proposals.proposed(file.name, _content(file), days_off=days_off)
            loads.refuse_unless_due(self.year.year)
            self.year.check()
        except Unreadable as unreadable:
            self.add_error("file", str(unreadable))
        except Refusal as refused:
            self.add_error("file", [finding.message for finding in refused.findings[:_TOLD]])


def _content(file: Any) -> bytes:
    """Raises Unreadable for a file that is too large to be a year, before it is read."""
    if isinstance(file, Unread) or file.size > MAX_BYTES:
        raise too_large()
    content: bytes = file.read()
    return content


class ConfirmForm(forms.Form):
    compared = forms.BooleanField(
        label=gettext_lazy("我已拿通知原文逐月核对，放假和补班的日子都对"),
        error_messages={"required": gettext_lazy("请先与通知原文核对，再勾选。")},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("退回的理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("请写明退回的理由。")},
    )
