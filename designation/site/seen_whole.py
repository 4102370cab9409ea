"""An act on something that was read as a whole: what is signed is what was seen.

Where a press confirms a text or a list (a notice approved, a round opened), its form carries one
digest of all that the page showed of it.
"""

from collections.abc import Mapping
from typing import Any

from . import shown

_NAME = "whole"


def as_shown(value: Any) -> dict[str, Any]:
    """For ``{% shown %}`` in the form of the act."""
    return {_NAME: value}


def is_as_seen(data: Mapping[str, Any], value: Any) -> bool:
    """Whether the form in ``data`` showed ``value``; one that showed nothing did not."""
    return shown.Seen.of(data).digests.get(_NAME) == shown.digest(value)
