import json

import pytest

from tooling import coverage_gate


@pytest.fixture
def gate(tmp_path, monkeypatch):
    """Run the gate over a report: percent over all, and percent of each whole file."""

    def run(total, whole=100.0):
        part = {
            "summary": {"percent_covered": whole},
            "missing_lines": [7],
            "missing_branches": [],
        }
        report = {
            "totals": {"percent_covered": total},
            "files": dict.fromkeys(coverage_gate.WHOLE, part),
        }
        file = tmp_path / "coverage.json"
        file.write_text(json.dumps(report))
        monkeypatch.setattr("sys.argv", ["coverage_gate", str(file)])
        return coverage_gate.main()

    return run


def test_enough_coverage_passes(gate):
    assert gate(95.0) == 0


def test_too_little_over_all_fails(gate, capsys):
    assert gate(94.9) == 1
    assert "over all: 94.9%" in capsys.readouterr().out


def test_a_rule_that_is_not_covered_wholly_fails_and_is_named(gate, capsys):
    assert gate(99.0, whole=99.9) == 1
    assert "workflows/gates.py: 99.9%, lines [7]" in capsys.readouterr().out


def test_the_gates_of_every_stage_are_to_be_covered_wholly():
    assert {
        f"workflows/stages/{stage}/gates.py"
        for stage in ("self_assessment", "first_review", "verification", "public_notice")
    } < set(coverage_gate.WHOLE)
