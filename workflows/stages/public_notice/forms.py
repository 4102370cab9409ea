"""Forms of the notice."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.evidence.content import Received
from designation.evidence.forms import JudgedForm
from designation.rounds.models import NoticeChannel
from designation.site import clock, forms
from designation.site.reasons import ReasonField
from designation.site.uploads import UploadField

from .meetings import Held, apart
from .models import Cause, Notice
from .notices import PRINTED_FIELDS
from .scan import offending_fields
from .step_gates import MOST_DAYS

# Its result may be worded anew: that of two categories is told in one.
_OF_THE_RECORD = ("meeting_name", "meeting_on", "meeting_attendance")


class NoticeForm(forms.ModelForm):
    """The printed fields, and the chosen applications to list.

    What is printed of the meeting is what was recorded of it.
    """

    applications = forms.MultipleChoiceField(
        label=gettext_lazy("列入名单的申报"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy(
                "您选的申报中有的已列入其他公示，或者已不再等待公示。请从现在的名单中选择。"
            )
        },
    )

    class Meta:
        model = Notice
        fields = PRINTED_FIELDS
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 2}),
            "procedure": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, listed: Any, meetings: Mapping[int, Held], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {str(row.pk): row for row in listed}
        choices = [
            (key, f"{row.organization.name}（{row.get_category_display()}）")
            for key, row in self.listed.items()
        ]
        self.fields["applications"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["applications", *PRINTED_FIELDS])
        self.meetings = meetings
        for name in _OF_THE_RECORD if self.meetings else ():
            self.fields[name].disabled = True
        # With nothing left to list, nothing but that is in the way.
        for name in () if self.listed else _OF_THE_RECORD:
            self.fields[name].required = False

    def clean_meeting_on(self) -> Any:
        meeting = self.cleaned_data["meeting_on"]
        if meeting and meeting > clock.today():
            raise ValidationError(_("会议日期不能晚于今天。"), code="in_future")
        return meeting

    def _put_in_the_meeting(self, cleaned: dict[str, Any]) -> None:
        chosen = [self.meetings.get(int(key)) for key in cleaned.get("applications", ())]
        known = [one for one in chosen if one is not None]
        if told := apart(known):
            self.add_error("applications", told)
        elif known:
            cleaned.update({name: known[-1].printed[name] for name in _OF_THE_RECORD})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._put_in_the_meeting(cleaned)
        for name in offending_fields({name: cleaned.get(name) for name in PRINTED_FIELDS}):
            self.add_error(name, _("含有身份证号或手机号，公示中不得出现，请删除。"))
        return cleaned

    def chosen(self) -> list[Any]:
        return [self.listed[key] for key in self.cleaned_data["applications"]]


def _public_reason() -> forms.CharField:
    return ReasonField(
        label=gettext_lazy("原因"),
        rows=2,
        max_length=500,
        help_text=gettext_lazy(
            "会在公示页面上对外公开，不少于 10 个字，例如：3月5日至6日网站检修，公示页面无法访问。"
        ),
    )


class ExtendForm(forms.Form):
    """How many days more a running notice gets, of those that it counts, and why."""

    prefix = "extend"

    days = forms.IntegerField(
        label=gettext_lazy("延长的日数"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("公示期按工作日计算的填工作日，按自然日计算的填自然日。"),
    )
    reason = _public_reason()


class RestartForm(forms.Form):
    """What broke a notice off, and in which words the public is told."""

    prefix = "restart"

    cause = forms.ChoiceField(label=gettext_lazy("终止的原因"), choices=Cause.choices)
    reason = _public_reason()


class PostingForm(JudgedForm):
    """Where a published notice was posted; ``picture`` once it was judged."""

    prefix = "posting"
    picture: Received | None = None

    channel = forms.ChoiceField(label=gettext_lazy("公示渠道"), choices=NoticeChannel.choices)
    place = forms.CharField(
        label=gettext_lazy("具体位置"),
        max_length=120,
        help_text=gettext_lazy("会在公示页面上对外公开，例如：红旗镇政务公开栏。"),
    )
    posted_by = forms.CharField(
        label=gettext_lazy("张贴（发布）人"),
        max_length=60,
        help_text=gettext_lazy("经手的人，不对外公开。"),
    )
    posted_on = forms.DateField(label=gettext_lazy("张贴（发布）日期"))
    file = UploadField(
        label=gettext_lazy("照片或网页截图"),
        help_text=gettext_lazy(
            "JPG 或 PNG 图片，不超过 20 MB；不对外公开。登记后留存，不能修改；写错的，再登记一条。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in cleaned:
            self.picture = self.received()
        return cleaned


class SendBackForm(forms.Form):
    """Why a notice goes back to the coordinator."""

    reason = ReasonField(
        label=gettext_lazy("退回原因"),
        rows=2,
        help_text=gettext_lazy("写明要改什么、为什么，不少于 10 个字。"),
    )
