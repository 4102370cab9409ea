"""The items of a case as its pages show them: verdicts and values of the steps side by side."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from designation.applications.models import Answer, Evidence, PublishedLink
from designation.organizations.models import Person
from standards import kinds, values, wording
from standards.engine.evaluation import Check, Finding

from .facts import Case
from .records import Correction


@dataclass(frozen=True, slots=True)
class Side:
    """What one step said of items, as far as one person may read it.

    ``rows`` by item code, each with a ``verdict``; ``values`` it found, by check code.
    """

    rows: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)


_SIDES: dict[str, Callable[[Case, Person], Side]] = {}


def stands_beside(name: str, read: Callable[[Case, Person], Side]) -> None:
    """Say how the verdicts of a step are read; each stage that gives any does at the start."""
    _SIDES[name] = read


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One check with the values of the two sides; put into words where a page asks for them."""

    check: Check
    stated: Any
    on_site: Any
    judged: Finding | None

    @property
    def rule(self) -> str:
        return wording.rule(self.check)

    @property
    def declared(self) -> str:
        return values.show(self.check, self.stated)

    @property
    def measured(self) -> str:
        return "" if self.on_site is None else values.show(self.check, self.on_site)

    @property
    def finding(self) -> str:
        return wording.message(self.check, self.judged) if self.judged else ""

    @property
    def differs(self) -> bool:
        is_compared = kinds.of(self.check.kind).is_compared
        return is_compared and self.on_site is not None and self.on_site != self.stated


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item with its verdicts side by side: the applicant's own, and those of each step."""

    code: str
    number: str
    text: str
    title_en: str
    own: Answer | None
    # The rows in which a step gave its verdict, by the name of the step.
    said: Mapping[str, Any]
    checks: tuple[ShownCheck, ...]
    evidence: tuple[Evidence, ...]
    links: tuple[PublishedLink, ...]
    correction: Correction | None
    unlocked: bool
    changed: bool

    @property
    def verdicts(self) -> set[str]:
        given = {row.verdict for row in self.said.values()}
        if self.own:
            given.add(self.own.conclusion)
        return given - {""}

    @property
    def differs(self) -> bool:
        return len(self.verdicts) > 1 or any(check.differs for check in self.checks)

    @property
    def is_open(self) -> bool:
        """Not yet answered, or with a finding."""
        unanswered = self.own is None or not self.own.conclusion
        return unanswered or any(check.judged for check in self.checks)


def shown_items(
    case: Case,
    person: Person,
    unlocked: frozenset[str] = frozenset(),
    *,
    sides: Collection[str] = (),
) -> list[ShownItem]:
    """Every item of the standard as the case page and the review pages show it to ``person``.

    ``sides`` names the steps whose verdicts stand beside the applicant's; none is all of them.
    """
    read = {name: side(case, person) for name, side in _SIDES.items() if name in (sides or _SIDES)}
    measured = {code: value for side in read.values() for code, value in side.values.items()}
    changed = set(case.application.submission.changed_items) if case.application.submission else ()
    found = {f.check_code: f for f in case.declared_report.findings}
    return [
        ShownItem(
            code=item.code,
            number=item.number_printed,
            text=item.text,
            title_en=item.title_en,
            own=case.answers.get(item.code),
            said={
                name: side.rows[item.code] for name, side in read.items() if item.code in side.rows
            },
            checks=tuple(
                ShownCheck(
                    check,
                    case.declared.get(check.code),
                    measured.get(check.code),
                    found.get(check.code),
                )
                for check in item.checks
            ),
            evidence=tuple(file for file in case.evidence if item.code in file.item_codes),
            links=tuple(case.links_of(item.code)),
            correction=case.corrections.get(item.code),
            unlocked=item.code in unlocked,
            changed=item.code in changed,
        )
        for item in case.standard.items
    ]


FILTERS = {
    "all": lambda _item: True,
    "differences": lambda item: item.differs,
    "open": lambda item: item.is_open,
    "returned": lambda item: item.correction is not None,
    "changed": lambda item: item.changed,
}
