"""The forms in which a template is brought, and the sealed copy of a paper."""

from django.utils.translation import gettext_lazy

from designation.evidence.forms import JudgedForm
from designation.site import forms
from designation.site.uploads import UploadField


class TemplateForm(JudgedForm):
    file = UploadField(
        label=gettext_lazy("选择模板"),
        help_text=gettext_lazy(
            "Word（docx），不超过 1 MB，不能有宏、外部链接和嵌入的文件。建议先下载现在的模板再改。"
        ),
    )


class SealedCopyForm(JudgedForm):
    """The scan or photo of a paper as it was signed and sealed."""

    file = UploadField(
        label=gettext_lazy("盖章后的扫描件或照片"),
        help_text=gettext_lazy("PDF、JPG、PNG、HEIC，不超过 20 MB，多页的请扫描成一个 PDF。请拍清文号、日期和印章。"),
        required=True,
    )
    compared = forms.BooleanField(
        label=gettext_lazy("我已逐项核对：扫描件上的文号、日期和单位与上面写的一致"),
        error_messages={"required": gettext_lazy("请先与扫描件核对，再勾选。")},
    )
