"""The rule engine: pure, the one implementation behind hints, gates, imports and replays.

``evaluate(standard, answers, stage)`` reads no database, no clock and no request: the same
input gives the same report. Wordings with 一般, 原则上 or 鼓励 are advisory: falling short is a
remark.

Values by kind of check:

* number, percent, frequency, age: an ``int``, ``float`` or ``Decimal``; a list or tuple of them
  is judged by its least (at least) or its greatest (at most) member, and must be as long as the
  check's ``figures`` when it has that (12 months, 3 years). A percentage with a ``rate`` takes a
  mapping of the two named counts instead.
* yes or no: a ``bool``; where it must be yes and the check has parts, a list of the parts
  fulfilled is also taken; where it is derived, a mapping of the two named figures.
* qualitative: at self-assessment and first review a text; at verification one of ``JUDGEMENTS``.
* ``NotApplicable(reason)`` where the check allows it.
* a condition (the first check of an item that has one): a ``bool``; no takes the item out.

Of checks in the same ``group`` one is enough: only when none is met are those found that were
answered, or all when none was. A strict one without an answer is passed over only beside an
answer that blocks already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from .composition import ADVISORY_NOT_MET, VETO, Answers, Finding, Step, steps
from .judging import (
    BROADLY,
    CONDITION,
    CONFORMS,
    FAILS,
    JUDGED_NOT_CONFORMING,
    JUDGEMENTS,
    LARGEST,
    LOCAL_TERM_UNDEFINED,
    NOT_ANSWERED,
    NOT_APPLICABLE_REFUSED,
    NOT_MET,
    OLDEST,
    OUT_OF_RANGE,
    TOO_FEW,
    WRONG_TYPE,
    Check,
    Figure,
    NotApplicable,
)

__all__ = [
    "ADVISORY_NOT_MET",
    "BROADLY",
    "CONDITION",
    "CONFORMS",
    "FAILS",
    "JUDGED_NOT_CONFORMING",
    "JUDGEMENTS",
    "LARGEST",
    "LOCAL_TERM_UNDEFINED",
    "NOT_ANSWERED",
    "NOT_APPLICABLE_REFUSED",
    "NOT_MET",
    "OLDEST",
    "OUT_OF_RANGE",
    "TOO_FEW",
    "VETO",
    "WRONG_TYPE",
    "Check",
    "Figure",
    "Finding",
    "Item",
    "NotApplicable",
    "Report",
    "Section",
    "Stage",
    "Standard",
    "evaluate",
]

Stage = Literal["self_assessment", "first_review", "verification"]


@dataclass(frozen=True, slots=True)
class Report:
    """What evaluation found, in the order of the standard."""

    findings: tuple[Finding, ...]
    checks: int

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.blocking)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.blocking)

    @property
    def passed(self) -> bool:
        return not any(finding.blocking for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its checks; the first one is its condition where it has one."""

    code: str
    text: str
    checks: tuple[Check, ...]
    title_en: str = ""
    number_printed: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What of the text the checks quote."""
        return tuple(check.phrase for check in self.checks)


@dataclass(frozen=True, slots=True)
class Section:
    number_printed: str | None
    title_printed: str
    items: tuple[Item, ...]
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard ready to judge: its rules are compiled once, when it is made.

    Raises ValueError when two checks have the same code, KeyError for an unknown kind of check.
    """

    category: str
    number: int
    sections: tuple[Section, ...]
    _checks: Mapping[str, Check] = field(init=False, repr=False, compare=False)
    _items: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    _steps: Mapping[Stage, tuple[Step, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        items = tuple(item for section in self.sections for item in section.items)
        checks = tuple(check for item in items for check in item.checks)
        by_code = {check.code: check for check in checks}
        if len(by_code) != len(checks):
            raise ValueError("two checks have the same code")
        declared = steps((item.checks for item in items), judged=False)
        measured = steps((item.checks for item in items), judged=True)
        settle = object.__setattr__
        settle(self, "_checks", by_code)
        settle(self, "_items", {item.code: item for item in items})
        settle(
            self,
            "_steps",
            {"self_assessment": declared, "first_review": declared, "verification": measured},
        )

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(self._checks.values())

    def check(self, code: str) -> Check:
        return self._checks[code]

    def item(self, code: str) -> Item:
        return self._items[code]

    def steps(self, stage: Stage) -> tuple[Step, ...]:
        """The compiled rules, in the order of the standard."""
        return self._steps[stage]

    def configured(
        self,
        *,
        vetoes: Mapping[str, str],
        local_terms: Mapping[str, str],
        confirming: Mapping[str, str] | None = None,
    ) -> "Standard":
        """This standard as a round uses it.

        ``vetoes`` maps check codes to the document each veto rests on (off when absent or
        blank), ``confirming`` to the outside body that confirms the fact; ``local_terms`` maps
        terms to the county's own definitions. Codes and terms of other standards are passed
        over: a round keeps those of all its categories together.
        """
        bodies = confirming or {}

        def configure(check: Check) -> Check:
            term = check.local_term
            undefined = bool(term) and not local_terms.get(term, "").strip()
            document = vetoes.get(check.code, "").strip()
            body = bodies.get(check.code, "").strip() if document else ""
            return replace(check, document=document, confirmed_by=body, term_undefined=undefined)

        def with_checks(item: Item) -> Item:
            return replace(item, checks=tuple(map(configure, item.checks)))

        sections = tuple(
            replace(section, items=tuple(map(with_checks, section.items)))
            for section in self.sections
        )
        return replace(self, sections=sections)


def evaluate(standard: Standard, answers: Answers, stage: Stage) -> Report:
    """Judge ``answers`` (check code to value) against ``standard``.

    At verification the values are the measured ones and qualitative checks carry a judgement;
    before it they are the declared ones and qualitative checks carry a text. Answers to checks
    that the standard does not have are passed over. Raises KeyError for an unknown stage.
    """
    findings: list[Finding] = []
    for step in standard.steps(stage):
        findings += step(answers)
    return Report(tuple(findings), len(standard.checks))
