"""Who reads what bars the organizations of an area, and who records that a bar is lifted.

Lifting is the deciding officer's, as revoking is; nobody lifts the bar of their own organization.
"""

from django.db.models import Q, QuerySet

from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import holds, seats, serves
from designation.register.rules import LOOKING_AFTER


def reads_bars(person: Person) -> bool:
    return holds(person, *LOOKING_AFTER)


def read_by(person: Person) -> Q:
    """Of organizations: that they lie where the person reads what bars them."""
    return seats(person).within("jurisdiction__code", *LOOKING_AFTER)


def organizations_read_by(person: Person) -> QuerySet[Organization]:
    """The organizations of those areas."""
    return Organization.objects.filter(read_by(person)).select_related("jurisdiction")


def lifting_role(person: Person, organization: Organization) -> Role | None:
    """The role in which the person records that a bar of the organization is lifted."""
    mine, code = seats(person), organization.jurisdiction.code
    role = mine.role_over(code, Role.DECIDING_OFFICER)
    if role is None or mine.is_administrator:
        return None
    hands = mine.hands(role, code=code)
    return None if any(serves(one, organization) for one in hands) else role
