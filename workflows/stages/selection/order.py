"""The order in which a document's figures put those that meet a standard: pure.

Figures are compared one after another; none is weighed against another. Places are as in a
competition: who is tied shares the place, and the next one counts everybody before it. A figure
that is missing stands behind every figure that is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

Number = int | float | Decimal


class Outcome(StrEnum):
    """What a meeting decides of one that meets the standard; the better, the earlier."""

    CHOSEN = "chosen"
    RESERVE = "reserve"
    NOT_CHOSEN = "not_chosen"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Applicant:
    """One that meets the standard: its key, and its figures in the order of the document."""

    key: int
    figures: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an applicant stands: on ``place``, which it shares up to ``last``.

    ``place`` counts from 1; ``last`` is that of whoever shares it and would come last, whatever
    the order among them. ``missing`` are the positions of figures that are not there.
    """

    key: int
    figures: tuple[Number | None, ...]
    place: int
    last: int

    @property
    def is_tied(self) -> bool:
        return self.last > self.place

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(n for n, figure in enumerate(self.figures) if figure is None)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the meeting decided of one: ``number`` counts those in reserve from 1, else 0."""

    outcome: Outcome
    number: int = 0

    @property
    def standing(self) -> tuple[int, int]:
        """The better, the smaller."""
        return (list(Outcome).index(self.outcome), self.number)


def ordered(
    applicants: Iterable[Applicant], high_first: Sequence[bool], *, deciding: int | None = None
) -> list[Placed]:
    """The applicants in their order; those tied in the order of their keys.

    ``high_first`` says of each figure whether the greater comes first. Of the figures only the
    first ``deciding`` are compared; None: all.
    """
    compared = high_first[:deciding]

    def rank(one: Applicant) -> tuple[tuple[bool, Number], ...]:
        return tuple(
            (figure is None, 0 if figure is None else -figure if high else figure)
            for figure, high in zip(one.figures, compared, strict=False)
        )

    ranked = sorted(((rank(one), one.key, one) for one in applicants), key=lambda row: row[:2])
    placed: list[Placed] = []
    for _rank, tied in groupby(ranked, key=lambda row: row[0]):
        group = [one for _same, _key, one in tied]
        first, last = len(placed) + 1, len(placed) + len(group)
        placed += [Placed(one.key, one.figures, first, last) for one in group]
    return placed


def proposed(
    placed: Sequence[Placed], *, places: int | None, reserve: int
) -> dict[int, Decided | None]:
    """By key what follows from the order; None where a tie leaves it to the meeting.

    ``places`` None is no limit.
    """
    return {one.key: _proposed(one, places, reserve) for one in placed}


def _proposed(one: Placed, places: int | None, reserve: int) -> Decided | None:
    if places is None or one.last <= places:
        return Decided(Outcome.CHOSEN)
    if one.place > places + reserve:
        return Decided(Outcome.NOT_CHOSEN)
    if one.place > places and not one.is_tied:
        return Decided(Outcome.RESERVE, one.place - places)
    return None


def departing(
    placed: Sequence[Placed], decided: Mapping[int, Decided], *, places: int | None
) -> set[int]:
    """The keys of those whose outcome departs from the order.

    Who is put before one that stands on a better place; and who is not chosen, though there is a
    place for everybody up to theirs.
    """
    found: set[int] = set()
    worst_before: tuple[int, int] | None = None
    for _place, tied in groupby(placed, key=lambda one: one.place):
        group = list(tied)
        standings = {one.key: decided[one.key].standing for one in group}
        for one in group:
            overtakes = worst_before is not None and standings[one.key] < worst_before
            has_a_place = places is None or one.last <= places
            is_passed_over = has_a_place and decided[one.key].outcome != Outcome.CHOSEN
            if overtakes or is_passed_over:
                found.add(one.key)
        worst_before = max([*standings.values(), *([worst_before] if worst_before else [])])
    return found


def decided_ties(placed: Sequence[Placed], decided: Mapping[int, Decided]) -> list[list[int]]:
    """The ties that the meeting resolved: keys of those on one place with other outcomes.

    In reserve, too: a number is an outcome.
    """
    ties = []
    for _place, tied in groupby(placed, key=lambda one: one.place):
        keys = [one.key for one in tied]
        if len({decided[key].standing for key in keys}) > 1:
            ties.append(keys)
    return ties
