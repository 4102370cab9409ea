"""What a round came to, for everybody: a few numbers on its public page, once it is over.

Counted by a room above, which tells this one when it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Round


@dataclass(frozen=True, slots=True)
class Outcome:
    """``applied`` and ``objections`` are None where they are too few to be told; ``days`` too.

    ``days`` are the median of the working days from handing in to the title.
    """

    applied: int | None
    named: int
    objections: int | None
    days: float | None
    least: int


def _nobody_counts(_round: Round) -> Outcome | None:
    return None


_count: Callable[[Round], Outcome | None] = _nobody_counts


def counted_by(count: Callable[[Round], Outcome | None]) -> None:
    """Said by the room that counts, when it starts."""
    global _count  # noqa: PLW0603 - told once, when the site starts
    _count = count


def of_round(round_: Round) -> Outcome | None:
    """None until the round is closed and nothing of it is under way; no statement while open."""
    return _count(round_) if round_.status == Round.Status.CLOSED else None
