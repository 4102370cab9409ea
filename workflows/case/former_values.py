"""What stood in a case before: whose value gave way to whose, for those who may see it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from designation.applications.models import FormerValue, Submission
from designation.organizations.models import Person
from standards import wording

from .facts import Case


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of a room that gave way are read; each room registers its own.

    ``may_see`` is asked with the moments at which the case was handed in; ``labels`` has the words
    of each field, lazily, and ``where`` what stands before them.
    """

    may_see: Callable[[Case, Person, FormerValue, Sequence[datetime]], bool]
    said: Callable[[Case, FormerValue], str]
    labels: Mapping[str, Any]
    where: Any = ""


_READINGS: dict[str, Reading] = {}


def read_as(reading: Reading, *subjects: str) -> None:
    """Say how former values of these ``subjects`` are read; each room does at the start."""
    _READINGS.update(dict.fromkeys(subjects, reading))


@dataclass(frozen=True, slots=True)
class Former:
    """One value that gave way: where, what it said, whose it was, and who replaced it."""

    place: str
    value: str
    by: str
    first_at: datetime
    last_at: datetime
    saves: int
    replaced_by: str
    replaced_at: datetime


def former_values(case: Case, person: Person, submissions: Iterable[Submission]) -> list[Former]:
    """What gave way, newest first, in one statement where there is any."""
    if not case.has_former_values:
        return []
    handed_in = [submission.submitted_at for submission in submissions]
    rows = case.application.former_values.select_related("item", "written_by", "replaced_by")
    return [
        _former(case, row)
        for row in rows
        if _READINGS[row.subject].may_see(case, person, row, handed_in)
    ]


def _former(case: Case, row: FormerValue) -> Former:
    return Former(
        place=_place(case, row),
        value=_READINGS[row.subject].said(case, row) or "—",
        by=row.written_by.full_name,
        first_at=row.first_at,
        last_at=row.last_at,
        saves=row.saves,
        replaced_by=row.replaced_by.full_name,
        replaced_at=row.replaced_at,
    )


def _place(case: Case, row: FormerValue) -> str:
    reading, code = _READINGS[row.subject], row.item.code if row.item else ""
    label = str(reading.labels.get(row.field, ""))
    if not label and row.item:
        check = next((c for c in case.standard.item(code).checks if c.code == row.field), None)
        label = wording.metric(check) if check else row.field
    return " · ".join(filter(None, (code, str(reading.where), label)))
