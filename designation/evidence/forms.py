"""Forms of a library's pages."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Organization
from designation.site import forms
from designation.site.uploads import UploadField

from . import library
from .content import Received
from .models import LONGEST_TITLE, LibraryEntry, Retention, Sensitivity
from .refusals import EvidenceRefused


def _not_to_come(day: date | None) -> date | None:
    if told := library.fault_of_day(day):
        raise ValidationError(told, code="in_future")
    return day


_ABOUT_SENSITIVITY = gettext_lazy(
    "含个人信息的，只有本单位和审核、核查这份申报的人能看。严禁上传涉密文件。"
)
_ABOUT_RETENTION = gettext_lazy("从材料形成年度的年底算起；期满后由单位负责人移出。")


class JudgedForm(forms.Form):
    """A form with a ``file`` for a library."""

    def received(self) -> Received | None:
        """The file, judged; one that is not taken is told at its field."""
        try:
            return library.receive(self.cleaned_data["file"])
        except EvidenceRefused as refused:
            self.add_error("file", str(refused))
            return None


class UploadForm(JudgedForm):
    """A file for the library of one of ``organizations``."""

    file = UploadField(
        label=gettext_lazy("选择文件"),
        widget=forms.FileInput(),
        help_text=gettext_lazy(
            "PDF、JPG、PNG、HEIC 照片、Word（docx）或 Excel（xlsx），单个不超过 20 MB。"
            "照片里的拍摄地点等信息会自动清除。"
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("材料名称"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("不填则用文件名。"),
    )
    caption = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dated_on = forms.DateField(
        label=gettext_lazy("材料日期"),
        required=False,
        help_text=gettext_lazy("会议、活动或文件的日期，不能晚于今天。"),
    )
    sensitivity = forms.ChoiceField(
        label=gettext_lazy("内容"),
        choices=Sensitivity,
        initial=Sensitivity.ORDINARY,
        widget=forms.RadioSelect,
        help_text=_ABOUT_SENSITIVITY,
    )
    retention = forms.ChoiceField(
        label=gettext_lazy("保管期限"),
        choices=Retention,
        initial=Retention.TEN_YEARS,
        help_text=_ABOUT_RETENTION,
    )
    organization = forms.ModelChoiceField(
        label=gettext_lazy("存入哪个单位的资料库"),
        queryset=Organization.objects.none(),
        empty_label=None,
    )

    def __init__(self, organizations: QuerySet[Organization], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def clean_dated_on(self) -> date | None:
        return _not_to_come(self.cleaned_data["dated_on"])


class EntryForm(RecordedForm, forms.ModelForm):
    """What is said of an entry."""

    class Meta:
        model = LibraryEntry
        fields = library.DESCRIBED
        widgets = {"caption": forms.Textarea(attrs={"rows": 2}), "sensitivity": forms.RadioSelect}
        help_texts = {
            "title": gettext_lazy("已经引用它的申报仍用引用时的名称。"),
            "sensitivity": _ABOUT_SENSITIVITY,
            "retention": _ABOUT_RETENTION,
        }

    def clean_dated_on(self) -> date | None:
        return _not_to_come(self.cleaned_data["dated_on"])
