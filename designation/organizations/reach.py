"""Active people whom nothing reaches, asked of the room that delivers.

It registers what it knows when it starts; nothing here knows of a message.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from .models import Person

Finder = Callable[[QuerySet[Person]], QuerySet[Any]]
# No e-mail and no sign-in since something was told; or the last letter did not arrive.
SILENT, BOUNCED = "silent", "bounced"
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Register who can say it: the room that delivers."""
    _finders[:] = [finder]


def unreached(people: QuerySet[Person]) -> QuerySet[Any]:
    """Those of ``people`` whom nothing reaches, each with ``unreached_why``: SILENT or BOUNCED."""
    return _finders[0](people) if _finders else people.none()
