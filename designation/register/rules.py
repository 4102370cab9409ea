"""Whose it is to give titles: the deciding officer's, over the area of whom they are given to."""

from django.contrib.auth.models import AnonymousUser

from designation.organizations.models import Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats


def giving_role(person: Person, area_code: str) -> Role | None:
    """The role in which the person gives titles in an area, by its 12-digit code."""
    return seats(person).role_over(area_code, Role.DECIDING_OFFICER)


def reads_who_gave(reader: Person | AnonymousUser, area_code: str) -> bool:
    """Whether the reader is of the county's office: the public reads no names of officers."""
    return seats(reader).role_over(area_code, *NOTICE_ROLES) is not None


def decides_somewhere(person: Person) -> bool:
    """Whether ``giving_role`` holds in any area."""
    return seats(person).decides_on_titles
