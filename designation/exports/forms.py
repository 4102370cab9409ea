"""What of a list is taken away, and as what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.site import forms
from designation.site.tables import Table

from .models import LONGEST_NAME, Format

_OF_A_LIST = [(Format.XLSX.value, Format.XLSX.label), (Format.CSV.value, Format.CSV.label)]


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("格式"), choices=_OF_A_LIST, initial=Format.XLSX, widget=forms.RadioSelect
    )
    columns = forms.MultipleChoiceField(label=_("栏目"), widget=forms.CheckboxSelectMultiple)
    keep_as = forms.CharField(
        label=_("把这些栏目存为模板"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("填一个名称，下次可直接选用；不存就留空。"),
    )

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = self.fields["columns"]
        columns.choices = [(one.code, one.heading) for one in table.columns]  # type: ignore[attr-defined]
        if columns.initial is None:
            columns.initial = [one.code for one in table.columns]
