"""Who gives and ends which seats: the holder of the role that the seat's role names."""

from ..organizations.models import Jurisdiction, Organization, Person, Role, Seat
from ..organizations.rules import seats
from ..organizations.scoping import belongs_to, held_codes

Entered = Jurisdiction | Organization | Person


def roles_to_give(person: Person) -> list[Role]:
    """Every role of which ``may_give`` holds somewhere."""
    held = seats(person).roles
    return [role for role in Role if role.given_by in held]


def giving_roles(person: Person) -> list[Role]:
    """Those of the person's roles whose holders give seats."""
    giving = {role.given_by for role in Role}
    return [role for role in seats(person).roles if role in giving]


def may_give(person: Person, role: str, place: Organization | Jurisdiction) -> bool:
    """Whether the person gives and ends seats of this role in this place."""
    area = place.jurisdiction if isinstance(place, Organization) else place
    return seats(person).holds_over(area.code, given_by(role))


def deputy_role(person: Person, seat: Seat) -> Role | None:
    """The role in which the person names and ends a deputy in ``seat``; None: they do not.

    Its holder does, in that role, and whoever gives it.
    """
    if seat.person_id == person.pk and seat.is_in_force and person.is_active:
        return Role(seat.role) if seat.role in Role else None
    return given_by(seat.role) if may_give(person, seat.role, seat.place) else None


def leaving_role(person: Person, leaver: Person) -> Role | None:
    """The role in which the person lets ``leaver`` hand over and go; None: they do not.

    Whoever takes rights away, the security administrator of where the leaver belongs; letting
    them back in is the system administrator's (``entering_role``).
    """
    held = seats(person)
    codes = belongs_to(leaver) or held_codes(leaver)
    is_theirs = any(held.holds_over(code, Role.SECURITY_ADMINISTRATOR) for code in codes)
    return Role.SECURITY_ADMINISTRATOR if is_theirs else None


def entering_role(person: Person, row: Entered) -> Role | None:
    """The role in which the person enters and changes ``row``: of ``scoping.Administered`` one.

    As the system administrator of where it stands, or will.
    """
    held = seats(person)
    roles = (held.role_over(code, Role.SYSTEM_ADMINISTRATOR) for code in _codes(row))
    return next((role for role in roles if role is not None), None)


def _codes(row: Entered) -> set[str]:
    if isinstance(row, Jurisdiction):
        return {row.code}
    if isinstance(row, Organization):
        return {row.jurisdiction.code}
    known = belongs_to(row)
    return known if known or row.pk is None else held_codes(row)


def given_by(role: str) -> Role:
    """Whose holders give and end it; the security administrator ends what is declared no more."""
    return Role(Role(role).given_by) if role in Role else Role.SECURITY_ADMINISTRATOR
