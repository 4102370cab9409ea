"""Why a gate is shut."""

from collections.abc import Iterable

from designation.site.refusal import Finding
from standards import wording
from standards.engine.evaluation import Report, Standard

# What a gate finds.
GateFinding = Finding


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
