"""The visits that stand apart as lists and other pages show them."""

from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ...case.facts import Facts
from . import apart
from .models import Visit, VisitMember
from .standing import ROWS, Standing

# Who may have one to read at all: whoever goes, arranges, or waits for what is found.
_READERS = frozenset({Role.VERIFIER, Role.COUNTY_COORDINATOR, Role.OBJECTION_OFFICER})
_APART = Visit.objects.filter(application__isnull=True)
_ABOUT = (
    "title__jurisdiction",
    "title__organization__jurisdiction",
    "standard",
    "objection__entry__application__organization__jurisdiction",
    "decision__application__organization__jurisdiction",
)


def reads_visits(person: Person) -> bool:
    """Whether the person holds a seat in which such a visit may be theirs to read."""
    return not seats(person).roles.isdisjoint(_READERS)


def with_lines(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """With whom it concerns and who leads the team, two statements for any number of them."""
    leaders = VisitMember.objects.filter(left_at__isnull=True, is_leader=True)
    led = Prefetch("members", leaders.select_related("person"), to_attr="leaders")
    return rows.select_related(*_ABOUT).prefetch_related(led)


def of_the_team(person: Person) -> QuerySet[VisitMember, Any]:
    """The keys of the visits on whose team the person is now."""
    present = VisitMember.objects.filter(person=person, left_at__isnull=True)
    return present.values("visit")


def not_over(person: Person, most: int) -> list[Visit]:
    """The first of the person's that are planned or under way, the next one first.

    One statement where there are none: whose they are to read is asked only of what is there.
    """
    at_work = ROWS[Standing.PLANNED] | ROWS[Standing.UNDER_WAY]
    if not reads_visits(person) or not _APART.filter(at_work).exists():
        return []
    mine = apart.in_scope(person).filter(at_work).select_related(*_ABOUT)
    return list(mine.order_by("planned_on", "pk")[:most])


class BesideTheCourse(Facts):
    """What was looked into beside the course of a case: an objection, an appeal, its title."""

    @cached_property
    def latest(self) -> Visit | None:
        """The last that the person before the page may read."""
        actor, pk = self.case.actor, self.case.application.pk
        about = Q(objection__entry__application=pk) | Q(decision__application=pk)
        about |= Q(title__application=pk)
        if actor is None or not reads_visits(actor) or not _APART.filter(about).exists():
            return None
        return apart.in_scope(actor).filter(about).first()
