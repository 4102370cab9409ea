"""What the documents name is there."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from tooling.places import ROOT

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
WRITTEN = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def short(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", WRITTEN, ids=short)
def test_every_link_to_a_file_leads_to_one(document):
    linked = [name for name in LINK.findall(document.read_text()) if "://" not in name]
    assert [name for name in linked if not (document.parent / name).exists()] == []


@pytest.mark.parametrize("document", WRITTEN, ids=short)
def test_every_room_and_module_named_in_full_is_there(document):
    """Names of files in `code`, from the top of the checkout; history may name what is gone."""
    if document.name == "CHANGELOG.md" or document in DECISIONS:
        return
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.py|\.md|\.html)?)`", document.read_text())
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}
    ours = [name for name in named if name.partition("/")[0] in rooms]
    assert [name for name in ours if not (ROOT / name).exists()] == []


# Decisions


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_has_number_date_context_decision_and_consequence(file):
    text = file.read_text()
    number, title = re.match(r"# (\d{3}) · (.+)\n\n\d{4}-\d\d-\d\d\n", text).groups()
    assert file.name.startswith(f"{number}-")
    for part in ("Context", "Decision", "Consequence"):
        assert re.search(rf"^## {part}\n\n\S", text, re.MULTILINE), part
    assert f"[{title}](decisions/{file.name})" in (DOCS / "architecture.md").read_text()


def test_decisions_are_numbered_one_by_one():
    assert [int(file.name[:3]) for file in DECISIONS] == [*range(1, len(DECISIONS) + 1)]


# Glossary


def rows():
    """Cells of every row of the glossary that has a model or an address."""
    for line in (DOCS / "glossary.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] not in {"中文", "---"}:
            yield cells


MODELS = [(cells[3].strip("`"), cells[0]) for cells in rows() if cells[3]]
ADDRESSES = [cells[4].strip("`") for cells in rows() if cells[4]]


@pytest.mark.parametrize(("model", "word"), MODELS)
def test_a_model_of_the_glossary_is_there_and_is_called_by_its_word(model, word):
    with translation.override("zh-hans"):
        assert str(apps.get_model(model)._meta.verbose_name) == word


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_glossary_leads_to_a_page(address):
    is_public = address.startswith("/zh-hans/")
    assert resolve(address, settings.PUBLIC_URLCONF if is_public else None).func


def test_no_word_of_the_glossary_stands_for_two_things():
    words = [cells[0] for cells in rows()]
    assert sorted(words) == sorted(set(words))
    models = [model for model, _word in MODELS]
    assert sorted(models) == sorted(set(models))
    assert len(models) > 40
