"""Who may carry out which transition: predicates over the case and the person."""

from collections.abc import Callable

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, serves

from .cases import Case

Rule = Callable[[Case, Person], bool]


def is_preparer(case: Case, person: Person) -> bool:
    return seats(person).holds_in(case.application.organization_id, Role.PREPARER)


def is_head(case: Case, person: Person) -> bool:
    return seats(person).holds_in(case.application.organization_id, Role.HEAD)


def is_applicant(case: Case, person: Person) -> bool:
    return is_preparer(case, person) or is_head(case, person)


def is_interested(case: Case, person: Person) -> bool:
    """The person belongs to the applicant, or prepared this application: recusal (回避)."""
    return (
        serves(person, case.application.organization) or person.pk == case.application.created_by_id
    )


def _disinterested(case: Case, person: Person) -> bool:
    return not seats(person).is_administrator and not is_interested(case, person)


def is_first_reviewer(case: Case, person: Person) -> bool:
    return _disinterested(case, person) and seats(person).holds_in(
        case.application.reviewing_body_id, Role.FIRST_REVIEWER
    )


def _county(role: Role) -> Rule:
    def holds(case: Case, person: Person) -> bool:
        return _disinterested(case, person) and seats(person).holds_over(
            case.application.area_code, role
        )

    return holds


is_county_coordinator = _county(Role.COUNTY_COORDINATOR)
is_notice_publisher = _county(Role.NOTICE_PUBLISHER)
is_objection_officer = _county(Role.OBJECTION_OFFICER)
is_deciding_officer = _county(Role.DECIDING_OFFICER)
_is_verifier = _county(Role.VERIFIER)


def is_on_team(case: Case, person: Person) -> bool:
    return _is_verifier(case, person) and any(member.person_id == person.pk for member in case.team)


def is_team_leader(case: Case, person: Person) -> bool:
    return _is_verifier(case, person) and any(
        member.person_id == person.pk and member.is_leader for member in case.team
    )


def is_the_system(_case: Case, person: Person | None) -> bool:
    """Only the passing of time, which has no account, may do it."""
    return person is None
