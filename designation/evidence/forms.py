"""Forms of a library's pages."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Organization
from designation.site import forms
from designation.site.uploads import UploadsField, all_too_large

from . import library
from .content import Received
from .models import LONGEST_TITLE, LibraryEntry, Retention, Sensitivity
from .refusals import EvidenceRefused


def _not_to_come(day: date | None) -> date | None:
    if told := library.fault_of_day(day):
        raise ValidationError(told, code="in_future")
    return day


_ABOUT_SENSITIVITY = gettext_lazy(
    "含个人信息的，只有本单位和审核、核查这份申报的人能看；申报办结满 12 个月，经通知后删除内容。"
    "严禁上传涉密文件。"
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


class SeveralForm(forms.Form):
    """A form with several files at once, ``file``, and a ``title``: each is judged by itself."""

    def judged(self) -> Iterator[tuple[str, Received]]:
        """Title and content of each that may be kept; what may not is told at the field by name.

        No more than EVIDENCE_AT_ONCE: a page waits while they are judged.
        """
        files = self.cleaned_data["file"]
        most = settings.EVIDENCE_AT_ONCE
        for number, file in enumerate(files[:most], start=1):
            try:
                yield self._title(number, len(files)), library.receive(file)
            except EvidenceRefused as refused:
                self.refuse(str(refused), [str(file.name)] if len(files) > 1 else [])
            if (file.size or 0) > settings.REQUEST_LIMIT:
                self.add_error("file", all_too_large(file.size or 0))
        if files[most:]:
            told = _("一次最多收 %(most)s 个文件，其余的请再选一次。") % {"most": most}
            self.refuse(told, names_of(files[most:]))

    def refuse(self, told: str, names: Iterable[str] = ()) -> None:
        """Tell at the field what was not taken, by the names that ``told`` does not say."""
        unsaid = [name for name in names if name not in told]
        if unsaid:
            told = _("%(told)s没有收下：%(names)s") % {"told": told, "names": "、".join(unsaid)}
        self.add_error("file", told)

    def _title(self, number: int, count: int) -> str:
        """What was typed, numbered where it stands for several."""
        title: str = self.cleaned_data["title"]
        return f"{title}（{number}）" if title and count > 1 else title


def names_of(files: Iterable[UploadedFile]) -> list[str]:
    return [str(file.name) for file in files]


class UploadForm(SeveralForm):
    """Files for the library of one of ``organizations``."""

    file = UploadsField(
        label=gettext_lazy("选择文件"),
        help_text=gettext_lazy(
            "PDF、JPG、PNG、HEIC 照片、Word（docx）或 Excel（xlsx），单个不超过 20 MB，"
            "可以一次选几个。照片里的拍摄地点等信息会自动清除。"
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("材料名称"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("不填则用文件名；一次选了几个的，在后面编号。"),
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

    @property
    def of_the_files(self) -> list[forms.BoundField]:
        """What a page without a script asks of the files themselves."""
        return [self[name] for name in ("file", "title")]

    @property
    def about(self) -> list[forms.BoundField]:
        """What is said of all of them alike."""
        own = self.of_the_files
        return [field for field in self.visible_fields() if field not in own]

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
