"""The demo's accounts, by the office that a person sits in, in the order of an application."""

from dataclasses import dataclass

from django.db.models import Window
from django.db.models.functions import RowNumber

from designation.organizations.models import Person, Role, Seat
from designation.organizations.roles import Office

PASSWORD = "demo-2026-qingshan"
# The demo county has fewer; data to measure with has a hundred thousand.
_OF_A_ROLE = 8


@dataclass(frozen=True, slots=True)
class Account:
    """``office`` is that of the first seat's role; ``roles`` names the roles of all."""

    username: str
    full_name: str
    office: Office
    roles: str
    place: str


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one office: those of the place that README's walk meets, and the others."""

    name: str
    accounts: tuple[Account, ...]
    others: tuple[Account, ...]


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
            known.office if known else Role(seat.role).office,
            f"{known.roles}、{role}" if known else role,
            str(place),
        )
    return list(accounts.values())


def by_office() -> list[Group]:
    """The accounts by office; an office in which nobody sits is left out."""
    accounts = listed()
    found = {office: [one for one in accounts if one.office == office] for office in Office}
    return [_group(str(office.label), those) for office, those in found.items() if those]


def _group(name: str, accounts: list[Account]) -> Group:
    first = accounts[0].place
    return Group(
        name,
        tuple(account for account in accounts if account.place == first),
        tuple(account for account in accounts if account.place != first),
    )


def find(username: str) -> Person | None:
    return Person.objects.filter(username=username, is_active=True).first()
