"""The file from which a standard is read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from standards.importing import drafts
from standards.importing.documents import Unreadable


class StandardFileForm(forms.Form):
    """``read`` holds what the file says, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("标准文件"),
        help_text=gettext_lazy(
            "Word（docx）、文本（txt）、Excel（xlsx）或本系统导出的 YAML，不超过 20 MB。"
        ),
    )
    read: drafts.Draft

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.read = drafts.read(file.name, file.read())
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable
        return file
