"""Whose it is to draw re-checks and conclude them, to answer them, and to report on a title.

The coordinator draws and concludes, the deciding officer decides on what would take the title
away, and the head or a preparer of the unit that holds it speaks for it. Nobody of the county acts
on the title of their own organization.
"""

from django.db.models import Q, QuerySet

from designation.organizations.models import Jurisdiction, Level, Organization, Person, Role
from designation.organizations.rules import seats
from designation.register.queries import held_where
from designation.register.rules import LOOKING_AFTER, lives_read_by

from ..case.rules import Rule, lets_in
from .case import RecheckCase
from .models import Recheck, SelfReport

OF_THE_UNIT = (Role.HEAD, Role.PREPARER)


def _in_the_holder(role: Role) -> Rule:
    @lets_in(role)
    def holds(case: RecheckCase, person: Person) -> bool:
        return seats(person).holds_in(case.holder.pk, role)

    return holds


is_of_the_holder = _in_the_holder(Role.HEAD) | _in_the_holder(Role.PREPARER)


def reporting_role(person: Person, holder: Organization) -> Role | None:
    """The role in which the person hands in the self-report of a unit."""
    return seats(person).role_in(holder.pk, *OF_THE_UNIT)


def drawing_role(person: Person, area_code: str) -> Role | None:
    """The role in which the person draws in an area, and enters re-checks, by its code."""
    if seats(person).is_administrator:
        return None
    return seats(person).role_over(area_code, Role.COUNTY_COORDINATOR)


def counties(person: Person, *roles: Role) -> QuerySet[Jurisdiction]:
    """The counties whose titles the person looks after, in one of ``roles`` where any are named."""
    mine = seats(person).within("code", *(roles or LOOKING_AFTER))
    return Jurisdiction.objects.filter(mine, level=Level.COUNTY).order_by("code")


def in_scope(person: Person) -> QuerySet[Recheck]:
    """The re-checks of the titles whose life the person reads."""
    return Recheck.objects.filter(title__in=lives_read_by(person).order_by().values("pk"))


def reports_in_scope(person: Person) -> QuerySet[SelfReport]:
    return SelfReport.objects.filter(title__in=lives_read_by(person).order_by().values("pk"))


def of_own_unit(person: Person) -> Q:
    """Of titles that a unit holds for which the person speaks, told by ``pk``."""
    return held_where(organization__in=seats(person).organizations(*OF_THE_UNIT))


# Who may have any to read at all.
READERS = (*LOOKING_AFTER, *OF_THE_UNIT)


def reads_rechecks(person: Person) -> bool:
    return not seats(person).roles.isdisjoint(READERS)
