"""What the person saw comes back: three values a field, and the one question that is left."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designation.site import shown
from designation.site.shown import Seen, merge

TEXTS = st.sampled_from(["", "甲", "乙", "丙", 0, False, 35, ["一"]])


def seen(**values):
    return Seen(shown.digests(values))


@pytest.mark.parametrize("nothing", [None, "", [], {}, ()])
def test_what_is_empty_has_no_digest_however_it_is_empty(nothing):
    assert shown.digest(nothing) == ""


@pytest.mark.parametrize("value", [0, False, 0.0, "0", " "])
def test_a_zero_and_a_no_are_not_empty(value):
    assert shown.digest(value) != ""


def test_a_field_that_nobody_else_touched_is_saved_without_a_question():
    merged = merge(seen(note="旧"), {"note": "旧"}, {"note": "新"})

    assert merged.values == {"note": "新"}
    assert merged.changed == {"note"}
    assert merged.conflicts == {}


def test_a_field_that_only_the_other_changed_keeps_the_others_text():
    merged = merge(seen(note="旧"), {"note": "他人的"}, {"note": "旧"})

    assert merged.values == {"note": "他人的"}
    assert (merged.changed, merged.conflicts) == (frozenset(), {})


def test_a_field_that_both_changed_is_asked_about_and_keeps_what_stands():
    merged = merge(seen(note="旧"), {"note": "他人的"}, {"note": "我的"})

    assert merged.conflicts == {"note": "他人的"}
    assert merged.values == {"note": "他人的"}
    assert merged.changed == frozenset()


def test_both_having_typed_the_same_is_no_question():
    merged = merge(seen(note="旧"), {"note": "新"}, {"note": "新"})

    assert (merged.changed, merged.conflicts) == (frozenset(), {})


@pytest.mark.parametrize(("side", "wanted"), [("mine", "我的"), ("theirs", "他人的")])
def test_the_chosen_side_stands(side, wanted):
    data = {
        "shown": json.dumps(shown.digests({"note": "旧"})),
        "choose-note": f"{side}:{shown.digest('他人的')}",
    }

    merged = merge(Seen.of(data), {"note": "他人的"}, {"note": "我的"})

    assert merged.values == {"note": wanted}
    assert merged.conflicts == {}


def test_a_choice_made_beside_an_older_text_is_asked_again():
    data = {"shown": "{}", "choose-note": f"mine:{shown.digest('他人的')}"}

    merged = merge(Seen.of(data), {"note": "他人又改"}, {"note": "我的"})

    assert merged.conflicts == {"note": "他人又改"}


def test_without_a_digest_only_the_empty_and_ones_own_are_replaced_unasked():
    current, sent = {"a": "", "b": "他人的", "c": "我以前的"}, {"a": "1", "b": "2", "c": "3"}

    merged = merge(Seen(), current, sent, is_mine=lambda name: name == "c")

    assert merged.changed == {"a", "c"}
    assert merged.conflicts == {"b": "他人的"}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"note": 3}', "null", "[" * 30_000, '"x"'])
def test_digests_that_are_not_ours_count_as_not_seen(text):
    assert Seen.of({"shown": text}).digests == {}


@given(before=TEXTS, now=TEXTS, typed=TEXTS)
def test_no_value_of_another_is_ever_replaced_without_having_been_shown(before, now, typed):
    merged = merge(seen(field=before), {"field": now}, {"field": typed})

    if shown.digest(merged.values["field"]) != shown.digest(now):
        assert shown.digest(before) == shown.digest(now)


@given(before=TEXTS, now=TEXTS, typed=TEXTS)
def test_nothing_typed_is_dropped_unasked(before, now, typed):
    merged = merge(seen(field=before), {"field": now}, {"field": typed})

    is_typed = shown.digest(typed) != shown.digest(before)
    if is_typed and "field" not in merged.conflicts:
        assert shown.digest(merged.values["field"]) == shown.digest(typed)
