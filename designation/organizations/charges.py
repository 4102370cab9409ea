"""Open work that hangs on a person by name, and who may take it over from them.

What hangs on a seat goes with the seat (``handover``). The rooms above know what hangs on a name;
each registers its kind when it starts. Nothing here knows of a case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from .models import Person, Role
from .rules import HeldSeat


@dataclass(frozen=True, slots=True)
class Charge:
    """One piece of such work: ``what`` it is, ``about`` whom, and the seat that it asks for.

    The seat is of ``role`` in the organization or, without one, over the area with this code.
    """

    kind: str
    pk: int
    what: str
    about: str
    role: Role
    organization_id: int | None = None
    code: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    def opens_to(self, held: Iterable[HeldSeat]) -> bool:
        """Whether one of these seats lets its holder do the work."""
        return any(seat.covers(self.role, self.organization_id, self.code) for seat in held)


class Kind(Protocol):
    """Work of one kind; ``code`` is that of its charges."""

    @property
    def code(self) -> str: ...

    def of(self, person: Person, /) -> Iterable[Charge]:
        """What hangs on the person, in a fixed number of statements."""

    def why_not(self, charge: Charge, successor: Person, /) -> str:
        """Why the successor does not take it over, whatever seats they hold; "" where they do."""

    def hand_over(
        self, charge: Charge, leaving: Person, successor: Person, /, *, actor: Person
    ) -> None:
        """Within the transaction of the act. Raises Refusal."""


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Register what may hang on a person."""
    _KINDS.update({kind.code: kind for kind in kinds})


def charges_of(person: Person) -> list[Charge]:
    """All that hangs on the person by name."""
    return [charge for kind in _KINDS.values() for charge in kind.of(person)]


def why_not(charge: Charge, successor: Person) -> str:
    return _KINDS[charge.kind].why_not(charge, successor)


def hand_over(charge: Charge, leaving: Person, successor: Person, *, actor: Person) -> None:
    _KINDS[charge.kind].hand_over(charge, leaving, successor, actor=actor)
