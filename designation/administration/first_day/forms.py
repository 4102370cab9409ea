"""The form behind the link of the first day."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from designation.site import forms

from ...organizations.models import Role, division_code
from ...organizations.spellings import AccountField, DivisionCodeField
from .setting_up import ADMINISTRATORS, COUNTY, PERSON, field_of


class FirstDayForm(forms.Form):
    name_zh = forms.CharField(
        label=_("县（市、区）名称"), max_length=120, help_text=_("填写全称，例如“青山县”。")
    )
    code = DivisionCodeField(
        label=_("区划代码"),
        validators=[division_code],
        help_text=_("国家统计用区划代码，12 位，县级的后六位为 000000。保存后不能修改。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ADMINISTRATORS:
            self.fields |= {field_of(role, name): field for name, field in _of_a_person().items()}

    def county(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in COUNTY}

    def administrators(self) -> dict[Role, dict[str, str]]:
        return {
            role: {name: self.cleaned_data[field_of(role, name)] for name in PERSON}
            for role in ADMINISTRATORS
        }

    def of_the_county(self) -> list[BoundField]:
        return [self[name] for name in COUNTY]

    def of_administrators(self) -> Iterator[tuple[Role, list[BoundField]]]:
        for role in ADMINISTRATORS:
            yield role, [self[field_of(role, name)] for name in PERSON]


def _of_a_person() -> dict[str, forms.Field]:
    return {
        "full_name": forms.CharField(label=_("姓名"), max_length=60),
        "username": AccountField(
            label=_("账号"),
            max_length=60,
            help_text=_("登录时输入的名称：小写字母、数字和 . _ - ，例如姓名的拼音。"),
            widget=forms.TextInput(attrs={"autocapitalize": "none"}),
        ),
        "email": forms.EmailField(
            label=_("电子邮箱"), required=False, help_text=_("没有的可以不填。")
        ),
    }
