"""Who may: a person's seats, and small predicates over them.

One object, :class:`Seats`, answers both "may I" (``holds``) and "which ones" (the scoping
querysets beside each model), so that lists and buttons cannot disagree.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from designation.site import clock
from designation.site.prepared import Prepared

from .models import Jurisdiction, Organization, Person, Role, Seat, head_of
from .roles import ADMINISTRATOR_ROLES, NOTICE_ROLES
from .tenure import in_force, stands_with_its_seats


class Where(TypedDict, total=False):
    """Where a seat is held: in an organization, or over the area with a division code."""

    organization_id: int | None
    code: str


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """One seat in force; ``area`` is the head of the division code it covers.

    ``deputises`` is the key of the person for whom its holder stands in, None in a seat of their
    own.
    """

    role: Role
    organization_id: int | None
    area: str
    deputises: int | None = None

    def covers(self, role: Role, organization_id: int | None = None, code: str = "") -> bool:
        """Whether it gives ``role`` in the organization, or over the area with this code."""
        if self.organization_id is not None:
            return self.role == role and self.organization_id == organization_id
        return self.role == role and bool(code) and code.startswith(self.area)


@Prepared
def _held(person: Any, day: Any) -> QuerySet[Seat, Any]:
    rows = Seat.objects.filter(in_force(on=day), stands_with_its_seats(on=day), person=person)
    return rows.values_list(
        "role",
        "organization_id",
        "jurisdiction__code",
        "jurisdiction__level",
        "deputy_of__person",
    )


class Seats:
    """The seats a person holds now, read in one statement and kept for the request."""

    def __init__(self, person: Person | AnonymousUser) -> None:
        self.person = person

    @cached_property
    def held(self) -> tuple[HeldSeat, ...]:
        if not self.person.is_authenticated or not self.person.is_active:
            return ()
        rows: list[Any] = _held(self.person.pk, clock.today())
        return tuple(
            HeldSeat(Role(role), organization, head_of(code, level) if code else "", deputises)
            for role, organization, code, level, deputises in rows
            # A role that is declared no more gives no right.
            if role in Role
        )

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.held)

    @cached_property
    def deputised(self) -> dict[int, Person]:
        """By key those for whom the person stands in; one statement, where there are any."""
        keys = {seat.deputises for seat in self.held if seat.deputises is not None}
        people = Person.objects.select_related("home_organization__jurisdiction")
        return people.in_bulk(keys) if keys else {}

    def in_whose_place(self, role: Role, **where: Unpack[Where]) -> Person | None:
        """For whom the person acts in that role there; None where the seat is their own."""
        held = [seat for seat in self.held if seat.covers(role, **where)]
        if any(seat.deputises is None for seat in held):
            return None
        return next((self.deputised.get(seat.deputises or 0) for seat in held), None)

    def acted_for(self, role: str, code: str) -> Person | None:
        """For whom the person acts in that role in a place of which the code alone is known.

        Only where every seat that could have let them in is another's.
        """
        held = [one for one in self.held if one.role == role and code.startswith(one.area)]
        keys = {seat.deputises for seat in held}
        return self.deputised[keys.pop() or 0] if len(keys) == 1 and None not in keys else None

    def hands(self, role: Role, **where: Unpack[Where]) -> list[Any]:
        """Who must be free to act in that role there: the person, and for whom they stand in."""
        other = self.in_whose_place(role, **where)
        return [self.person] if other is None else [self.person, other]

    def all_hands(self, role: Role) -> list[Any]:
        """The person, and everybody for whom they stand in in that role anywhere."""
        keys = {seat.deputises for seat in self.held if seat.role == role and seat.deputises}
        return [self.person, *(self.deputised[key] for key in sorted(keys))]

    @property
    def has_deputies(self) -> bool:
        """Whether the person may be one who stands in or is stood in for."""
        return not self.roles <= {*ADMINISTRATOR_ROLES, Role.VERIFIER}

    @property
    def is_administrator(self) -> bool:
        return not self.roles.isdisjoint(ADMINISTRATOR_ROLES)

    @property
    def is_system_administrator(self) -> bool:
        return Role.SYSTEM_ADMINISTRATOR in self.roles

    @property
    def is_security_administrator(self) -> bool:
        return Role.SECURITY_ADMINISTRATOR in self.roles

    @property
    def is_county_coordinator(self) -> bool:
        return Role.COUNTY_COORDINATOR in self.roles

    @property
    def is_standards_manager(self) -> bool:
        return Role.STANDARDS_MANAGER in self.roles

    @property
    def is_audit_administrator(self) -> bool:
        return Role.AUDIT_ADMINISTRATOR in self.roles

    @property
    def decides_on_titles(self) -> bool:
        return Role.DECIDING_OFFICER in self.roles

    @property
    def reads_the_daily_list(self) -> bool:
        """Of what stands still for want of people: whoever can mend it."""
        return (
            self.is_county_coordinator
            or self.is_system_administrator
            or self.is_security_administrator
        )

    @property
    def makes_password_links(self) -> bool:
        return self.is_security_administrator or self.is_audit_administrator

    @property
    def handles_applications(self) -> bool:
        """Whoever is neither an administrator nor, with no other seat, of a department asked."""
        return not self.roles <= {*ADMINISTRATOR_ROLES, Role.DEPARTMENT_CLERK}

    @property
    def keeps_a_library(self) -> bool:
        return not self.roles.isdisjoint((Role.PREPARER, Role.HEAD))

    @property
    def handles_notices(self) -> bool:
        return not self.roles.isdisjoint(NOTICE_ROLES)

    def organizations(self, *roles: Role) -> frozenset[int]:
        """Ids of the organizations in which one of ``roles`` is held."""
        return frozenset(
            seat.organization_id
            for seat in self.held
            if seat.role in roles and seat.organization_id is not None
        )

    def areas(self, *roles: Role) -> frozenset[str]:
        """Division-code heads over which one of ``roles`` is held."""
        return frozenset(seat.area for seat in self.held if seat.role in roles and seat.area)

    def within(self, path: str, *roles: Role) -> Q:
        """That the division code at ``path`` lies in an area over which a role is held."""
        condition = Q(pk__in=())
        for area in self.areas(*roles):
            condition |= Q(**{f"{path}__startswith": area})
        return condition

    def holds_in(self, organization_id: int | None, *roles: Role) -> bool:
        return organization_id in self.organizations(*roles)

    def holds_over(self, code: str, *roles: Role) -> bool:
        return any(code.startswith(area) for area in self.areas(*roles))

    def role_in(self, organization_id: int | None, *roles: Role) -> Role | None:
        """The first of ``roles`` that is held in the organization."""
        return next((role for role in roles if self.holds_in(organization_id, role)), None)

    def role_over(self, code: str, *roles: Role) -> Role | None:
        """The first of ``roles`` that is held over an area with this division code."""
        return next((role for role in roles if self.holds_over(code, role)), None)


def seats(person: Person | AnonymousUser) -> Seats:
    """The person's seats; kept with ``person``: one statement a request."""
    kept = getattr(person, "_seats", None)
    if kept is None:
        kept = Seats(person)
        person._seats = kept  # type: ignore[union-attr]  # noqa: SLF001 - the cache lives with the person
    return kept


def holds(person: Person | AnonymousUser, *roles: Role) -> bool:
    return not seats(person).roles.isdisjoint(roles)


def serves(person: Person, organization: Organization) -> bool:
    """Whether the person belongs to the organization: by home, or by an applicant's seat."""
    return person.home_organization_id == organization.pk or seats(person).holds_in(
        organization.pk, Role.PREPARER, Role.HEAD
    )


def served_by(person: Person) -> set[int]:
    """By key the organizations that the person ``serves``."""
    own = set(seats(person).organizations(Role.PREPARER, Role.HEAD))
    if person.home_organization_id is not None:
        own.add(person.home_organization_id)
    return own


def administers(person: Person | AnonymousUser, jurisdiction: Jurisdiction, role: Role) -> bool:
    return seats(person).holds_over(jurisdiction.code, role)
