"""The form by which a unit appeals, and that of what is done about it."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.site import clock, forms
from designation.site.personal_data import without_id_number
from designation.site.reasons import ReasonField
from designation.site.sure import SureField
from designation.site.uploads import SeveralFiles, UploadsField

from .attached import FIELD, MOST_FILES, judged
from .case import AppealAct, AppealCase
from .course import PASSAGES, asked_of
from .models import Ground
from .taking_in import Brought

_AT_LEAST = gettext_lazy("不少于 10 个字。")


def _text(label: Any, hint: Any = _AT_LEAST, most: int = 2000) -> forms.CharField:
    """Of several lines, which others read, and which names no person by number."""
    return ReasonField(label=label, max_length=most, help_text=hint, validators=[without_id_number])


def _line(label: Any, most: int, hint: Any = "") -> forms.CharField:
    """The same of one line."""
    return forms.CharField(
        label=label, max_length=most, help_text=hint, validators=[without_id_number]
    )


def _files(label: Any, *, required: bool) -> UploadsField:
    return UploadsField(
        label=label,
        required=required,
        widget=SeveralFiles(),
        help_text=format_lazy(
            gettext_lazy("一次最多 {most} 个，存入本单位资料库，只有本单位和复核的人看得到。"),
            most=MOST_FILES,
        ),
    )


def _scan(label: Any) -> UploadsField:
    """Of what came on paper."""
    return UploadsField(
        label=label,
        widget=SeveralFiles(),
        help_text=format_lazy(
            gettext_lazy("扫描件或者照片，一次最多 {most} 个；只有申请单位和复核的人看得到。"),
            most=MOST_FILES,
        ),
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
    attachments = _files(gettext_lazy("佐证材料（可不附）"), required=False)
    sure = SureField(gettext_lazy("一个决定只能申请复核一次，提交后不能修改；复核答复是最终答复。"))

    def __init__(self, data: Any = None, files: Any = None, *, of_a_meeting: bool) -> None:
        super().__init__(data, files)
        if not of_a_meeting:
            del self.fields["grounds"]

    @property
    def brought(self) -> Brought:
        """What it says, its files judged. Raises Refusal, told at its field."""
        said = self.cleaned_data
        return Brought(
            reason=said["reason"],
            grounds=said.get("grounds", ()),
            files=judged(said[FIELD]),
            received_at=said.get("received_at"),
        )


class EnteredAppealForm(AppealForm):
    """An appeal that came on paper, typed by a county coordinator."""

    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        initial=lambda: clock.now().replace(second=0, microsecond=0),
        help_text=gettext_lazy("申请期限和答复期限都按收到的日子计算；来信以邮戳日期为准。"),
    )
    attachments = _scan(gettext_lazy("申请书扫描件"))
    sure = SureField(
        gettext_lazy("一个决定只能申请复核一次，登记后不能修改；登记的人不办理这件复核。")
    )
    field_order = ("received_at", "grounds", "reason", "attachments", "sure")


class FilesForm(forms.Form):
    """What the unit adds to its appeal."""

    attachments = _files(gettext_lazy("佐证材料"), required=True)
    sure = SureField(gettext_lazy("补充的材料随即由复核的人看到，不能收回。"))


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
    document_number = DocumentNumberField(
        must_bear_one=True,
        label=gettext_lazy("答复文号"),
        help_text=gettext_lazy("如：青组函〔2026〕5号。"),
        validators=[without_id_number],
    )
    answered_on = forms.DateField(label=gettext_lazy("答复日期"))
    answer = _text(
        gettext_lazy("答复"),
        gettext_lazy("写明查明的事实、结论和依据，不少于 10 个字；申请单位会读到。"),
    )

    def __init__(self, name: str, case: AppealCase, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"answered_on": clock.today()})
        asked = asked_of(name, case.appeal)
        for field in set(self.fields) - set(asked):
            del self.fields[field]
        if PASSAGES[name].asks_papers:
            self.fields[FIELD] = _scan(gettext_lazy("撤回书扫描件"))
        if PASSAGES[name].cannot_be_undone:
            self.fields["sure"] = SureField(PASSAGES[name].cannot_be_undone)

    @property
    def act(self) -> AppealAct:
        """What it says, its files judged. Raises Refusal, told at its field."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "sure"}
        papers = tuple(judged(said.pop(FIELD, ())))
        return AppealAct(**said, papers=papers)
