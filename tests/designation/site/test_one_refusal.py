"""One exception says why something is not done: with findings, whatever was asked."""

import ast
from pathlib import Path

import pytest

from designation.calendar import proposals
from designation.evidence import refusals
from designation.site.refusal import Refusal

TOP = Path(__file__).parent.parent.parent.parent
# What ``standards`` raises knows nothing of the record; what programs tell each other is no answer
# to a person.
OF_ITS_OWN = {"NotRecordable", "Unstored", "NotAsDeclared", "TooLong"}


def told_to_people():
    """Exceptions of ours that are values or texts and no ``Refusal``, by name."""
    for package in ("designation", "workflows", "authoring", "reports", "notifications"):
        for path in (TOP / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef) and "ValueError" in map(ast.unparse, node.bases):
                    yield node.name


def test_no_refusal_has_a_shape_of_its_own():
    assert set(told_to_people()) == OF_ITS_OWN


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (refusals.empty(), "empty"),
        (refusals.macros("计划.docm"), "macros"),
        (refusals.too_many_pixels("照片.jpg", limit=1), "too_many_pixels"),
    ],
)
def test_a_file_that_is_not_taken_is_a_finding_like_any_other(refused, code):
    assert isinstance(refused, Refusal)
    assert refused.codes == (code,)
    assert str(refused) == refused.findings[0].message


def test_every_fault_of_a_calendar_year_is_a_finding():
    with pytest.raises(Refusal) as refused:
        proposals.ProposedYear(2027, ()).check()

    assert set(refused.value.codes) == {"not_whole"}
    first, *faults = str(refused.value).splitlines()
    assert first == "2027 年的日历不完整:"
    assert faults == [finding.message for finding in refused.value.findings]
