"""What a reason or an opinion that stays on record must say at least, and its field."""

from typing import Any

from django.utils.translation import gettext_lazy

from . import forms

# In characters; our default.
LEAST_REASON = 10
# In place of Django's own sentence.
_TOO_SHORT = gettext_lazy("请写明情况，不少于 %(limit_value)s 个字，现有 %(show_value)s 个字。")


class ReasonField(forms.CharField):
    """Several lines that somebody else will read: ``LEAST_REASON`` characters at least."""

    def __init__(self, *, rows: int = 4, max_length: int = 2000, **said: Any) -> None:
        said |= {"widget": forms.Textarea(attrs={"rows": rows}), "min_length": LEAST_REASON}
        said["error_messages"] = {"min_length": _TOO_SHORT} | said.get("error_messages", {})
        super().__init__(max_length=max_length, **said)
