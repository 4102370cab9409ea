"""Somebody else takes the place on a team of who leaves; what these declared and signed stays."""

from django.db import transaction
from django.db.models import Q, QuerySet

from designation.applications.models import Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, filling

from ...case.facts import Case
from ...door import Asked
from . import announcements, apart
from .facts import OnSite
from .models import Visit, VisitMember
from .recusal import hold
from .rules import is_named, why_not
from .standing import ROWS, Standing
from .team import misfits
from .visits import log, unsign

_OF_WHOM = (
    "application__organization__jurisdiction",
    "title__organization",
    "title__jurisdiction",
    "standard",
    "objection__entry__application__organization__jurisdiction",
    "decision__application__organization__jurisdiction",
)


def visits_of(person: Person) -> QuerySet[Visit]:
    """Those planned or under way on whose team the person is."""
    present = VisitMember.objects.filter(person=person, left_at__isnull=True)
    apart_at_work = Q(application__isnull=True) & (
        ROWS[Standing.PLANNED] | ROWS[Standing.UNDER_WAY]
    )
    with_a_case = Q(
        closed_at__isnull=True, application__stage__in=(Stage.RECOMMENDED, Stage.VERIFYING)
    )
    rows = Visit.objects.filter(apart_at_work | with_a_case, pk__in=present.values("visit"))
    return rows.select_related(*_OF_WHOM).order_by("planned_on", "pk")


def why_not_there(visit: Visit, person: Person) -> list[str]:
    """Why the person does not go there, in words, whatever seats they hold."""
    return why_not(apart.case_of(visit, Asked(person)), person)


def is_on_the_team(visit: Visit, person: Person) -> bool:
    return is_named(apart.case_of(visit, Asked(person)), person)


def may_replace(case: Case, person: Person) -> bool:
    """Whoever gives and ends verifiers' seats, while a visit is planned or goes on."""
    gives = Role(Role.VERIFIER.given_by)
    return OnSite.of(case).is_at_work and seats(person).holds_over(
        case.application.area_code, gives
    )


@transaction.atomic
def take_place(visit: Visit, leaving: Person, successor: Person, *, actor: Person) -> None:
    """Let ``successor`` go in the place of ``leaving``, as leader where these led.

    Signatures given so far go, as at every change of the team: each signs for the whole record.
    Raises Refusal when the visit is over, or the successor is no verifier of the area or has to
    step aside.
    """
    case = hold(visit, may_replace, actor)
    filling.refuse(misfits(case, [successor]))
    member = visit.members.filter(person=leaving, left_at__isnull=True).first()
    if member is None or is_named(case, successor):
        return
    visit.members.filter(pk=member.pk).update(left_at=clock.now())
    unsign(visit, actor=actor)
    VisitMember.objects.create(visit=visit, person=successor, is_leader=member.is_leader)
    role = Role(Role.VERIFIER.given_by)
    _tell(visit, member, successor, actor=actor, role=role)
    fields = ["team", "leader"] if member.is_leader else ["team"]
    log(visit, actor, role, "visit.arrange", {"planned_on": visit.planned_on, "fields": fields})


def _tell(
    visit: Visit, member: VisitMember, successor: Person, *, actor: Person, role: Role
) -> None:
    present = list(visit.members.filter(left_at__isnull=True).select_related("person"))
    stay = {one.person_id for one in present} - {successor.pk}
    announcements.arranged(
        visit,
        appointed=[successor.pk],
        staying=stay if member.is_leader else (),
        released=[member.person_id],
        leader=next((one.person for one in present if one.is_leader), successor),
        actor=actor,
        role=role,
    )
