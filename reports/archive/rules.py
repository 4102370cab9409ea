"""Who may put what into an archive: the coordinator of the place, and what has come to its end.

No more is in it than the coordinator reads on the pages, so that who steps aside from a case may
archive it all the same (our default): nothing is decided by it.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from designation.applications.models import FINAL_STAGES, Application
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.rounds.rules import rounds_begun

from ..models import Archive


def concluded(person: Person | AnonymousUser) -> QuerySet[Application]:
    """The cases of the person's own area that were handed in once and are at their end."""
    mine = seats(person).within("area_code", Role.COUNTY_COORDINATOR)
    return Application.objects.filter(
        mine, stage__in=FINAL_STAGES, submission__isnull=False
    ).select_related("organization", "round")


def may_archive(case: Any, person: Person) -> bool:
    """Of a case that a page shows; without a statement."""
    one = case.application
    ended = one.stage in FINAL_STAGES and one.submission_id is not None
    return ended and coordinating_role(one.area_code, person) is not None


def coordinating_role(code: str, person: Person) -> Role | None:
    return seats(person).role_over(code, Role.COUNTY_COORDINATOR)


def rounds(person: Person | AnonymousUser) -> QuerySet[Round]:
    """The rounds of which the person may make an archive."""
    return rounds_begun(person).select_related("jurisdiction")


def made(person: Person) -> QuerySet[Archive]:
    """What was archived in the person's own area, with its maker, the last first."""
    mine = seats(person).within("application__area_code", Role.COUNTY_COORDINATOR)
    mine |= seats(person).within("round__jurisdiction__code", Role.COUNTY_COORDINATOR)
    return Archive.objects.filter(mine).select_related("made_by")
