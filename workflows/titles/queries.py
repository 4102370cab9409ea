"""Titles as the desk of those who look after them shows them."""

from typing import Any

from django.db.models import Q, QuerySet

from designation.organizations.models import Person, Role
from designation.organizations.rules import holds, seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.register.rules import LOOKING_AFTER, looked_after_by
from designation.register.standing import RENEWAL_OPENS, Status
from designation.site import clock

from ..stages.appeals.queries import titles_to_restore


def needing_attention(person: Person, most: int) -> list[Designation]:
    """Those under order, what is due first standing first, then those that run out soon.

    Among them those to be restored, since an appeal against their revocation was upheld.
    """
    if not holds(person, *LOOKING_AFTER):
        return []
    today = clock.today()
    wanted = register.stands_as(Status.ORDERED, today) | register.runs_out_by(
        today + RENEWAL_OPENS, today
    )
    restorable = Q(pk__in=titles_to_restore(), until__gte=today)
    wanted |= restorable & register.held_where(organization__is_active=True)
    rows: QuerySet[Any] = register.titles(today).filter(
        wanted, pk__in=looked_after_by(person).order_by().values("pk")
    )
    return list(rows.order_by("correct_by", "until", "pk")[:most])


def under_order_of(person: Person, most: int) -> list[Designation]:
    """Those that the person's own unit holds and has to correct, also once its time has run out."""
    own = seats(person).organizations(Role.PREPARER, Role.HEAD)
    if not own:
        return []
    held = register.stands_as(Status.ORDERED, clock.today()) & register.held_where(
        organization__in=own
    )
    rows: QuerySet[Any] = register.titles().filter(held)
    return list(rows.order_by("correct_by", "pk")[:most])
