"""The English beside the Chinese, complete; in every language true to its placeholders."""

import re

import polib
import pytest
from django.utils import translation

from tests.public_addresses import public
from tooling import translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    return translations.catalogue()


def test_every_text_has_its_english(catalogue):
    assert [entry.msgid for entry in translations.gaps(catalogue)] == []


def test_the_committed_catalogue_is_up_to_date(catalogue):
    committed = polib.pofile(str(translations.CATALOGUE))

    assert {(entry.msgid, entry.msgctxt) for entry in catalogue} == {
        (entry.msgid, entry.msgctxt) for entry in committed
    }


@pytest.fixture
def another_language(tmp_path):
    """A catalogue of traditional characters with one text, and one that is dead."""
    path = tmp_path / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    written = polib.POFile()
    for msgid, msgstr in (("名册", "名冊"), ("没有人这样说", "沒有人這樣說")):
        written.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    written.save(str(path))
    return path


def test_another_language_keeps_what_it_has_and_is_told_what_it_lacks(catalogue, another_language):
    made = translations.catalogue(another_language)

    assert made.metadata["Language"] == "zh_Hant"
    assert {entry.msgid for entry in made} == {entry.msgid for entry in catalogue}
    assert [entry.msgstr for entry in made if entry.msgid == "名册"] == ["名冊"]
    assert len(translations.gaps(made)) == len(made) - 1


def test_every_catalogue_is_brought_up_to_date_and_compiled(
    catalogue, another_language, monkeypatch
):
    monkeypatch.setattr(translations, "catalogues", lambda: [another_language])
    monkeypatch.setattr("sys.argv", ["translations"])

    assert translations.main() == 0

    assert {entry.msgid for entry in polib.pofile(str(another_language))} == {
        entry.msgid for entry in catalogue
    }
    compiled = polib.mofile(str(another_language.with_suffix(".mo")))
    assert [entry.msgstr for entry in compiled if entry.msgid == "名册"] == ["名冊"]


def test_the_english_catalogue_comes_first():
    assert translations.catalogues()[0] == translations.CATALOGUE


@pytest.mark.parametrize("path", translations.catalogues(), ids=lambda path: path.parts[-3])
def test_placeholders_agree_in_every_language(path):
    for entry in polib.pofile(str(path)):
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            wanted = sorted(PLACEHOLDER.findall(entry.msgid))
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_a_word_of_two_meanings_has_an_entry_for_each(tmp_path):
    code, page = tmp_path / "one.py", tmp_path / "one.html"
    code.write_text('_("修改")\npgettext("a change", "修改")\npgettext_lazy("an act", "修改")\n')
    page.write_text('{% load i18n %}{% translate "修改" context "a mark" %}{{ _("修改") }}')

    assert list(translations._in_code(code)) == [
        ("修改", None, None),
        ("修改", None, "a change"),
        ("修改", None, "an act"),
    ]
    assert set(translations._in_template(page)) == {
        ("修改", None, "a mark"),
        ("修改", None, None),
    }


def test_a_context_is_there_because_english_has_two_words(catalogue):
    plain = {entry.msgid: entry.msgstr for entry in catalogue if not entry.msgctxt}
    for entry in catalogue:
        if entry.msgctxt:
            assert entry.msgstr != plain.get(entry.msgid), (entry.msgctxt, entry.msgid)


@pytest.mark.django_db
def test_a_page_is_english_for_who_reads_english(client):
    content = client.get(public("register:list", language="en"))

    assert "Register of demonstration sites" in content.content.decode()


def test_a_count_of_one_reads_as_one():
    with translation.override("en"):
        text = translation.ngettext("剩 %(count)s 个工作日", "剩 %(count)s 个工作日", 1)

    assert text % {"count": 1} == "1 working day left"
