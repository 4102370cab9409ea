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


_KINDS: dict[str, tuple[Any, Made]] = {}
_RECORDS: list[Callable[[Case], Iterable[Any]]] = []


def declare(transition: str, name: Any, made: Made) -> None:
    """Let the passage of this name leave a letter."""
    _KINDS[transition] = (name, made)


def of(case: Case) -> list[Letter]:
    """The letters of a case, the newest first; a return that was taken back was never sent."""
    rows = Decision.objects.filter(application=case.application, transition__in=_KINDS)
    sent = rows.exclude(corrections__taken_back_at__isnull=False).order_by("-pk")
    return [Letter(_KINDS[row.transition][0], row) for row in sent.distinct()]


def records_by(visits: Callable[[Case], Iterable[Any]]) -> None:
    """Say which visits of a case whoever sees it reads the record of."""
    _RECORDS.append(visits)


def records(case: Case) -> list[Any]:
    return [one for visits in _RECORDS for one in visits(case)]


@of_the_record()
def paper(case: Case, pk: int) -> Paper | None:
    """The letter of one of its decisions; None where it has none."""
    letter = next((one for one in of(case) if one.decision.pk == pk), None)
    if letter is None:
        return None
    _name, made = _KINDS[letter.decision.transition]
    return made(case, letter.decision)
