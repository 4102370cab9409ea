"""Cutting an item's text where the phrases of its checks begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from standards.phrases import Passage, passages
from standards.templatetags.phrases import marked


def test_a_phrase_is_marked_with_its_check():
    assert passages(
        "村级集体经济发展,年收入稳定在5万元以上。", [("C2", "年收入稳定在5万元以上")]
    ) == (
        Passage("村级集体经济发展,"),
        Passage("年收入稳定在5万元以上", ("C2",)),
        Passage("。"),
    )


def test_checks_of_the_same_phrase_share_its_mark():
    assert passages("甲乙丙", [("C1", "乙"), ("C2", "乙")]) == (
        Passage("甲"),
        Passage("乙", ("C1", "C2")),
        Passage("丙"),
    )


def test_overlapping_phrases_are_cut_where_they_meet():
    assert passages("甲乙丙", [("C1", "甲乙"), ("C2", "乙丙")]) == (
        Passage("甲", ("C1",)),
        Passage("乙", ("C1", "C2")),
        Passage("丙", ("C2",)),
    )


def test_a_phrase_that_is_not_there_marks_nothing():
    assert passages("甲乙丙", [("C1", "丁"), ("C2", "")]) == (Passage("甲乙丙"),)


words = st.text(alphabet="甲乙丙", max_size=8)


@given(words, st.lists(words, max_size=4))
def test_no_character_is_lost_or_added(text, phrases):
    cut = passages(text, [(f"C{n}", phrase) for n, phrase in enumerate(phrases)])
    assert "".join(passage.text for passage in cut) == text
    for n, phrase in enumerate(phrases):
        if phrase and phrase in text:
            assert "".join(p.text for p in cut if f"C{n}" in p.check_codes) == phrase


def test_a_template_marks_each_covered_stretch_once():
    assert marked("甲乙丙丁", ("甲乙", "乙丙", "戊")) == "<mark>甲乙丙</mark>丁"


def test_what_stands_in_a_text_is_shown_and_never_run():
    assert marked("<b>甲</b>乙", ("乙",)) == "&lt;b&gt;甲&lt;/b&gt;<mark>乙</mark>"
