"""The visits that stand apart as lists and other pages show them."""

from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from designation.adoptions.adopting import nearest_standards
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock
from standards.models import StandardVersion

from ...case.facts import Facts
from ..objections import joined
from ..objections.models import Objection
from . import apart
from .models import Visit, VisitMember
from .standing import ROWS, Standing

# Who may have one to read at all: whoever goes, arranges, or waits for what is found.
READERS = frozenset({Role.VERIFIER, Role.COUNTY_COORDINATOR, Role.OBJECTION_OFFICER})
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
    return not seats(person).roles.isdisjoint(READERS)


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


def arranges_visits(person: Person) -> bool:
    """Whether the person holds a seat that plans visits."""
    return Role.COUNTY_COORDINATOR in seats(person).roles


def at_work_on(ground: apart.Ground) -> Visit | None:
    """The one that is planned for it, or goes on there."""
    rows: QuerySet[Visit] = ground.visits.filter(released_at=None, closed_at=None)
    return rows.first()


def titles_without_visit(person: Person) -> QuerySet[Designation]:
    """Valid titles that the person may arrange a visit for, but for those that have one."""
    known = register.in_force(clock.today()).filter(pk__in=apart.titles_to_visit(person))
    return known.exclude(pk__in=_visited("title")).select_related("organization__jurisdiction")


def objections_without_visit(person: Person) -> QuerySet[Objection]:
    """Objections under investigation that the person may arrange a visit for, without one."""
    rows = apart.objections_to_visit(person).filter(status=Objection.Status.ACCEPTED)
    rows = joined.alone(rows.exclude(pk__in=_visited("objection")))
    return rows.select_related("entry__application__organization__jurisdiction").order_by("pk")


def _visited(on: str) -> QuerySet[Visit, Any]:
    at_work = _APART.filter(ROWS[Standing.PLANNED] | ROWS[Standing.UNDER_WAY])
    return at_work.filter(**{f"{on}__isnull": False}).order_by().values(on)


def standard_for(ground: apart.Ground) -> StandardVersion | None:
    """By which a title that no application led to is looked at: the one now usable nearest to it.

    None where what the visit is made for says so itself, or where there is none.
    """
    if not isinstance(ground, Designation) or ground.application is not None:
        return None
    return nearest_standards(ground.jurisdiction).get(ground.category)


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
