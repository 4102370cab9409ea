"""What a unit is written about its application: each stage says by which passages, and how.

A letter is of a decision on record; whoever sees the case reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from designation.papers.fields import Paper
from standards.language import of_the_record

from .facts import Case
from .records import Decision

Made = Callable[[Case, Decision], Paper]


@dataclass(frozen=True, slots=True)
class Letter:
    """One that can be taken away: what it is called, and of which decision it is."""

    name: Any
    decision: Decision


@dataclass(frozen=True, slots=True)
class Records:
    """What a stage keeps on record of a case, row by row, each printed by itself."""

    of: Callable[[Case], Iterable[Any]]
    printed: Callable[[Case, Any], bytes]
    file_name: Callable[[Case], str]


_KINDS: dict[str, tuple[Any, Made]] = {}
_RECORDS: list[Records] = []


def declare(transition: str, name: Any, made: Made) -> None:
    """Let the passage of this name leave a letter."""
    _KINDS[transition] = (name, made)


def of(case: Case) -> list[Letter]:
    """The letters of a case, the newest first; a return that was taken back was never sent."""
    rows = Decision.objects.filter(application=case.application, transition__in=_KINDS)
    sent = rows.exclude(corrections__taken_back_at__isnull=False).order_by("-pk")
    return [Letter(_KINDS[row.transition][0], row) for row in sent.distinct()]


def keep_records(records: Records) -> None:
    """Say which records of a case whoever sees it reads, and how each is printed."""
    _RECORDS.append(records)


def records(case: Case) -> list[Any]:
    """Those that can be taken away, in the order in which they were made."""
    return [row for kept in _RECORDS for row in kept.of(case)]


def record(case: Case, pk: int) -> tuple[bytes, str] | None:
    """One of them as a PDF with its name; None for what is no record of the case."""
    for kept in _RECORDS:
        for row in kept.of(case):
            if row.pk == pk:
                return kept.printed(case, row), kept.file_name(case)
    return None


@of_the_record()
def paper(case: Case, pk: int) -> Paper | None:
    """The letter of one of its decisions; None where it has none."""
    letter = next((one for one in of(case) if one.decision.pk == pk), None)
    if letter is None:
        return None
    _name, made = _KINDS[letter.decision.transition]
    return made(case, letter.decision)
