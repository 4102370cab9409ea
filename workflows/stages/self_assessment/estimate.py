"""What is ahead of who fills in an application, in minutes and pages; estimated, never measured.

Our defaults, in seconds, of a clerk who has the figures at hand: reading an item, and answering a
question by the shape of its input. Evidence and the introduction have a time of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """``pages``: one a section, and the introduction."""

    minutes: int
    pages: int


def ahead(standard: Standard) -> Ahead:
    """What a first application by ``standard`` takes."""
    seconds = EVIDENCE_AND_INTRODUCTION
    for item in standard.items:
        seconds += READING_AN_ITEM + sum(map(_answering, item.checks))
    steps = -(-seconds // (_STEP * _A_MINUTE))
    return Ahead(steps * _STEP, len(standard.sections) + 1)


def _answering(check: Check) -> int:
    shape = kinds.of(check.kind).input(check, judged=False).shape
    return ANSWERING[shape] * max(len(check.asked_as), 1)
