"""The sections of a standard as the applicant goes through them: one page each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from designation.applications.models import Application
from standards import catalogue
from standards.engine.evaluation import Item, Section, Standard

from ...case import card as cards
from ...case.card import Card, Mode, Progress, Stated, card, progress
from ...case.facts import Case
from .last_time import LastTime


def number_of(standard: Standard, code: str) -> int | None:
    """The number of the section that holds the item, from 1; None for a code that none has."""
    numbered = enumerate(standard.sections, start=1)
    return next((n for n, section in numbered if any(i.code == code for i in section.items)), None)


def address(application: Application, code: str, field: str = "") -> str:
    """Where the item is filled in, or one of its fields: the place on its section's page."""
    number = number_of(catalogue.published(application.standard_id), code)
    page = reverse("applications:section", args=[application.pk, number])
    return f"{page}#{field or code}"


def card_of(
    case: Case, item: Item, *, mode: Mode = Mode.FILL, suggested: Sequence[str] = ()
) -> Card:
    """The card of an item as the record has it; to fill in, with what was said last time."""
    findings = case.declared_report.findings
    said = Stated.of(case.answers.get(item.code))
    last = _last_time(case, item) if mode == Mode.FILL else None
    return card(item, said, findings, mode=mode, suggested=suggested, last=last)


def _last_time(case: Case, item: Item) -> cards.LastTime | None:
    """None where nothing was handed in before."""
    last = LastTime.of(case)
    if last.said is None:
        return None
    own = {check.code for check in item.checks}
    carried = {code: value for code, value in last.carried.items() if code in own}
    findings = last.report.findings if carried else case.declared_report.findings
    return cards.LastTime(last.of_item(item), carried, findings)


@dataclass(frozen=True, slots=True)
class Task:
    """A section as a line of the task list.

    ``states`` is by item code, in order; ``returned`` are those of a correction list without a
    reply yet.
    """

    number: int
    section: Section
    states: Mapping[str, Progress]
    returned: frozenset[str]

    @property
    def filled(self) -> int:
        return sum(state == Progress.FILLED for state in self.states.values())

    @property
    def total(self) -> int:
        return len(self.states)

    @property
    def progress(self) -> Progress:
        if self.returned:
            return Progress.RETURNED
        states = set(self.states.values())
        if states <= {Progress.FILLED}:
            return Progress.FILLED
        return Progress.EMPTY if states == {Progress.EMPTY} else Progress.BEGUN


def tasks(case: Case) -> list[Task]:
    """Every section with how far it is; without a statement beside the facts of the case."""
    unanswered = {code for code, one in case.corrections.items() if not one.reply.strip()}
    return [
        Task(
            number,
            section,
            {item.code: _progress(case, item) for item in section.items},
            frozenset(item.code for item in section.items) & unanswered,
        )
        for number, section in enumerate(case.standard.sections, start=1)
    ]


def _progress(case: Case, item: Item) -> Progress:
    return progress(item, Stated.of(case.answers.get(item.code)), case.declared_report.findings)


def next_open(tasks: Iterable[Task], unlocked: frozenset[str], after: str = "") -> str:
    """The first item behind ``after`` that may be changed and is not done; from the top again.

    Empty where none is left.
    """
    is_done = {
        code: state == Progress.FILLED and code not in task.returned
        for task in tasks
        for code, state in task.states.items()
    }
    codes = list(is_done)
    start = codes.index(after) + 1 if after in codes else 0
    left = (
        code for code in (*codes[start:], *codes[:start]) if code in unlocked and not is_done[code]
    )
    return next(left, "")


def proposals(data: Mapping[str, Any], codes: Iterable[str]) -> dict[str, str]:
    """The conclusions that the page proposed for ``codes``, out of what its form carried."""
    sent = {code: str(data.get(f"proposed-{code}", "")) for code in codes}
    return {code: conclusion for code, conclusion in sent.items() if conclusion}


def confirmed(data: Mapping[str, Any], section: Section) -> frozenset[str]:
    """The checks of ``section`` that the page showed as waiting to be confirmed."""
    codes = (check.code for item in section.items for check in item.checks)
    return frozenset(code for code in codes if f"carried-{code}" in data)
