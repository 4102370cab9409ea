"""How the checks of a standard are judged together: conditions, alternatives, one after another.

What a value that misses its check becomes is decided here too: a veto, a remark, a finding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .judging import (
    CONDITION,
    JUDGED_NOT_CONFORMING,
    NOT_ANSWERED,
    NOT_MET,
    Check,
    NotApplicable,
    Rule,
    rule_of,
)

# What a value that is not met becomes: by a veto in force, by a wording that is not strict.
VETO = "veto"
ADVISORY_NOT_MET = "advisory_not_met"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a check is not satisfied. ``blocking`` findings shut a gate."""

    item_code: str
    check_code: str
    reason: str
    value: Any
    blocking: bool
    document: str = ""


Answers = Mapping[str, Any]
# What a stretch of the standard finds in the answers.
Step = Callable[[Answers], list[Finding]]
_Compiled = tuple[str, Rule, Check]


def steps(items: Iterable[tuple[Check, ...]], *, judged: bool) -> tuple[Step, ...]:
    """The checks of each item, compiled in their order; ``judged`` as in ``judging.rule_of``.

    Neighbouring items without a condition or alternatives are judged in one step.
    """
    compiled: list[Step] = []
    for is_plain, members in groupby(items, _is_plain):
        if is_plain:
            checks = [check for item in members for check in item]
            compiled.append(_each(_compiled(checks, judged=judged)))
        else:
            compiled += [_composed(item, judged=judged) for item in members]
    return tuple(compiled)


def _is_plain(item: tuple[Check, ...]) -> bool:
    return not any(check.group or check.kind == CONDITION for check in item)


def _compiled(checks: Iterable[Check], *, judged: bool) -> tuple[_Compiled, ...]:
    return tuple((check.code, rule_of(check, judged=judged), check) for check in checks)


def _composed(checks: tuple[Check, ...], *, judged: bool) -> Step:
    """One item: its condition, then its checks, alternatives where the first of them stands.

    A check without a group is the only one of its kind.
    """
    if checks and checks[0].kind == CONDITION:
        (condition,) = _compiled(checks[:1], judged=judged)
        return _conditional(condition, _composed(checks[1:], judged=judged))
    groups: dict[str, list[Check]] = {}
    for check in checks:
        groups.setdefault(check.group or check.code, []).append(check)
    parts = [_one_of(_compiled(members, judged=judged)) for members in groups.values()]

    def step(answers: Answers) -> list[Finding]:
        return [finding for part in parts for finding in part(answers)]

    return step


def _each(rules: tuple[_Compiled, ...]) -> Step:
    def step(answers: Answers) -> list[Finding]:
        get = answers.get
        return [
            _finding(check, reason, value)
            for code, rule, check in rules
            if (reason := rule(value := get(code))) is not None
        ]

    return step


def _one_of(rules: tuple[_Compiled, ...]) -> Step:
    """Alternatives. One that does not apply meets nothing for the others."""

    def step(answers: Answers) -> list[Finding]:
        found: list[tuple[Check, Finding]] = []
        for code, rule, check in rules:
            value = answers.get(code)
            reason = rule(value)
            if reason is not None:
                found.append((check, _finding(check, reason, value)))
            elif not isinstance(value, NotApplicable):
                return []
        answered = [finding for _check, finding in found if finding.reason != NOT_ANSWERED]
        if any(finding.blocking for finding in answered):
            return answered
        # What is only remarked on excuses no strict alternative from its answer.
        return [
            finding
            for check, finding in found
            if check.strict or not answered or finding.reason != NOT_ANSWERED
        ]

    return step


def _conditional(condition: _Compiled, within: Step) -> Step:
    code, rule, check = condition

    def step(answers: Answers) -> list[Finding]:
        value = answers.get(code)
        reason = rule(value)
        if reason is not None:
            return [_finding(check, reason, value)]
        return within(answers) if value else []

    return step


def _finding(check: Check, reason: str, value: Any) -> Finding:
    blocking = True
    if reason in (NOT_MET, JUDGED_NOT_CONFORMING) and not check.strict:
        reason, blocking = ADVISORY_NOT_MET, False
    elif reason == NOT_MET and check.document:
        reason = VETO
    return Finding(check.item_code, check.code, reason, value, blocking, check.document)
