"""Who may carry out which transition: predicates over the case and the person."""

from collections.abc import Callable
from dataclasses import dataclass

from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, serves

from .cases import Case

Predicate = Callable[[Case, Person], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Who may, and in which role: pairs of a role and what must hold, tried in their order.

    A person with several seats acts in the first that lets them in. What nobody does, time does.
    """

    ways: tuple[tuple[Role | WithoutSeat, Predicate], ...]

    def __call__(self, case: Case, person: Person | None) -> bool:
        return self.role(case, person) is not None

    def role(self, case: Case, person: Person | None) -> Role | WithoutSeat | None:
        """The role by which the person is let in; None when no way is open."""
        if person is None:
            return next((role for role, _ in self.ways if role == WithoutSeat.SYSTEM), None)
        return next((role for role, holds in self.ways if holds(case, person)), None)

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(self.ways + other.ways)


def lets_in(role: Role) -> Callable[[Predicate], Rule]:
    """Make a predicate the rule that lets ``role`` in."""
    return lambda holds: Rule(((role, holds),))


@lets_in(Role.PREPARER)
def is_preparer(case: Case, person: Person) -> bool:
    return seats(person).holds_in(case.application.organization_id, Role.PREPARER)


@lets_in(Role.HEAD)
def is_head(case: Case, person: Person) -> bool:
    return seats(person).holds_in(case.application.organization_id, Role.HEAD)


is_applicant = is_head | is_preparer


def is_interested(case: Case, person: Person) -> bool:
    """The person belongs to the applicant, or prepared this application: recusal (回避)."""
    return (
        serves(person, case.application.organization) or person.pk == case.application.created_by_id
    )


def _disinterested(case: Case, person: Person) -> bool:
    return not seats(person).is_administrator and not is_interested(case, person)


@lets_in(Role.FIRST_REVIEWER)
def is_first_reviewer(case: Case, person: Person) -> bool:
    return _disinterested(case, person) and seats(person).holds_in(
        case.application.reviewing_body_id, Role.FIRST_REVIEWER
    )


def _county(role: Role) -> Rule:
    @lets_in(role)
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


@lets_in(Role.VERIFIER)
def is_on_team(case: Case, person: Person) -> bool:
    return _is_verifier(case, person) and any(member.person_id == person.pk for member in case.team)


@lets_in(Role.VERIFIER)
def is_team_leader(case: Case, person: Person) -> bool:
    return _is_verifier(case, person) and any(
        member.person_id == person.pk and member.is_leader for member in case.team
    )


# Only the passing of time, which has no account, may do it.
is_the_system = Rule(((WithoutSeat.SYSTEM, lambda _case, _person: False),))
