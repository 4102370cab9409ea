"""What a unit is written about its application: each stage says by which passages, and how.

A letter is of a decision on record; whoever sees the case reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.rules import seats, serves
from designation.papers.fields import Paper
from designation.papers.slots import Slot
from standards.language import of_the_record

from .facts import Case
from .records import Decision
from .rules import where_held
from .scoping import visible_applications

Made = Callable[[Case, Decision], Paper]


@dataclass(frozen=True, slots=True)
class Letter:
    """One that can be taken away: what it is called, and of which decision it is."""

    name: Any
    kind: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Records:
    """What a stage keeps on record of a case, row by row, each printed by itself."""

    of: Callable[[Case], Iterable[Any]]
    printed: Callable[[Case, Any], bytes]
    file_name: Callable[[Case], str]


_KINDS: dict[str, tuple[type[Paper], Made]] = {}
_RECORDS: list[Records] = []


def declare(transition: str, kind: type[Paper], made: Made) -> None:
    """Let the passage of this name leave a letter."""
    _KINDS[transition] = (kind, made)


def of(case: Case) -> list[Letter]:
    """The letters of a case, the newest first; a return that was taken back was never sent."""
    sent = _sent(_KINDS).filter(application=case.application).order_by("-pk")
    return [
        Letter(paper.NAME, paper.KIND, row)
        for row in sent.distinct()
        for paper, _made in [_KINDS[row.transition]]
    ]


def _sent(transitions: Iterable[str]) -> QuerySet[Decision]:
    rows = Decision.objects.filter(transition__in=list(transitions))
    return rows.exclude(corrections__taken_back_at__isnull=False)


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
    return _made(case, letter.decision)


def _made(case: Case, decision: Decision) -> Paper:
    _kind, made = _KINDS[decision.transition]
    return made(case, decision)


def slots() -> dict[str, Slot]:
    """Of each kind of letter, where it comes back sealed."""
    return {paper.KIND: _slot(paper) for paper, _made in _KINDS.values()}


def _slot(kind: type[Paper]) -> Slot:
    """Put there from the seat that decided, read by whoever sees the case."""

    def read_by(person: Person) -> QuerySet[Decision]:
        seen = visible_applications(person).order_by().values("pk")
        sent = _sent(name for name, (paper, _made) in _KINDS.items() if paper is kind)
        return sent.filter(application__in=seen).select_related(
            "application__round__jurisdiction", "application__organization"
        )

    return Slot(
        read_by=read_by,
        role=_issuing_role,
        area=_area,
        paper=of_the_record()(lambda row: _made(Case(row.application), row)),
        address=lambda row: reverse("applications:papers", args=[row.application_id]),
    )


def _area(decision: Decision) -> Jurisdiction:
    return decision.application.round.jurisdiction


def _issuing_role(decision: Decision, person: Person) -> Role | None:
    application = decision.application
    if decision.actor_role not in Role or serves(person, application.organization):
        return None
    role = Role(decision.actor_role)
    where = where_held(application, role)
    return role if any(seat.covers(role, **where) for seat in seats(person).held) else None
