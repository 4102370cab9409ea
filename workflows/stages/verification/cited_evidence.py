"""Evidence of a visit: what the team brought back from it."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from designation.applications.models import FINAL_STAGES, Application
from designation.evidence.citing import Subjects
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ...case import cited_evidence
from ...case.scoping import closely_seen_applications, visible_applications
from ...door import Asked
from . import apart
from .models import Visit, VisitMember
from .rules import is_on_team
from .standing import released


def _readable(person: Person) -> QuerySet[Visit]:
    return _of(person, visible_applications(person))


def _closely(person: Person) -> QuerySet[Visit]:
    return _of(person, closely_seen_applications(person))


def _of(person: Person, applications: QuerySet[Application]) -> QuerySet[Visit]:
    """As the record of the site: before its release the team's and the coordinator's alone."""
    team = VisitMember.objects.filter(person=person, left_at__isnull=True)
    coordinated = seats(person).within("application__area_code", Role.COUNTY_COORDINATOR)
    at_work = Q(pk__in=team.order_by().values("visit")) | coordinated
    along = Q(application__in=applications.order_by().values("pk"))
    along &= at_work | released()
    itself = Q(pk__in=apart.in_scope(person).order_by().values("pk"))
    return Visit.objects.filter(along | itself)


def _role(visit: Visit, person: Person) -> str | None:
    """A member of the team, until the visit is closed or its record released."""
    if visit.closed_at is not None or visit.released_at is not None:
        return None
    return is_on_team.role(apart.case_of(visit, Asked(person)), person)


def _address(pk: int) -> str:
    application = Visit.objects.values_list("application", flat=True).get(pk=pk)
    if application is None:
        return reverse("visits:verify", args=[pk])
    return reverse("applications:case", args=[application])


def _decided() -> QuerySet[Visit]:
    """With the application; a visit of a title, with its end."""
    itself = Q(application__isnull=True, closed_at__isnull=False)
    rows = Visit.objects.filter(itself | Q(application__stage__in=FINAL_STAGES))
    return rows.annotate(decided_at=Coalesce("application__stage_since", "closed_at"))


SUBJECTS = Subjects(
    model=Visit,
    readable=_readable,
    closely=_closely,
    role=_role,
    is_open=lambda visits: visits.filter(
        cited_evidence.in_force("application") | Q(application__isnull=True, closed_at__isnull=True)
    ),
    address=_address,
    decided=_decided,
)
