"""Whose it is to give titles, and to read what became of them.

To give: the deciding officer's, over the area of whom they are given to; never to their own
organization, nor to that of whom they stand in for.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, served_by
from designation.site.refusal import Finding

from .models import Designation
from .queries import held_where

# Whoever of the county sees a title through its life.
LOOKING_AFTER = (Role.COUNTY_COORDINATOR, Role.DECIDING_OFFICER)


def giving_role(person: Person, area_code: str) -> Role | None:
    """The role in which the person gives titles in an area, by its 12-digit code."""
    return seats(person).role_over(area_code, Role.DECIDING_OFFICER)


def own_units(person: Person, area_code: str) -> set[int]:
    """The organizations to which who gives titles in an area, or for whom they do so, belongs."""
    hands = seats(person).hands(Role.DECIDING_OFFICER, code=area_code)
    return set().union(*map(served_by, hands))


def of_own_units(person: Person, area_code: str) -> QuerySet[Designation]:
    """The titles that these hold."""
    units = own_units(person, area_code)
    return (
        Designation.objects.filter(held_where(organization__in=units))
        if units
        else Designation.objects.none()
    )


def own_organization() -> Finding:
    """Why somebody else has to: whoever gives a title takes no part in what it is given to."""
    told = _("您或者您代为办理的人来自这个组织，应当回避。请由其他审定人办理。")
    return Finding("own_organization", _("本单位的称号由其他人办理"), told)


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
