"""What becomes of each character that people type, paste or send: the table of clause 3."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.characters import kept, line, plain, sameness_key
from tests.hostile import HOSTILE

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_a_text_is_kept_as_the_table_says(sample):
    assert kept(sample.typed) == sample.kept
    assert line(sample.typed) == sample.line


@given(ANY_TEXT)
def test_what_is_kept_can_leave_by_every_medium_and_is_not_cleaned_again(text):
    taken = kept(text)
    assert kept(taken) == taken
    assert line(line(text)) == line(text)
    assert "\n" not in line(text)
    assert "\t" not in line(text)
    taken.encode()
    assert all(
        sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Zl", "Zp"}
        for sign in taken
    )
    assert not any(ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF for sign in taken)


@given(st.text(st.characters(categories=["L", "N", "P", "Sm", "Sc"], exclude_characters="ᅟᅠㅤﾠ")))
def test_letters_figures_and_signs_are_never_touched(text):
    assert kept(text) == text


@given(ANY_TEXT)
def test_the_key_of_a_key_is_the_same_and_blanks_make_no_difference(text):
    key = sameness_key(text)
    assert sameness_key(key) == key
    assert sameness_key(f" {text}\u3000") == key


@pytest.mark.parametrize(
    "other",
    [
        "红旗村１组",
        " 红旗村 1 组 ",
        "红旗村\u200b1组",
        "红旗村\u30001组",
        "红旗\u2060村1\ufeff组",
        "红旗村1\u00ad组",
        "红旗村1组\u202c",
        "红旗村1组\ufe0f",
    ],
)
def test_width_blanks_and_what_cannot_be_seen_make_no_other_name(other):
    assert sameness_key(other) == sameness_key("红旗村1组")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("龙山（示范）村", "龙山(示范)村"),
        ("⻰山村", "龙山村"),
        ("⼀心村", "一心村"),
        ("\uf979山", "凉山"),
        ("ABC公司", "АВС公司"),
        ("abc公司", "ＡＢＣ公司"),
        ("Café", "Cafe\u0301"),
        ("阿里木·买买提", "阿里木•买买提"),
        ("一－二社区", "一—二社区"),
        ("“两新”组织", '"两新"组织'),
        ("二〇一社区", "二○一社区"),
        ("㈠组", "(一)组"),
    ],
)
def test_other_code_points_for_the_same_signs_make_no_other_name(one, other):
    assert sameness_key(one) == sameness_key(other)


def test_other_words_are_other_names():
    names = ["红旗村", "红旗社区", "紅旗村", "红旗村1组", "红旗村2组", "未来村", "末来村"]
    assert len({sameness_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" ３４１８ ", "3418"),
        ("９２．５％", "92.5%"),
        ("−3", "-3"),
        ("㎡", "m2"),
        ("1\u200b2", "12"),
        ("10²", "10 2"),
        ("2½", "2 1⁄2"),
        ("300m²", "300m2"),
    ],
)
def test_a_figure_is_read_from_its_plain_form(typed, read):
    assert plain(typed) == read
