"""Why a gate is shut."""

from collections.abc import Iterable

from designation.site.refusal import Finding
from standards import wording
from standards.engine import evaluation
from standards.engine.evaluation import Standard

# What a gate finds.
GateFinding = Finding


def from_engine(
    standard: Standard, findings: Iterable[evaluation.Finding]
) -> Iterable[GateFinding]:
    """What an evaluation found, as findings of a gate; choose first: each is put into words."""
    for finding in findings:
        check = standard.check(finding.check_code)
        yield GateFinding(
            code=finding.reason,
            rule=wording.rule(check),
            message=wording.message(check, finding),
            item_code=finding.item_code,
            check_code=finding.check_code,
            blocking=finding.blocking,
        )
