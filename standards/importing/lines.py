"""What a file is read as: lines in their order, and what of it stands in none of them."""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_LINES = 200_000


@dataclass(frozen=True)
class Line:
    """``number`` counts from 1 as a person would: paragraphs, lines or rows of the file.

    ``printed`` is the number of an item that has a cell of its own: ``text`` is then that item.
    A line of a table may be a heading; one that is not ``is_whole`` shows more than was read of
    it (a formula, a sign, a note), so that no check is proposed from it.
    """

    number: int
    text: str
    printed: str | None = None
    is_heading: bool = False
    is_whole: bool = True


@dataclass(frozen=True)
class Unread:
    """What the reading passed over or doubts: the line, its words and why. 0: no line has it."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Content:
    """``left_out`` is what the file holds beside its lines."""

    lines: Sequence[Line]
    left_out: Sequence[Unread] = ()
