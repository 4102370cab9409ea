"""The demo's accounts, in the order in which an application meets them."""

from dataclasses import dataclass

from django.db.models import Window
from django.db.models.functions import RowNumber

from designation.organizations.models import Person, Seat

PASSWORD = "demo-2026-qingshan"
# The demo county has fewer; data to measure with has a hundred thousand.
_OF_A_ROLE = 8


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    full_name: str
    roles: str
    place: str


def listed() -> list[Account]:
    """Every demo account with its roles, read in one statement; of very many, the first ones."""
    in_role = Window(RowNumber(), partition_by=["role"], order_by=["person_id", "pk"])
    seats = (
        Seat.objects.in_force()
        .filter(person__is_active=True)
        .annotate(place_in_role=in_role)
        .filter(place_in_role__lte=_OF_A_ROLE)
        .select_related("person", "organization", "jurisdiction")
        .order_by("person_id", "pk")
    )
    accounts: dict[int, Account] = {}
    for seat in seats:
        place = seat.organization or seat.jurisdiction
        known = accounts.get(seat.person_id)
        role = str(seat.get_role_display())
        accounts[seat.person_id] = Account(
            seat.person.username,
            seat.person.full_name,
            f"{known.roles}、{role}" if known else role,
            str(place),
        )
    return list(accounts.values())


def find(username: str) -> Person | None:
    return Person.objects.filter(username=username, is_active=True).first()
