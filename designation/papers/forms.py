"""The forms in which a template is brought, and the sealed copy of a paper."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from designation.evidence import library
from designation.evidence.content import Received
from designation.evidence.forms import JudgedForm
from designation.site import forms
from designation.site.refusal import Refusal
from designation.site.uploads import UploadField, UploadsField, all_too_large

from .bound import bound, refuse_too_many


class TemplateForm(JudgedForm):
    file = UploadField(
        label=gettext_lazy("选择模板"),
        help_text=gettext_lazy(
            "Word（docx），不超过 1 MB，不能有宏、外部链接和嵌入的文件。建议先下载现在的模板再改。"
        ),
    )


class SealedCopyForm(forms.Form):
    """The scan or the photos of a paper as it was signed and sealed."""

    file = UploadsField(
        label=gettext_lazy("盖章后的扫描件或照片"),
        help_text=gettext_lazy(
            "PDF、JPG、PNG、HEIC，不超过 20 MB。多页的请扫描成一个 PDF；用手机拍的，"
            "可以按页序一次选几张，合成一个 PDF。请拍清文号、日期和印章。"
        ),
    )
    compared = forms.BooleanField(
        label=gettext_lazy("我已逐项核对：扫描件上的文号、日期和单位与上面写的一致"),
        error_messages={"required": gettext_lazy("请先与扫描件核对，再勾选。")},
    )

    def received(self) -> Received | None:
        """The one file that was brought; what is not taken is told at its field."""
        files = self.cleaned_data["file"]
        if any((file.size or 0) > settings.REQUEST_LIMIT for file in files):
            self.add_error("file", all_too_large(max(file.size or 0 for file in files)))
            return None
        try:
            refuse_too_many(len(files))
            return bound([library.receive(file) for file in files])
        except Refusal as refused:
            self.add_error("file", str(refused))
            return None

    @property
    def was_several(self) -> bool:
        """Whether the one file was made of several."""
        return len(self.cleaned_data["file"]) > 1
