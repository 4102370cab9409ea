"""What-if: judging answers that were given under one standard by another one.

Pure, and of constant memory: rows come one at a time, and what is kept of them is counts.

An answer is carried over where the new standard asks the same question. What it asks anew the
organization never had the chance to answer, so a row that lacks nothing else is set apart
(待补填) and counts neither as passing nor as failing by a value.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .composition import Answers
from .evaluation import Check, Stage, Standard, evaluate
from .judging import KINDS


class Outcome(StrEnum):
    """How a row stands under the standard tried."""

    PASSES = "passes"
    TO_FILL = "to_fill"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row under both standards: the codes of the checks that block it.

    ``lacks`` are checks asked anew that block it under the new one; they turn nobody round.
    """

    blocked_before: frozenset[str]
    blocked_after: frozenset[str]
    lacks: frozenset[str]

    @property
    def passed_before(self) -> bool:
        return not self.blocked_before

    @property
    def after(self) -> Outcome:
        if self.blocked_after:
            return Outcome.FAILS
        return Outcome.TO_FILL if self.lacks else Outcome.PASSES

    @property
    def falls(self) -> bool:
        """Passed, and now fails by what it answered."""
        return self.passed_before and bool(self.blocked_after)

    @property
    def rises(self) -> bool:
        """Failed, and now has nothing against it but what was never asked."""
        return not self.passed_before and not self.blocked_after

    @property
    def turned_by(self) -> tuple[str, ...]:
        """The checks that turn the row round, by code; none when it stays as it was."""
        if self.falls:
            return tuple(sorted(self.blocked_after))
        return tuple(sorted(self.blocked_before)) if self.rises else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two standards to judge the same rows by, at one stage."""

    before: Standard
    after: Standard
    stage: Stage
    asked_anew: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked_anew", asked_anew(self.before, self.after))

    def judge(self, answers: Answers) -> Judged:
        carried = {c: value for c, value in answers.items() if c not in self.asked_anew}
        found = self._blocking(self.after, carried)
        return Judged(
            self._blocking(self.before, answers), found - self.asked_anew, found & self.asked_anew
        )

    def _blocking(self, standard: Standard, answers: Answers) -> frozenset[str]:
        findings = evaluate(standard, answers, self.stage).findings
        return frozenset(finding.check_code for finding in findings if finding.blocking)


@dataclass(slots=True)
class Tally:
    """Counts of judged rows; by check, those it blocks before and after and those it turns."""

    rows: int = 0
    passed_before: int = 0
    after: Counter[str] = field(default_factory=Counter)
    falls: int = 0
    rises: int = 0
    blocked_before: Counter[str] = field(default_factory=Counter)
    blocked_after: Counter[str] = field(default_factory=Counter)
    lacks: Counter[str] = field(default_factory=Counter)
    turned: Counter[str] = field(default_factory=Counter)

    def count(self, judged: Judged) -> None:
        self.rows += 1
        self.passed_before += judged.passed_before
        self.after[judged.after] += 1
        self.falls += judged.falls
        self.rises += judged.rises
        self.blocked_before.update(judged.blocked_before)
        self.blocked_after.update(judged.blocked_after)
        self.lacks.update(judged.lacks)
        self.turned.update(judged.turned_by)


def asked_anew(before: Standard, after: Standard) -> frozenset[str]:
    """Codes of the checks in ``after`` that ``before`` does not ask for in the same way."""
    asked = {check.code: check for check in before.checks}
    return frozenset(
        check.code
        for check in after.checks
        if check.code not in asked or not is_same_question(asked[check.code], check)
    )


def is_same_question(one: Check, other: Check) -> bool:
    """Whether an answer to ``one`` answers ``other``: our rule, since a code alone proves nothing.

    The value must be of the same sort, unit and parts; and at least one of the two stayed in its
    words, the name of what is asked or the phrase that it comes from.
    """
    return _sort(one) == _sort(other) and (
        one.metric_zh == other.metric_zh or one.phrase == other.phrase
    )


def _sort(check: Check) -> tuple[Any, ...]:
    sort = KINDS[check.kind].sort
    return (sort, check.unit, check.figures, check.rate, check.derive, check.parts)


def with_thresholds(standard: Standard, thresholds: Mapping[str, Decimal]) -> Standard:
    """The standard with other thresholds, by check code; codes it does not have are passed over."""

    def changed(check: Check) -> Check:
        if check.code not in thresholds:
            return check
        threshold = thresholds[check.code]
        whole = int(threshold)
        return replace(check, threshold=whole if whole == threshold else float(threshold))

    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(item, checks=tuple(map(changed, item.checks))) for item in section.items
            ),
        )
        for section in standard.sections
    )
    return replace(standard, sections=sections)
