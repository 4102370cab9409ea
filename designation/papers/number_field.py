"""The field in which the number of a document is typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.site import forms

from . import numbers

_LABEL = gettext_lazy("发文字号")


class DocumentNumberField(forms.CharField):
    """A number as it is typed; as it goes on record, in its one form, it has to fit as well.

    A character that stands for several (㍿) is written out there. A document that ``must_bear_one``
    is no letter; of what may be one, only what seems to be a number has to read as one. The number
    of a document that is ``on_record`` is taken as it stands there.
    """

    on_record = ""

    def __init__(self, *, must_bear_one: bool = False, **said: Any) -> None:
        super().__init__(**{"label": _LABEL, "max_length": numbers.LONGEST} | said)
        self.must_bear_one = must_bear_one

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value and value != self.on_record:
            super().run_validators(numbers.normal(value))
            self._refuse_what_is_none(value)

    def _refuse_what_is_none(self, value: str) -> None:
        if self.must_bear_one and numbers.read(value) is None:
            told = _(
                "请照原件填写发文字号，只写一个：机关代字、年份和序号都要有，如：青组发〔2026〕5号。"
            )
            raise ValidationError(told, code="no_number")
        if numbers.seems_one(value):
            told = _(
                "这像是发文字号，但写得不完整。请照原件写全，一次只写一个，如：青组发〔2026〕5号；"
                "没有文号的来函，写来函单位和日期。"
            )
            raise ValidationError(told, code="no_number")
