"""Which tests the short loop runs for a changed file."""

from pathlib import Path

import pytest

from tooling import quick


@pytest.fixture
def tests(tmp_path):
    """A small tree of tests."""
    for name in (
        "designation/rounds/test_opening.py",
        "workflows/test_gates.py",
        "workflows/stages/test_verification.py",
        "workflows/stages/test_verification_pages.py",
        "demo/test_demo.py",
        "migrations/test_from.py",
        "test_templates.py",
        "test_translations.py",
        "factories.py",
    ):
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path / "tests"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("designation/rounds/models.py", {"designation/rounds"}),
        ("designation/rounds/migrations/0009_more.py", {"designation/rounds", "migrations"}),
        ("workflows/gates.py", {"workflows/test_gates.py"}),
        (
            "workflows/stages/verification/visits.py",
            {
                "workflows/stages/test_verification.py",
                "workflows/stages/test_verification_pages.py",
            },
        ),
        ("workflows/flow.py", {"workflows"}),
        ("demo/county.py", {"demo"}),
        ("templates/rounds/detail.html", {"designation/rounds", "test_templates.py"}),
        ("locale/en/LC_MESSAGES/django.po", {"test_translations.py"}),
        ("tests/workflows/test_gates.py", {"workflows/test_gates.py"}),
        ("tests/workflows/stages/scenes.py", {"workflows/stages"}),
        ("tests/workflows/test_taken_away.py", set()),
        ("tests/factories.py", set()),
        ("docs/operation.md", set()),
        ("Makefile", set()),
    ],
)
def test_a_changed_file_leads_to_the_tests_of_its_innermost_room(tests, changed, expected):
    found = quick.belonging_to(changed, tests)
    assert {str(path.relative_to(tests)) for path in found} == expected


def test_no_test_is_named_twice_and_no_browser_is_started():
    listed = quick.outermost(
        map(Path, ["tests/a", "tests/a/test_b.py", "tests/c/test_d.py", "tests/browser"])
    )
    assert listed == ["tests/a", "tests/c/test_d.py"]


def test_what_differs_from_a_commit_is_found_by_name():
    assert "README.md" in quick.changed("0e1ef5b")
