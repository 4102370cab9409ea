"""What a reason or an opinion that stays on record must say at least, and its field."""

from typing import Any

from . import forms

# In characters; our default.
LEAST_REASON = 10


class ReasonField(forms.CharField):
    """Several lines that somebody else will read: ``LEAST_REASON`` characters at least."""

    def __init__(self, *, rows: int = 4, max_length: int = 2000, **said: Any) -> None:
        said |= {"widget": forms.Textarea(attrs={"rows": rows}), "min_length": LEAST_REASON}
        super().__init__(max_length=max_length, **said)
