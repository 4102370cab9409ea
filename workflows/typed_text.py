"""Free text as a person typed it."""

from collections.abc import Mapping

LONGEST = 2000


def typed_text(data: Mapping[str, str], name: str, *, longest: int = LONGEST) -> str:
    """The text typed under ``name``, at most ``longest`` characters; "" when there is none."""
    # PostgreSQL cannot hold the character NUL, and no keyboard types it.
    return data.get(name, "").replace("\0", "").strip()[:longest]
