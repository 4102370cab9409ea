"""Why a gate is shut."""

from collections.abc import Iterable
from dataclasses import dataclass

from standards import wording
from standards.engine.evaluation import Report, Standard


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One reason: the rule, the item and check it concerns, the value, and what to do.

    ``rule`` and ``message`` are sentences in the language active when the gate was asked.
    ``code`` names the reason for programs. A remark (``blocking`` false) does not shut the gate.
    """

    code: str
    rule: str
    message: str
    item_code: str = ""
    check_code: str = ""
    blocking: bool = True


def from_report(standard: Standard, report: Report) -> Iterable[GateFinding]:
    """The findings of an evaluation as findings of a gate."""
    for finding in report.findings:
        check = standard.check(finding.check_code)
        yield GateFinding(
            code=finding.reason,
            rule=wording.rule(check),
            message=wording.message(check, finding),
            item_code=finding.item_code,
            check_code=finding.check_code,
            blocking=finding.blocking,
        )
