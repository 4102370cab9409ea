"""Who goes to see a case on site."""

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ...case import interests
from ...case.facts import Case
from ...case.rules import lets_in
from .facts import OnSite


def why_not(case: Case, person: Person) -> list[str]:
    """Why the person does not go to see the case, in words; empty when nothing keeps them."""
    reasons = interests.why_not_verify(case.application, person, case.ties)
    return [*reasons, *OnSite.of(case).why_not_again(person)]


def may_verify(case: Case, person: Person) -> bool:
    """A verifier of the area whom nothing ties to the case, whatever else they are."""
    return (
        seats(person).holds_over(case.application.area_code, Role.VERIFIER)
        and not seats(person).is_administrator
        and not why_not(case, person)
    )


def is_named(case: Case, person: Person) -> bool:
    """Whether the person stands on the team of the open visit, fit for it or not."""
    return any(member.person_id == person.pk for member in OnSite.of(case).team)


@lets_in(Role.VERIFIER)
def is_on_team(case: Case, person: Person) -> bool:
    return is_named(case, person) and may_verify(case, person)


@lets_in(Role.VERIFIER)
def is_team_leader(case: Case, person: Person) -> bool:
    return may_verify(case, person) and any(
        member.person_id == person.pk and member.is_leader for member in OnSite.of(case).team
    )
