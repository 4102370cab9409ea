"""docs/paper_fields.md says what a template may say, as the fields have it."""

from pathlib import Path

from django.core.management import call_command

from designation.papers import word
from designation.papers.fields import PAPERS, described
from designation.papers.fields_document import document

ROOT = Path(__file__).parents[3]


def test_the_document_is_up_to_date(capsys):
    """After a change: ``manage.py paper_fields > docs/paper_fields.md``."""
    call_command("paper_fields")

    assert (ROOT / "docs/paper_fields.md").read_text() == capsys.readouterr().out


def test_every_field_of_every_paper_stands_in_it():
    text = document()

    for kind, paper in PAPERS.items():
        assert f"`{kind}`" in text
        for name, _says, row in described(paper):
            assert f"| `{name}` |" in text
            for inner, _inner, _none in described(row) if row else ():
                assert f"| `row.{inner}` |" in text


def test_all_that_a_template_may_name_is_a_field_or_a_part_of_it():
    text = document()

    for kind in PAPERS:
        assert all(f"`{name}`" in text for name in word.schema(kind))
