"""Who may carry out which transition: predicates over the case and the person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from designation.applications.models import Application
from designation.applications.rules import typing_role
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.organizations.roles import Office
from designation.organizations.rules import Where, seats, serves

from . import interests
from .facts import Case
from .interests import KEEP_FROM_ACTING, Tie

# Of whatever course: the case is that of its rows.
Predicate = Callable[[Any, Any], bool]


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
        is_open = (way for way in self.ways if person or way[0] == WithoutSeat.SYSTEM)
        return next((role for role, holds in is_open if holds(case, person)), None)

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(self.ways + other.ways)


def lets_in(role: Role) -> Callable[[Predicate], Rule]:
    """Make a predicate the rule that lets ``role`` in."""
    return lambda holds: Rule(((role, holds),))


@lets_in(Role.PREPARER)
def is_preparer(case: Case, person: Person) -> bool:
    return seats(person).holds_in(case.application.organization_id, Role.PREPARER)


def where_held(application: Application, role: Role) -> Where:
    """Where a seat of ``role`` is held that lets somebody act on the application."""
    if not role.is_held_in_an_organization:
        return {"code": application.area_code}
    applies = role.office == Office.APPLICANT
    place = application.organization_id if applies else application.reviewing_body_id
    return {"organization_id": place}


def in_whose_place(application: Application, person: Person) -> Person | None:
    """For whom the person takes the step that the application waits for; None: for themselves."""
    if application.holder_role not in Role:
        return None
    role = Role(application.holder_role)
    return seats(person).in_whose_place(role, **where_held(application, role))


@lets_in(Role.HEAD)
def is_head(case: Case, person: Person) -> bool:
    """Nobody gives a head's word as a deputy for what they fill in as the preparer."""
    mine, place = seats(person), case.application.organization_id
    deputises = mine.in_whose_place(Role.HEAD, organization_id=place) is not None
    return mine.holds_in(place, Role.HEAD) and not (
        deputises and mine.holds_in(place, Role.PREPARER)
    )


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


def _disinterested(case: Case, person: Person, role: Role, *kept_by: Tie) -> bool:
    """Of a deputy, that neither they nor the person they stand in for has to step aside."""
    hands = seats(person).hands(role, **where_held(case.application, role))
    return not seats(person).is_administrator and not any(
        is_interested(case, one, *kept_by) for one in hands
    )


@lets_in(Role.FIRST_REVIEWER)
def is_first_reviewer(case: Case, person: Person) -> bool:
    holds = seats(person).holds_in(case.application.reviewing_body_id, Role.FIRST_REVIEWER)
    return holds and _disinterested(case, person, Role.FIRST_REVIEWER)


def _county(role: Role) -> Rule:
    """Held over the area, by nobody of the applicant nor who did in the case what keeps them."""
    kept_by = KEEP_FROM_ACTING.get(role, ())

    @lets_in(role)
    def holds(case: Case, person: Person) -> bool:
        holds_it = seats(person).holds_over(case.application.area_code, role)
        return holds_it and _disinterested(case, person, role, *kept_by)

    return holds


# Who coordinated a case does not verify it, either (``may_verify``).
is_county_coordinator = _county(Role.COUNTY_COORDINATOR)
is_notice_publisher = _county(Role.NOTICE_PUBLISHER)
is_objection_officer = _county(Role.OBJECTION_OFFICER)
is_deciding_officer = _county(Role.DECIDING_OFFICER)


# Only the passing of time, which has no account, may do it.
is_the_system = Rule(((WithoutSeat.SYSTEM, lambda _case, person: person is None),))
# And nobody's step is the end of an application whose unit is no more.
is_the_end_of_its_unit = Rule(
    (
        (
            WithoutSeat.SYSTEM,
            lambda case, person: person is None and not case.application.organization.is_active,
        ),
    )
)
