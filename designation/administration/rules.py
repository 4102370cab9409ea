"""Who gives and ends which seats: the holder of the role that the seat's role names."""

from ..organizations.models import Jurisdiction, Organization, Person, Role
from ..organizations.rules import seats


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


def given_by(role: str) -> Role:
    """Whose holders give and end it; the security administrator ends what is declared no more."""
    return Role(Role(role).given_by) if role in Role else Role.SECURITY_ADMINISTRATOR
