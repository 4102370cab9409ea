"""The forms of the room: a file, what is taken of it, a new draft, a reason."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.organizations.models import Jurisdiction
from designation.site import forms
from designation.site.reasons import LEAST_REASON
from designation.site.uploads import UploadField
from standards.categories import Category
from standards.models import StandardVersion


class _ForAnArea(forms.Form):
    jurisdiction = forms.ModelChoiceField(
        label=gettext_lazy("适用区划"), queryset=Jurisdiction.objects.none(), empty_label=None
    )

    def __init__(self, areas: QuerySet[Jurisdiction], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        self.fields["jurisdiction"].initial = areas.first()


class FileForm(_ForAnArea):
    file = UploadField(
        label=gettext_lazy("标准文件"),
        help_text=gettext_lazy(
            "Word（docx）、文本（txt）、Excel（xlsx）或本系统导出的 YAML，不超过 20 MB。"
        ),
    )
    field_order = ("file", "jurisdiction")


class TakingForm(forms.Form):
    """What a standard that was read is taken as. What to leave out comes beside it."""

    category = forms.ChoiceField(label=gettext_lazy("类别"), choices=Category)
    title = forms.CharField(label=gettext_lazy("标准名称"), max_length=200)
    document = forms.CharField(
        label=gettext_lazy("来源文件名称"),
        max_length=200,
        help_text=gettext_lazy("正式文件的全称，会印在标准的公开页面上。"),
    )
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=120, required=False)
    document_number = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("例如：青委发〔2026〕3号"),
    )


class CopyForm(_ForAnArea):
    version = forms.ModelChoiceField(
        label=gettext_lazy("从哪个版本开始"),
        queryset=StandardVersion.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("新版本先与它完全相同，再逐条修改；原版本不变。"),
    )
    field_order = ("version", "jurisdiction")

    def __init__(self, versions: QuerySet[StandardVersion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]


class BlankForm(_ForAnArea):
    category = forms.ChoiceField(label=gettext_lazy("类别"), choices=Category)
    title = forms.CharField(label=gettext_lazy("标准名称"), max_length=200)
    field_order = ("category", "title", "jurisdiction")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("记入审计日志。"),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < LEAST_REASON:
            raise forms.ValidationError(
                _("请写明理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON},
                code="reason_too_short",
            )
        return reason
