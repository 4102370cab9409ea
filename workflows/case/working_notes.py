"""Marks and measurements on their way: read by those at work on them, by others once released.

A recorded act releases them (``released_at``): the decision that they went into. Until then the
applicant, and whoever is not of that step, reads none of them, on whatever page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from designation.organizations.models import Person
from standards import values

from ..stages.first_review.models import ItemMark
from ..stages.verification.models import Measurement
from . import rules
from .facts import Case


@dataclass(frozen=True)
class Notes:
    """What may be read of a case, by item code."""

    marks: Mapping[str, ItemMark]
    measurements: Mapping[str, Measurement]

    @cached_property
    def measured(self) -> dict[str, Any]:
        """Measured values by check code."""
        return values.from_rows(row.values for row in self.measurements.values())


def readable(case: Case, person: Person) -> Notes:
    """The marks and measurements that ``person`` may read now.

    Marks not yet released: the first reviewers. A site record not yet released: the team and the
    county coordinator. Released ones: whoever sees the case.
    """
    marks = case.marks
    if not reads_every_mark(case, person):
        marks = {code: mark for code, mark in marks.items() if mark.released_at is not None}
    return Notes(marks, case.measurements if _reads_the_visit(case, person) else {})


def reads_every_mark(case: Case, person: Person) -> bool:
    """Whether none of the marks in force is still the first reviewers' own, or they are theirs."""
    is_released = all(mark.released_at is not None for mark in case.marks.values())
    return is_released or rules.is_first_reviewer(case, person)


def _reads_the_visit(case: Case, person: Person) -> bool:
    if case.visit is None or case.visit.released_at is not None:
        return True
    return rules.is_on_team(case, person) or rules.is_county_coordinator(case, person)
