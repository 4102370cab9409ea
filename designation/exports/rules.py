"""Who may take a list away, and who fetches a file that was made of it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from designation.audit.events import WHOLE_SITE
from designation.audit.models import WithoutSeat
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import HeldSeat, seats
from designation.organizations.scoping import area_code
from designation.site import clock, tables
from designation.site.registered import NotRegistered
from designation.site.tables import Table

from .models import Export

Held = list[list[str]]


def may_take(person: Person | AnonymousUser, table: Table) -> bool:
    """Whether the person holds a seat by which the list may be taken away."""
    if not person.is_authenticated or not person.is_active:
        return False
    return table.roles is None or not seats(person).roles.isdisjoint(table.roles())


def table_or_404(person: Person, code: str) -> Table:
    """The list with this code; Http404 for one that the person may not take away."""
    try:
        table = tables.of(code)
    except NotRegistered:
        raise Http404 from None
    if not may_take(person, table):
        raise Http404
    return table


def as_whom(person: Person, table: Table) -> tuple[Role | str, str]:
    """The role by which the list is the person's to take, and the 12-digit code of its place.

    Whoever needs no seat takes it as themselves, where they belong.
    """
    roles = None if table.roles is None else table.roles()
    for seat in seats(person).held:
        if roles is None or seat.role in roles:
            return seat.role, _place(seat)
    return WithoutSeat.SELF, area_code(person) or WHOLE_SITE


def _place(seat: HeldSeat) -> str:
    if seat.area:
        return seat.area.ljust(12, "0")
    bodies = Organization.objects.filter(pk__in=[seat.organization_id])
    return str(bodies.values_list("jurisdiction__code", flat=True)[0])


def held_by(person: Person) -> Held:
    """The seats that the person holds now, as pairs of role and place."""
    held = seats(person).held
    return sorted([str(seat.role), seat.area or str(seat.organization_id)] for seat in held)


def has_lost_a_seat(person: Person, held: Held) -> bool:
    """Whether the person holds one of these seats no more, or may not sign in any more."""
    now = held_by(person)
    return not person.is_active or any(seat not in now for seat in held)


def own(person: Person) -> QuerySet[Export]:
    """The files that were made for the person and are not over, and those being made."""
    return Export.objects.filter(maker=person).exclude(clock.over("kept_until"))


def fetched(person: Person, **key: Any) -> Export | None:
    """A file that the person may fetch now; None where it is not made, or a seat was lost."""
    export = own(person).filter(**key).first()
    if export is None or not export.is_made or has_lost_a_seat(person, export.seats):
        return None
    return export
