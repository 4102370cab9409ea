"""Which items were found not to be met, as the rooms of the stages that judge them know it.

Only what was released to the applicant, once at least, whatever became of it: what a correction
mended was still not met at first.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.applications.models import Application

# Rows of what was found, each with the names of its columns for the application and the item.
Found = tuple[QuerySet[Any], str, str]
_FINDERS: list[Callable[[], Found]] = []


def found_by(find: Callable[[], Found]) -> None:
    """Said by the room of a stage that judges items, when it starts."""
    _FINDERS.append(find)


def unmet(item: int) -> Q:
    """Of applications: that the item with this key was found not to be met in one."""
    found = (find() for find in _FINDERS)
    in_one = (
        Q(Exists(rows.filter(**{of: OuterRef("pk"), about: item}))) for rows, of, about in found
    )
    return reduce(or_, in_one, Q(pk__in=()))


def pairs(applications: QuerySet[Application]) -> set[tuple[int, int]]:
    """Keys of the application and of each item that was not met in it; a statement a stage."""
    counted = applications.order_by().values("pk")
    found: set[tuple[int, int]] = set()
    for rows, of, about in (find() for find in _FINDERS):
        found.update(rows.filter(**{f"{of}__in": counted}).order_by().values_list(of, about))
    return found
