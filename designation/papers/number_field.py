"""The field in which the number of a document is typed."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.site import forms

from .numbers import LONGEST, normal

_LABEL = gettext_lazy("发文字号")


class DocumentNumberField(forms.CharField):
    """A number as it is typed; as it goes on record, in its one form, it has to fit as well.

    A character that stands for several (㍿) is written out there.
    """

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"label": _LABEL, "max_length": LONGEST} | said)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value:
            super().run_validators(normal(value))
