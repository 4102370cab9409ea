"""The form in which a county brings its own template."""

from django.utils.translation import gettext_lazy

from designation.evidence.forms import JudgedForm
from designation.site.uploads import UploadField


class TemplateForm(JudgedForm):
    file = UploadField(
        label=gettext_lazy("选择模板"),
        help_text=gettext_lazy(
            "Word（docx），不超过 1 MB，不能有宏、外部链接和嵌入的文件。建议先下载现在的模板再改。"
        ),
    )
