"""docs/permissions.md says who may do what, as the courses have it."""

from pathlib import Path

from django.core.management import call_command

from workflows import door, permissions

ROOT = Path(__file__).parents[2]


def test_the_document_is_up_to_date(capsys):
    """After a change: ``manage.py permissions > docs/permissions.md``."""
    call_command("permissions")

    assert (ROOT / "docs/permissions.md").read_text() == capsys.readouterr().out


def test_every_course_and_every_passage_stands_in_it():
    text = permissions.document()

    for kind, course in door.courses().items():
        assert f"## {kind}\n" in text
        for method in course.stage.get_transitions():
            assert f"`{method.slug}`" in text


def test_each_gate_stands_by_its_name():
    assert "`every_item_is_marked`" in permissions.document()
    assert "`gate`" not in permissions.document()
