"""Arranging a visit, declaring no interest, recording what was found, signing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from designation import clock
from designation.applications.models import Application, Stage
from designation.audit import events
from designation.organizations.models import Person, Role
from standards.models import Item

from ... import rules
from ...cases import Case
from ...transitions import lock_for
from .models import Measurement, Visit, VisitMember


def may_arrange(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.RECOMMENDED and rules.is_county_coordinator(case, person)


def may_change_team(case: Case, person: Person) -> bool:
    """Before the visit and while it goes on: a verifier may leave or have to step aside."""
    at_work = case.application.stage in (Stage.RECOMMENDED, Stage.VERIFYING)
    return at_work and rules.is_county_coordinator(case, person)


def may_record(case: Case, person: Person) -> bool:
    """Team members who have declared no interest record while it is under verification."""
    return (
        case.application.stage == Stage.VERIFYING
        and rules.is_on_team(case, person)
        and any(m.person_id == person.pk and m.no_interest_declared_at for m in case.team)
    )


@transaction.atomic
def arrange(
    application: Application,
    *,
    planned_on: date,
    place: str,
    team: Sequence[Person],
    leader: Person,
    actor: Person,
) -> Visit:
    """Plan the visit and name its team; planning again replaces the team.

    Once the visit has begun, a change takes the signatures away: each signs for the whole record.
    Raises transitions.Refused when the application has moved on, or the person may not.
    """
    application = lock_for(application, may_change_team, actor)
    visit, _created = Visit.objects.update_or_create(
        application=application,
        closed_at=None,
        defaults={"planned_on": planned_on, "place": place, "arranged_by": actor},
    )
    _unsign(visit)
    visit.members.exclude(person__in=team).delete()
    visit.members.update(is_leader=False)
    for person in team:
        VisitMember.objects.update_or_create(
            visit=visit, person=person, defaults={"is_leader": person == leader}
        )
    planned = {"planned_on": planned_on}
    _record(application, actor, Role.COUNTY_COORDINATOR, "visit.arrange", planned)
    return visit


def declare_no_interest(member: VisitMember) -> None:
    """The verifier states in person that nothing ties them to the applicant."""
    member.no_interest_declared_at = clock.now()
    member.save(update_fields=["no_interest_declared_at"])


@transaction.atomic
def record_visit(
    visit: Visit,
    *,
    started_at: datetime | None,
    ended_at: datetime | None,
    summary: str,
    actor: Person,
) -> None:
    """Times and summary of the visit; changing them takes earlier signatures away.

    Raises transitions.Refused when the record is closed, or the person is not on the team.
    """
    lock_for(visit.application, may_record, actor)
    before = (visit.started_at, visit.ended_at, visit.summary)
    visit.started_at, visit.ended_at, visit.summary = started_at, ended_at, summary
    visit.save(update_fields=["started_at", "ended_at", "summary"])
    if before != (started_at, ended_at, summary):
        _unsign(visit)


@transaction.atomic
def measure(
    visit: Visit,
    item: Item,
    *,
    values: Mapping[str, Any],
    verdict: str,
    basis: str,
    actor: Person,
) -> Measurement:
    """What was found on one item; a change takes earlier signatures away, leafing through none.

    Raises transitions.Refused when the record is closed, or the person is not on the team.
    """
    lock_for(visit.application, may_record, actor)
    before = visit.measurements.filter(item=item).first()
    if before is not None and (before.values, before.verdict, before.basis) == (
        dict(values),
        verdict,
        basis,
    ):
        return before
    found, _created = Measurement.objects.update_or_create(
        visit=visit,
        item=item,
        defaults={
            "values": dict(values),
            "verdict": verdict,
            "basis": basis,
            "measured_by": actor,
            "measured_at": clock.now(),
        },
    )
    _unsign(visit)
    return found


def _unsign(visit: Visit) -> None:
    visit.members.filter(signed_at__isnull=False).update(signed_at=None)


@transaction.atomic
def sign(member: VisitMember) -> None:
    """Each member signs for themselves. Raises transitions.Refused when the record is closed."""
    lock_for(member.visit.application, may_record, member.person)
    member.signed_at = clock.now()
    member.save(update_fields=["signed_at"])
    _record(member.visit.application, member.person, Role.VERIFIER, "visit.sign", {})


def _record(
    application: Application, actor: Person, role: Role, action: str, details: Mapping[str, Any]
) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=application,
            jurisdiction_code=application.area_code,
            role=role,
            details=details,
        )
    )
