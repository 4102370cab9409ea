"""The form by which a unit appeals, and that of what is done about it."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.site import clock, forms
from designation.site.personal_data import without_id_number
from designation.site.reasons import ReasonField
from designation.site.sure import SureField

from .case import AppealAct, AppealCase
from .course import PASSAGES, asked_of
from .models import Ground

_AT_LEAST = gettext_lazy("不少于 10 个字。")


def _text(label: Any, hint: Any = _AT_LEAST, most: int = 2000) -> forms.CharField:
    """Of several lines, which others read, and which names no person by number."""
    return ReasonField(label=label, max_length=most, help_text=hint, validators=[without_id_number])


def _line(label: Any, most: int, hint: Any = "") -> forms.CharField:
    """The same of one line."""
    return forms.CharField(
        label=label, max_length=most, help_text=hint, validators=[without_id_number]
    )


class AppealForm(forms.Form):
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("要求复核的事项"),
        choices=Ground.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("集体研究的决定，只复核事实、统计和程序，可以选几项。"),
    )
    reason = _text(
        gettext_lazy("事实和理由"),
        gettext_lazy("写明哪里有误、依据什么，不少于 10 个字，3000 字以内。"),
        most=3000,
    )
    sure = SureField(gettext_lazy("一个决定只能申请复核一次，提交后不能修改；复核答复是最终答复。"))

    def __init__(self, data: Any = None, *, of_a_meeting: bool) -> None:
        super().__init__(data)
        if not of_a_meeting:
            del self.fields["grounds"]


class ActForm(forms.Form):
    """What a passage declares that it asks for."""

    facts = _text(gettext_lazy("事实认定核实情况"))
    count = _text(gettext_lazy("统计、计算核实情况"))
    procedure = _text(gettext_lazy("程序核实情况"))
    meeting_name = _line(gettext_lazy("研究会议"), 120)
    meeting_on = forms.DateField(label=gettext_lazy("会议日期"))
    meeting_attendance = _line(
        gettext_lazy("到会情况"), 200, gettext_lazy("如：应到 9 人，实到 9 人。")
    )
    meeting_result = _line(gettext_lazy("研究结果"), 500)
    document_number = _line(gettext_lazy("答复文号"), 80, gettext_lazy("如：青组函〔2026〕5号。"))
    answered_on = forms.DateField(label=gettext_lazy("答复日期"))
    answer = _text(
        gettext_lazy("答复"),
        gettext_lazy("写明查明的事实、结论和依据，不少于 10 个字；申请单位会读到。"),
    )

    def __init__(self, name: str, case: AppealCase, data: Any = None) -> None:
        super().__init__(data, initial={"answered_on": clock.today()})
        asked = asked_of(name, case.appeal)
        for field in set(self.fields) - set(asked):
            del self.fields[field]
        if PASSAGES[name].cannot_be_undone:
            self.fields["sure"] = SureField(PASSAGES[name].cannot_be_undone)

    @property
    def act(self) -> AppealAct:
        return AppealAct(
            **{name: value for name, value in self.cleaned_data.items() if name != "sure"}
        )
