"""What cannot be undone asks once: a tick beside its button, which names what will happen.

The page shows it by ``parts/sure.html``, without scripts too; the page's function asks here.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .refusal import Finding, Refusal

FIELD = "sure"
CODE = "not_sure"
TOLD = gettext_lazy("请先看清按钮上方写的后果，勾选“我已看清”，再按一次。")


def ask(sent: Mapping[str, Any]) -> None:
    """Raise Refusal unless the form that was sent bears the tick."""
    if sent.get(FIELD) != "yes":
        raise Refusal([Finding(CODE, _("办了不能撤销的事，先问一次"), str(TOLD))])


class SureField(forms.BooleanField):
    """The same as a field of a form; ``what`` names what will happen."""

    def __init__(self, what: Any, **kwargs: Any) -> None:
        told = {"required": gettext_lazy("请先看清下面写的后果，勾选后再办理。")}
        given = {"label": gettext_lazy("我已看清，确认办理。"), "help_text": what}
        super().__init__(**given, error_messages=told, **kwargs)
