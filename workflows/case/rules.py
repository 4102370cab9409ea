"""Who may carry out which transition: predicates over the case and the person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from designation.applications.rules import typing_role
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, serves

from . import interests
from .facts import Case
from .interests import KEEP_FROM_OBJECTIONS, Tie

# Of whatever course: the case is that of its rows.
Predicate = Callable[[Any, Person], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Who may, and in which role: pairs of a role and what must hold, tried in their order.

    A person with several seats acts in the first that lets them in. What nobody does, time does.
    """

    ways: tuple[tuple[Role | WithoutSeat, Predicate], ...]

    def __call__(self, case: Any, person: Person | None) -> bool:
        return self.role(case, person) is not None

    def role(self, case: Any, person: Person | None) -> Role | WithoutSeat | None:
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


is_of_the_applicant = is_head | is_preparer


@lets_in(Role.FIRST_REVIEWER)
def is_typist(case: Case, person: Person) -> bool:
    """Of the township, for a unit without a computer, from the paper that its head signed."""
    return typing_role(case.application, person) is not None


# The signature on the paper stands for the head's word; the gate asks for the paper.
gives_the_heads_word = is_head | is_typist
is_applicant = is_of_the_applicant | is_typist


def is_interested(case: Case, person: Person, *kept_by: Tie) -> bool:
    """The person belongs to the applicant, prepared this application, or did one of ``kept_by``.

    Recusal (回避).
    """
    # Who belongs to it is known without asking what was done in the case.
    if serves(person, case.application.organization):
        return True
    ties = case.ties_among(Tie.PREPARED, *kept_by)
    did_so = not ties.get(person.pk, frozenset()).isdisjoint(kept_by)
    return did_so or interests.prepared_for(case.application, person, ties)


def _disinterested(case: Case, person: Person, *kept_by: Tie) -> bool:
    return not seats(person).is_administrator and not is_interested(case, person, *kept_by)


@lets_in(Role.FIRST_REVIEWER)
def is_first_reviewer(case: Case, person: Person) -> bool:
    holds = seats(person).holds_in(case.application.reviewing_body_id, Role.FIRST_REVIEWER)
    return holds and _disinterested(case, person)


def _county(role: Role, *, kept_by: tuple[Tie, ...] = ()) -> Rule:
    """Held over the area, by nobody of the applicant nor who did one of ``kept_by`` in the case."""

    @lets_in(role)
    def holds(case: Case, person: Person) -> bool:
        holds_it = seats(person).holds_over(case.application.area_code, role)
        return holds_it and _disinterested(case, person, *kept_by)

    return holds


# Who verified a case does not coordinate it, and the other way round (``may_verify``).
is_county_coordinator = _county(Role.COUNTY_COORDINATOR, kept_by=(Tie.VERIFIED,))
is_notice_publisher = _county(Role.NOTICE_PUBLISHER)
is_objection_officer = _county(Role.OBJECTION_OFFICER, kept_by=KEEP_FROM_OBJECTIONS)
is_deciding_officer = _county(Role.DECIDING_OFFICER, kept_by=(Tie.HANDLED_OBJECTION,))


# Only the passing of time, which has no account, may do it.
is_the_system = Rule(((WithoutSeat.SYSTEM, lambda _case, _person: False),))
