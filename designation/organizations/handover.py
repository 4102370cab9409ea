"""What waits for the person in a seat, asked before the seat ends; and who else may do it.

The rooms above know; each registers a teller when it starts. Nothing here knows of a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from .divisions import codes_around
from .models import Person, Role, Seat
from .tenure import in_force


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind that a seat holds: its name, how much, and what becomes of it.

    ``is_by_name``: it hangs on the person in the seat, not on the seat (``charges``).
    """

    what: str
    count: int
    becomes: str
    is_by_name: bool = False


Teller = Callable[[Seat], Iterable[Waiting]]
Keeper = Callable[[Seat, Person], Iterable[Waiting]]
_TELLERS: list[Teller] = []
_KEEPERS: list[Keeper] = []
_HEIRS: list[Callable[[Seat], None]] = []


def tell(teller: Teller) -> None:
    """Register who can say what waits."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def keep(keeper: Keeper) -> None:
    """Register who can say what waits that a certain person may not do, and why."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def on_taking_over(hand_over: Callable[[Seat], None]) -> None:
    """Register what is handed to whoever takes a seat, in the transaction that gives it."""
    if hand_over not in _HEIRS:
        _HEIRS.append(hand_over)


def waiting_in(seat: Seat) -> list[Waiting]:
    """What waits in one seat."""
    return [one for teller in _TELLERS for one in teller(seat) if one.count]


def waiting_for(person: Person) -> list[tuple[Seat, list[Waiting]]]:
    """What waits in every seat of the person that holds work."""
    held = person.seats.filter(in_force()).select_related(
        "organization__jurisdiction", "jurisdiction", "person"
    )
    found = [(seat, waiting_in(seat)) for seat in held]
    return [(seat, waiting) for seat, waiting in found if waiting]


def kept_from(seat: Seat, successor: Person) -> list[Waiting]:
    """What waits in a seat that ``successor`` may not do although they take it."""
    return [one for keeper in _KEEPERS for one in keeper(seat, successor) if one.count]


def others_beside(seat: Seat) -> QuerySet[Seat]:
    """Seats of other people in the same role and place; a head may do what the preparer may."""
    role = Q(role=seat.role)
    if seat.role == Role.PREPARER:
        role |= Q(role=Role.HEAD)
    place = (
        Q(organization=seat.organization_id)
        if seat.jurisdiction is None
        else Q(jurisdiction__code__in=codes_around(seat.jurisdiction.code))
    )
    others = Seat.objects.in_force().own().exclude(person=seat.person_id)
    return others.filter(role, place, person__is_active=True)


def take_over(seat: Seat) -> None:
    """Hand what waits to the person who takes the seat."""
    for hand_over in _HEIRS:
        hand_over(seat)
