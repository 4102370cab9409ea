"""Whose it is to give titles, and to read what became of them.

To give: the deciding officer's, over the area of whom they are given to.
"""

from django.db.models import QuerySet

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from .models import Designation
from .queries import held_where

# Whoever of the county sees a title through its life.
LOOKING_AFTER = (Role.COUNTY_COORDINATOR, Role.DECIDING_OFFICER)


def giving_role(person: Person, area_code: str) -> Role | None:
    """The role in which the person gives titles in an area, by its 12-digit code."""
    return seats(person).role_over(area_code, Role.DECIDING_OFFICER)


def looked_after_by(person: Person) -> QuerySet[Designation]:
    """The titles of the areas in which the person sees titles through their life."""
    mine = seats(person).within("jurisdiction__code", *LOOKING_AFTER)
    return Designation.objects.filter(mine)


def lives_read_by(person: Person) -> QuerySet[Designation]:
    """The titles of which the person reads more than everybody.

    Those they look after, and those that their own organization holds.
    """
    own = seats(person).organizations(Role.PREPARER, Role.HEAD)
    mine = seats(person).within("jurisdiction__code", *LOOKING_AFTER)
    if own:
        mine |= held_where(organization__in=own)
    return Designation.objects.filter(mine)
