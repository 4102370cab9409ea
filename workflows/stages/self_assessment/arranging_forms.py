"""What is said of the evidence of an item, and a published page in place of a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from designation.applications import descriptions, published
from designation.applications.models import Evidence, PublishedLink
from designation.evidence import library
from designation.site import forms

from ...case.conflicts import TellsConflicts


class DescribingForm(TellsConflicts, forms.Form):
    """A caption and a day for each of ``files``."""

    def __init__(self, files: Sequence[Evidence], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cited = files
        for file in files:
            caption = forms.CharField(
                label=gettext_lazy("说明"),
                max_length=500,
                required=False,
                initial=file.caption,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            day = forms.DateField(
                label=gettext_lazy("材料日期"), required=False, initial=file.dated_on
            )
            self.fields[descriptions.name_of("caption", file)] = caption
            self.fields[descriptions.name_of("dated_on", file)] = day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and (told := library.fault_of_day(value)):
                self.add_error(name, ValidationError(told, code="in_future"))
        return cleaned

    @property
    def rows(self) -> list[tuple[Evidence, list[forms.BoundField]]]:
        """Each file with its inputs."""
        return [
            (file, [self[descriptions.name_of(name, file)] for name in descriptions.FIELDS])
            for file in self.cited
        ]


class LinkForm(forms.ModelForm):
    """A published page in place of a file; its address is read as text, and never asked for."""

    class Meta:
        model = PublishedLink
        fields = published.FIELDS
        help_texts = {
            "address": gettext_lazy(
                "以 https:// 开头，从浏览器的地址栏完整复制。系统不会打开它，审核人员自己打开查看。"
            ),
        }

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if told := published.fault_of_address(address):
            raise ValidationError(told, code="address")
        return address

    def clean_published_on(self) -> date:
        day: date = self.cleaned_data["published_on"]
        if told := published.fault_of_day(day):
            raise ValidationError(told, code="in_future")
        return day
