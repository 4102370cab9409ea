"""Marks on their way: read by the first reviewers, by others once released.

A recorded act releases them (``released_at``): the decision that they went into. Until then the
applicant, and whoever is not of that step, reads none of them, on whatever page.
"""

from designation.applications.models import Conclusion
from designation.organizations.models import Person

from ...case import rules
from ...case.facts import Case
from ...case.found_unmet import Found
from ...case.shown_items import Side
from .facts import Review
from .models import ItemMark


def readable(case: Case, person: Person) -> Side:
    """The marks that ``person`` may read now: the released ones, or all of one's own step."""
    marks = Review.of(case).marks
    if not reads_every_mark(case, person):
        marks = {code: mark for code, mark in marks.items() if mark.released_at is not None}
    return Side(marks)


def reads_every_mark(case: Case, person: Person) -> bool:
    """Whether none of the marks in force is still the first reviewers' own, or they are theirs."""
    is_released = all(mark.released_at is not None for mark in Review.of(case).marks.values())
    return is_released or rules.is_first_reviewer(case, person)


def found_unmet() -> Found:
    """The marks that were released and said of an item that it is not met."""
    marks = ItemMark.objects.filter(verdict=Conclusion.NOT_MET, released_at__isnull=False)
    return marks, "application", "item"
