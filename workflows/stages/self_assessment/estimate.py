"""What is ahead of who fills in an application, in minutes and pages.

Measured, where enough applications of the place were filled in; else estimated from the standard.
Our defaults, in seconds, of a clerk who has the figures at hand: reading an item, and answering a
question by the shape of its input. Evidence and the introduction have a time of their own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from standards import kinds
from standards.engine.evaluation import Check, Standard

READING_AN_ITEM: Final = 20
ANSWERING: Final[Mapping[str, int]] = {
    kinds.ONE_OF: 5,
    kinds.LINE: 20,
    kinds.MONTHS: 30,
    kinds.LONG_TEXT: 60,
}
EVIDENCE_AND_INTRODUCTION: Final = 15 * 60
_A_MINUTE: Final = 60
# Said in steps of five minutes: it is no more exact.
_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Ahead:
    """``pages``: one a section, and the introduction; ``is_measured``: by the county's own time."""

    minutes: int
    pages: int
    is_measured: bool = False


def ahead(
    standard: Standard, *, carried: Collection[str] = (), measured: float | None = None
) -> Ahead:
    """What an application by ``standard`` takes.

    ``carried`` are the checks that only have to be confirmed. ``measured`` are the minutes that
    the county's own applications took, where there are enough of them.
    """
    pages = len(standard.sections) + 1
    if measured is not None:
        return Ahead(_in_steps(measured * _A_MINUTE), pages, is_measured=True)
    seconds = EVIDENCE_AND_INTRODUCTION
    for item in standard.items:
        asked = (check for check in item.checks if check.code not in carried)
        seconds += READING_AN_ITEM + sum(map(_answering, asked))
    return Ahead(_in_steps(seconds), pages)


def _in_steps(seconds: float) -> int:
    """Minutes, rounded up to the next step; one at least."""
    return max(ceil(seconds / (_STEP * _A_MINUTE)), 1) * _STEP


def _answering(check: Check) -> int:
    shape = kinds.of(check.kind).input(check, judged=False).shape
    return ANSWERING[shape] * max(len(check.asked_as), 1)
