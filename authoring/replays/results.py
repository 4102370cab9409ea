"""What a replay found: kept as data in both languages, read back as what the page tells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from standards import wording
from standards.engine.evaluation import Check
from standards.engine.replaying import Comparison, Outcome, Tally
from standards.language import RECORD, is_english

_LANGUAGES = {"zh": RECORD, "en": "en"}
_WHOLE = 100


def stored(compared: Comparison, tally: Tally) -> dict[str, Any]:
    """Counts of the whole, and of each check that blocks anyone or that is asked anew.

    The rules stand in words, since the draft goes on changing after it was tried.
    """
    was = {check.code: check for check in compared.before.checks}
    now = {check.code: check for check in compared.after.checks}
    codes = [*now, *(code for code in was if code not in now)]
    return {
        "rows": tally.rows,
        "passed_before": tally.passed_before,
        "after": {outcome.value: tally.after[outcome] for outcome in Outcome},
        "falls": tally.falls,
        "rises": tally.rises,
        "checks": [
            {
                "code": code,
                "was": _said(was.get(code)),
                "now": _said(now.get(code)),
                "anew": code in compared.asked_anew,
                "before": tally.blocked_before[code],
                "after": tally.blocked_after[code],
                "lacks": tally.lacks[code],
                "turned": tally.turned[code],
            }
            for code in codes
            if tally.blocked_before[code]
            or tally.blocked_after[code]
            or code in compared.asked_anew
        ],
    }


def _said(check: Check | None) -> dict[str, str]:
    if check is None:
        return {}
    said = {}
    for key, language in _LANGUAGES.items():
        with override(language):
            said[key] = wording.rule(check)
    return said


@dataclass(frozen=True, slots=True)
class Bar:
    """A count out of all rows; ``width`` in per cent."""

    count: int
    width: float


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its rule in words, and how many it blocks under the one and the other."""

    code: str
    rule: str
    # The rule as it was, where it reads otherwise now; empty where it is the same.
    rule_before: str
    is_anew: bool
    is_gone: bool
    before: Bar
    after: Bar
    lacks: int
    turned: int


@dataclass(frozen=True, slots=True)
class Result:
    rows: int
    passed_before: Bar
    failed_before: Bar
    passes: Bar
    to_fill: Bar
    fails: Bar
    falls: int
    rises: int
    checks: tuple[CheckResult, ...]

    @property
    def judged_by(self) -> list[CheckResult]:
        """Checks that were asked before too, those that turn most first."""
        asked = [check for check in self.checks if not check.is_anew]
        return sorted(asked, key=lambda check: (-check.turned, check.code))

    @property
    def anew(self) -> list[CheckResult]:
        return [check for check in self.checks if check.is_anew]


def of(data: Mapping[str, Any]) -> Result:
    """``stored`` data read back, its words in the active language."""
    rows = data["rows"]

    def bar(count: int) -> Bar:
        return Bar(count, round(count * _WHOLE / rows, 2) if rows else 0)

    after = data["after"]
    return Result(
        rows=rows,
        passed_before=bar(data["passed_before"]),
        failed_before=bar(rows - data["passed_before"]),
        passes=bar(after[Outcome.PASSES]),
        to_fill=bar(after[Outcome.TO_FILL]),
        fails=bar(after[Outcome.FAILS]),
        falls=data["falls"],
        rises=data["rises"],
        checks=tuple(_check(each, bar) for each in data["checks"]),
    )


def _check(data: Mapping[str, Any], bar: Any) -> CheckResult:
    was, now = _in_language(data["was"]), _in_language(data["now"])
    return CheckResult(
        code=data["code"],
        rule=now or was,
        rule_before=was if now and was != now else "",
        is_anew=data["anew"],
        is_gone=not now,
        before=bar(data["before"]),
        after=bar(data["after"]),
        lacks=data["lacks"],
        turned=data["turned"],
    )


def _in_language(said: Mapping[str, str]) -> str:
    return said.get("en" if is_english() else "zh", "")


def rules_by_code(checks: Iterable[CheckResult]) -> dict[str, str]:
    return {check.code: check.rule for check in checks}
