"""What waits for the person in a seat, asked before the seat ends.

The rooms above know; each registers a teller when it starts. Nothing here knows of a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import Person, Seat
from .tenure import in_force


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind that a seat holds: its name, how much, and what becomes of it."""

    what: str
    count: int
    becomes: str


Teller = Callable[[Seat], Iterable[Waiting]]
_TELLERS: list[Teller] = []
_HEIRS: list[Callable[[Seat], None]] = []


def tell(teller: Teller) -> None:
    """Register who can say what waits."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


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


def take_over(seat: Seat) -> None:
    """Hand what waits to the person who takes the seat."""
    for hand_over in _HEIRS:
        hand_over(seat)
