"""The team of a visit: who may be named, who steps aside, and why."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from designation.organizations.divisions import codes_around
from designation.organizations.models import Person, Role
from designation.organizations.tenure import in_force
from designation.rounds.announcements import Concerned
from designation.rounds.models import RoundDefinition

from ...case.concerned import judged_by
from ...case.facts import Case
from ...findings import GateFinding
from .models import VisitMember
from .recusal import recusal
from .rules import why_not


def verifiers(case: Case) -> list[tuple[Person, list[str]]]:
    """Everyone with a verifier's seat over the area, and why they have to step aside, if so.

    Two statements, whatever their number.
    """
    people = (
        Person.objects.filter(
            in_force("seats__"),
            seats__role=Role.VERIFIER,
            seats__jurisdiction__code__in=codes_around(case.application.area_code),
            is_active=True,
        )
        .select_related("home_organization__jurisdiction")
        .distinct()
    )
    return [(person, _reasons(case, person)) for person in people]


def _reasons(case: Case, person: Person) -> list[str]:
    """Who names the team is coordinating the case by that, and does not name themselves."""
    reasons = why_not(case, person)
    names_the_team = case.actor is not None and case.actor.pk == person.pk
    return reasons or ([_("正在经办这份申报")] if names_the_team else [])


def who_verifies(definition: RoundDefinition, concerned: Concerned) -> None:
    """Add who is on a team that verifies by a definition that was corrected. One statement."""
    members = VisitMember.objects.filter(
        visit__application__in=judged_by(definition).order_by().values("pk"),
        visit__closed_at__isnull=True,
        left_at__isnull=True,
    )
    concerned.people.update(members.values_list("person", flat=True))


def misfits(case: Case, team: Sequence[Person]) -> Iterable[GateFinding]:
    """A finding for each of ``team`` who is no verifier of the area or has to step aside."""
    known = {person.pk: reasons for person, reasons in verifiers(case)}
    for person in team:
        if person.pk not in known:
            yield GateFinding(
                "not_a_verifier",
                _("核查组由本辖区的核查员组成"),
                _("%(name)s不是本辖区的核查员，请另选。") % {"name": person.full_name},
            )
        elif known[person.pk]:
            yield recusal(person.full_name, known[person.pk])
