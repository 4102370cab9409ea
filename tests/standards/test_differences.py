"""Two versions side by side."""

import copy
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.differences import Run, differences, reworded

CHECK = {
    "code": "NC-01-C1",
    "kind": "number_at_least",
    "metric": "x",
    "metric_zh": "人数",
    "unit": "人",
    "threshold": 3,
    "strictness": "strict",
    "phrase": "不少于3人",
}
ITEM = {"code": "NC-01", "number_printed": "1.", "text": "党员不少于3人。", "checks": [CHECK]}
OTHER = {"code": "NC-02", "number_printed": "2.", "text": "班子团结。", "checks": []}


def standard(*items, title="组织建设"):
    return {"sections": [{"title_printed": title, "items": copy.deepcopy(list(items))}]}


def changed(data, **fields):
    made = copy.deepcopy(data)
    made.update(fields)
    return made


def test_a_version_compared_with_itself_has_no_differences():
    found = differences(standard(ITEM, OTHER), standard(ITEM, OTHER))
    assert (found.items, found.unchanged) == ((), 2)


def test_items_that_came_and_went_are_named():
    found = differences(standard(ITEM), standard(OTHER))
    assert [(i.code, i.change) for i in found.items] == [("NC-02", "added"), ("NC-01", "removed")]
    assert (found.count("added"), found.count("removed"), found.count("changed")) == (1, 1, 0)
    assert found.checks == {"added": 0, "removed": 1, "changed": 0}


def test_a_reworded_item_marks_the_words():
    new = changed(ITEM, text="党员不少于5人。", checks=[])
    (item,) = differences(standard(ITEM), standard(new)).items
    (field,) = item.fields
    assert field.name == "text"
    assert field.runs == (Run("党员不少于", "党员不少于"), Run("3", "5"), Run("人。", "人。"))
    assert [(c.code, c.change) for c in item.checks] == [("NC-01-C1", "removed")]


def test_a_changed_threshold_shows_the_old_and_the_new():
    new = changed(ITEM, checks=[changed(CHECK, threshold=5)])
    (item,) = differences(standard(ITEM), standard(new)).items
    ((check,),) = (item.checks,)
    assert [(f.name, f.old, f.new) for f in check.fields] == [("threshold", 3, 5)]
    assert item.fields == ()


def test_a_check_that_is_added_to_an_item_is_named():
    more = changed(ITEM, checks=[CHECK, changed(CHECK, code="NC-01-C2")])
    (item,) = differences(standard(ITEM), standard(more)).items
    assert [(c.code, c.change) for c in item.checks] == [("NC-01-C2", "added")]


def test_an_item_that_moved_says_from_where_to_where():
    (item,) = differences(standard(OTHER), standard(OTHER, title="活动场所")).items
    assert [(f.name, f.old, f.new) for f in item.fields] == [("section", "组织建设", "活动场所")]


def test_something_said_for_the_first_time_is_a_change():
    (item,) = differences(
        standard(OTHER), standard(changed(OTHER, condition_zh="有流动党员"))
    ).items
    (field,) = item.fields
    assert (field.name, field.old, field.runs) == ("condition_zh", None, (Run("", "有流动党员"),))


@pytest.mark.parametrize("name", ["metric", "source_line"])
def test_what_only_the_system_uses_is_no_difference(name):
    old = changed(ITEM, checks=[changed(CHECK, **{name: "a"})])
    new = changed(ITEM, checks=[changed(CHECK, **{name: "b"})])
    assert differences(standard(old), standard(new)).items == ()


def test_a_single_character_between_two_changes_is_not_an_island_of_its_own():
    assert reworded("甲乙丙丁戊", "子乙寅丁戊") == (Run("甲乙丙", "子乙寅"), Run("丁戊", "丁戊"))


def test_items_of_a_document_read_anew_are_known_by_their_words_whatever_their_numbers():
    first = {"code": "NC-01", "number_printed": "1.", "text": "新增的一条。", "checks": []}
    moved = changed(ITEM, code="NC-02", checks=[changed(CHECK, code="NC-02-C1", threshold=5)])
    found = differences(standard(ITEM, OTHER), standard(first, moved, changed(OTHER, code="NC-03")))
    assert [(i.code, i.change) for i in found.items] == [("NC-01", "added"), ("NC-02", "changed")]
    (check,) = found.items[1].checks
    assert [(f.name, f.old, f.new) for f in check.fields] == [("threshold", 3, 5)]
    assert found.unchanged == 1


def test_checks_are_known_by_their_phrase_before_their_number():
    old = changed(ITEM, checks=[changed(CHECK, phrase="党员"), changed(CHECK, code="NC-01-C2")])
    (item,) = differences(standard(old), standard(ITEM)).items
    assert [(c.old["phrase"], c.change) for c in item.checks] == [("党员", "removed")]


def test_a_check_reworded_and_renumbered_is_known_by_the_name_of_its_metric():
    """The machine's name of what is asked stays from version to version."""
    one = changed(CHECK, metric="members", phrase="党员不少于3人")
    two = changed(CHECK, metric="cadres", code="NC-01-C2", phrase="干部不少于3人")
    was = changed(ITEM, text="党员不少于3人，干部不少于3人。", checks=[one, two])
    becomes = changed(
        was,
        checks=[
            changed(two, code="NC-01-C1", phrase="有后备力量三名"),
            changed(one, code="NC-01-C2", phrase="有党员三名"),
        ],
    )
    ((first, second),) = [
        item.checks for item in differences(standard(was), standard(becomes)).items
    ]
    assert (first.old["metric"], second.old["metric"]) == ("cadres", "members")
    assert (first.change, second.change) == ("changed", "changed")


def test_a_check_whose_phrase_was_cut_shorter_is_the_same_check():
    long = changed(CHECK, code="NC-01-C2", phrase="本届以来,不少于3人")
    old = changed(ITEM, checks=[changed(CHECK, phrase="党员"), long])
    (item,) = differences(standard(old), standard(ITEM)).items
    assert [(c.code, c.change, c.old["phrase"]) for c in item.checks] == [
        ("NC-01-C1", "changed", "本届以来,不少于3人"),
        ("NC-01-C1", "removed", "党员"),
    ]


texts = st.text(alphabet="党员不少于三3五5人,。", max_size=30)


@given(texts, texts)
def test_the_runs_joined_are_the_two_texts(old, new):
    runs = reworded(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert all(one.is_equal != other.is_equal for one, other in itertools.pairwise(runs))


@given(texts)
def test_a_text_compared_with_itself_is_one_run(text):
    assert all(run.is_equal for run in reworded(text, text))


@given(st.integers(0, 9), st.integers(0, 9))
def test_only_what_was_edited_is_found(old, new):
    before = standard(changed(ITEM, checks=[changed(CHECK, threshold=old)]), OTHER)
    after = standard(changed(ITEM, checks=[changed(CHECK, threshold=new)]), OTHER)
    assert len(differences(before, after).items) == (old != new)


def test_of_more_checks_than_anyone_writes_those_reworded_are_paired_by_their_code():
    many = [
        changed(CHECK, code=f"NC-01-C{n}", metric=f"m{n}", phrase=f"第{n}项不少于3人")
        for n in range(600)
    ]
    shorter = [changed(check, phrase=check["phrase"][:-1]) for check in many]

    (item,) = differences(
        standard(changed(ITEM, checks=many)), standard(changed(ITEM, checks=shorter))
    ).items

    assert {(check.code == check.old["code"], check.change) for check in item.checks} == {
        (True, "changed")
    }
