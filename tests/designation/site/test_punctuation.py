"""Chinese has its own punctuation, and English its own: in the catalogue, and between pieces."""

import re

import polib
import pytest
from django.utils import translation

from designation.site.templatetags.punctuation import colon, in_brackets
from standards import catalogue, wording
from tooling.places import ROOT

CATALOGUE = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
# As official documents spell them.
NAMES = re.compile(r"机关\(事业\)单位|党\(工\)委|教育工委\(教育局党委\)|乡镇\(街道\)")
HALF_IN_CHINESE = re.compile(r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]")
FULL = re.compile(r"[，。；：？！（）]")


def texts():
    return [entry for entry in CATALOGUE if not entry.obsolete]


def test_chinese_texts_have_full_width_punctuation():
    wrong = [e.msgid for e in texts() if HALF_IN_CHINESE.search(NAMES.sub("", e.msgid))]

    assert wrong == []


def test_english_texts_have_none_of_it():
    said = [text for e in texts() for text in (e.msgstr, *e.msgstr_plural.values())]

    assert [text for text in said if FULL.search(text)] == []


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("zh-hans", "负责人", "（负责人）"),
        ("en", "head", " (head)"),
        ("en", "", ""),
        ("en", None, ""),
        ("zh-hans", "<b>", "（&lt;b&gt;）"),
    ],
)
def test_brackets_are_those_of_the_language(language, text, shown):
    with translation.override(language):
        assert in_brackets(text) == shown


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "："), ("en", ": ")])
def test_a_colon_is_that_of_the_language(language, shown):
    with translation.override(language):
        assert colon() == shown


@pytest.mark.django_db
def test_what_a_phrase_lists_stands_behind_a_blank_in_english(county):
    rules = catalogue.published(county.round_category.standard_id)
    listing = next(c for item in rules.items for c in item.checks if c.parts)

    with translation.override("en"):
        assert wording.parts(listing).startswith(" (")
    assert wording.parts(listing).startswith("（")
