"""The figures by which the document of a category orders: read for all applicants at once.

Each kind is read by the room that knows its value, which says so when the site starts
(``read_by``); votes are typed in the meeting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from designation.rounds.figures import FigureKind
from designation.rounds.models import NamedFigure

from ...case.facts import Case
from .order import Number

# The figure of one case; None where there is none.
Reader = Callable[[Case, NamedFigure], Number | None]
# Reads for all cases at once what their figures are taken from.
Preparing = Callable[[Sequence[Case]], None]


@dataclass(frozen=True, slots=True)
class _Source:
    reader: Reader
    prepare: Preparing


_SOURCES: dict[str, _Source] = {}


def read_by(kind: FigureKind, prepare: Preparing) -> Callable[[Reader], Reader]:
    """Let figures of ``kind`` be read by the function, once ``prepare`` was called: a decorator."""

    def register(reader: Reader) -> Reader:
        _SOURCES[kind] = _Source(reader, prepare)
        return reader

    return register


def read(
    cases: Sequence[Case], named: Sequence[NamedFigure], votes: Mapping[int, int | None]
) -> dict[int, tuple[Number | None, ...]]:
    """By application the figures in their order; ``votes`` by application.

    As many statements as the sources need, whatever the number of applicants. Raises KeyError for
    a kind that no room reads.
    """
    asked = [figure for figure in named if figure.kind != FigureKind.VOTES]
    for prepare in dict.fromkeys(_SOURCES[figure.kind].prepare for figure in asked):
        prepare(cases)
    return {
        case.application.pk: tuple(
            votes.get(case.application.pk)
            if figure.kind == FigureKind.VOTES
            else _SOURCES[figure.kind].reader(case, figure)
            for figure in named
        )
        for case in cases
    }
