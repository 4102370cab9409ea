"""Every kind of check has all that hangs on a kind, and a new one is told what it lacks."""

import ast
from dataclasses import replace

import pytest
from django.utils import translation

from standards import kinds, values
from standards.engine.judging import CONDITION, KINDS
from standards.kinds import Asked, Input
from tests.standards.checks import check
from tests.standards.whole_kinds import ASPECTS, example, lacking
from tooling.places import ROOT

ROOMS = ("standards", "designation", "workflows", "authoring", "reports", "notifications", "demo")


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_lacks_nothing(code):
    # A condition is no check: its text is the item's, and no data file speaks of it as one.
    spared = ["goes_out_and_comes_back"] if code == CONDITION else []
    assert lacking(kinds.of(code)) == spared


class Hollow(kinds.Kind):
    """Answers each question, and says nothing."""

    def judge(self, check, *, judged):
        return lambda _value: None

    def input(self, check, *, judged):
        return Input(kinds.LINE)

    def read(self, check, typed, *, judged):
        return None

    def misfit(self, check):
        return ""

    def room(self, check):
        return []

    def just_passing(self, check, *, judged):
        return ""

    def just_failing(self, check, *, judged):
        return ""

    def threshold_refused(self, threshold):
        return ""


def test_each_thing_that_a_new_kind_lacks_is_named():
    hollow = Hollow(
        code="hollow", name="空", asks="%(metric)s", sort="hollow", proposed_from="空空如也"
    )
    kinds.register(hollow)
    try:
        told = lacking(hollow)
    finally:
        del KINDS["hollow"]
    there = {"is_shown", "is_stored", "goes_out_and_comes_back", "is_in_the_editors_form"}
    assert set(told) == {aspect.__name__ for aspect in ASPECTS} - there


def test_a_kind_that_leaves_a_question_out_cannot_even_be_made():
    class Half(kinds.Kind):
        pass

    with pytest.raises(TypeError, match="room"):
        Half(code="half", name="", asks="", sort="half", proposed_from="")


def test_no_other_module_names_a_kind():
    """What a suggestion may hold in a data file is named like a kind, and is none."""
    own = ROOT / "standards" / "kinds"
    spared = {ROOT / "standards" / "importing" / "own_layout.py"}
    named = {
        (str(path.relative_to(ROOT)), node.value)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and own not in path.parents and path not in spared
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in kinds.codes()
    }
    assert named == set()


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match=r"^there is a kind of check 'number_at_least' already$"):
        kinds.register(kinds.of("number_at_least"))


def test_a_condition_is_no_kind_that_a_check_may_have():
    assert CONDITION not in kinds.codes()
    assert kinds.choices() == [(code, kinds.of(code).name) for code in kinds.codes()]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("人", "least"), "number_at_least"),
        (Asked("岁", "most"), "age_at_most"),
        (Asked("岁", "least"), None),
        (Asked("%", "most"), "percent_at_most"),
        (Asked("%", "least"), "percent_at_least"),
        (Asked("%", "most", "year"), None),
        (Asked("人", "most"), "number_at_most"),
        (Asked("次", "least", "year"), "frequency_per_year_at_least"),
        (Asked("次", "least", "month"), "frequency_per_month_at_least"),
        (Asked("次", "most", "month"), None),
        (Asked(forbidden=True), "must_be_false"),
        (Asked(), None),
    ],
)
def test_what_the_reader_found_names_one_kind_or_none(asked, code):
    kind = kinds.asked_for(asked)
    assert (kind and kind.code) == code


# What each is asked in, in its own words


def asked_in(code, *, judged=False):
    kind = kinds.of(code)
    return kind.input(example(kind), judged=judged)


YES_NO = (("yes", "是"), ("no", "否"))
HAPPENED = (("no", "没有"), ("yes", "有"))
JUDGEMENTS = (("conforms", "符合"), ("broadly", "基本符合"), ("fails", "不符合"))


@pytest.mark.parametrize(
    ("code", "judged", "wanted"),
    [
        ("number_at_least", False, Input(kinds.LINE)),
        ("age_at_most", True, Input(kinds.LINE)),
        ("must_be_true", False, Input(kinds.ONE_OF, YES_NO, lists_parts=True)),
        ("must_be_false", True, Input(kinds.ONE_OF, HAPPENED)),
        (
            "declared_qualitative",
            False,
            Input(kinds.LONG_TEXT, hint="请写明做法和依据，可引用佐证材料。", lists_parts=True),
        ),
        ("declared_qualitative", True, Input(kinds.ONE_OF, JUDGEMENTS)),
    ],
)
def test_a_person_is_given_the_input_of_the_kind(code, judged, wanted):
    with translation.override("zh-hans"):
        assert asked_in(code, judged=judged) == wanted


@pytest.mark.parametrize(
    ("code", "room"),
    [
        ("number_at_most", ["________ 人"]),
        ("percent_at_least", ["________ %"]),
        ("must_be_true", ["□ 是　　□ 否"]),
        ("declared_qualitative", []),
    ],
)
def test_the_sheet_has_the_room_of_the_kind(code, room):
    with translation.override("zh-hans"):
        assert list(kinds.of(code).room(example(kinds.of(code)))) == room


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("must_be_true", True, "yes"),
        ("must_be_true", False, "no"),
        ("number_at_least", 0.5, 0.5),
        ("percent_at_least", 0.5, "0.5%"),
        ("percent_at_least", 0, 0),
        ("percent_at_least", 1, 1),
        ("percent_at_least", "八成", "八成"),
    ],
)
def test_what_was_answered_is_shown_as_it_may_be_sent_again(code, stored, shown):
    assert kinds.of(code).in_input(example(kinds.of(code)), stored) == shown


@pytest.mark.parametrize(
    ("code", "threshold", "told"),
    [
        ("number_at_least", 0, ""),
        ("number_at_least", -1, "标准值不能是负数。"),
        ("number_at_least", 101, ""),
        ("percent_at_most", 100, ""),
        ("percent_at_most", 101, "百分比不能超过 100，请核对。"),
        ("percent_at_most", -1, "标准值不能是负数。"),
    ],
)
def test_a_threshold_that_cannot_be_is_told(code, threshold, told):
    with translation.override("zh-hans"):
        assert kinds.of(code).threshold_refused(threshold) == told
    with translation.override("en"):
        assert kinds.of(code).threshold_refused(threshold).isascii()


def test_an_example_of_a_description_says_that_it_is_one():
    kind = kinds.of("declared_qualitative")
    with translation.override("zh-hans"):
        assert kind.just_passing(example(kind), judged=False) == "示例"


@pytest.mark.parametrize("code", ["percent_at_least", "percent_at_most", "number_at_least"])
def test_only_shares_may_be_made_of_two_counts(code):
    assert kinds.of(code).is_share is code.startswith("percent")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"whole_numbers": True}, "填写的内容不符，请填写整数，单位为“%(unit)s”。"),
        ({}, "填写的内容不符，请填写数字，单位为“%(unit)s”。"),
    ],
)
def test_what_is_of_another_sort_is_told_which_figure_is_wanted(fields, told):
    one = check("number_at_least", **fields)
    with translation.override("zh-hans"):
        assert kinds.of(one.kind).misfit(one) == told


class Listening(Hollow):
    """Gives back whether it was told that a verifier answers."""

    def read(self, check, typed, *, judged):
        return judged


def test_a_kind_is_told_who_answers_also_where_several_figures_are_typed(monkeypatch):
    monkeypatch.setitem(
        KINDS,
        "listening",
        Listening(code="listening", name="听", asks="", sort="listening", proposed_from=""),
    )
    one = replace(check("number_at_least"), kind="listening")
    assert values.parse(one, ["1", ""], judged=True) == [True, None]
    assert values.parse(one, ["1", ""], judged=False) == [False, None]


# Once a month: which months

MONTHLY = check("frequency_per_month_at_least")


def test_once_a_month_is_asked_by_the_month_and_counted_on_site():
    kind = kinds.of(MONTHLY.kind)
    assert kind.input(MONTHLY, judged=False).shape == kinds.MONTHS
    assert kind.input(MONTHLY, judged=True).shape == kinds.LINE
    twice = replace(MONTHLY, threshold=2)
    assert kind.input(twice, judged=False).shape == kinds.LINE


@pytest.mark.parametrize(
    ("ticked", "value"),
    [
        ([str(place) for place in range(12)], 1),
        (["0", "11"], [1, *[0] * 10, 1]),
        ([kinds.NO_MONTH], 0),
        ([], None),
    ],
)
def test_ticked_months_are_counts_and_come_back_as_they_were_ticked(ticked, value):
    assert values.parse(MONTHLY, ticked) == value
    if value is not None:
        assert kinds.of(MONTHLY.kind).in_input(MONTHLY, value) == ticked


@pytest.mark.parametrize("ticked", [["12"], ["0", kinds.NO_MONTH], ["x"]])
def test_other_ticks_are_refused(ticked):
    with translation.override("zh-hans"), pytest.raises(kinds.ValueRefused, match="请勾选有的月份"):
        values.parse(MONTHLY, ticked)


@pytest.mark.parametrize(("typed", "value"), [("有", True), ("没有", False), ("no", False)])
def test_what_happened_is_read_as_it_is_asked(typed, value):
    assert values.parse(check("must_be_false"), typed) is value


def test_another_answer_to_what_happened_is_told_the_two():
    with (
        translation.override("zh-hans"),
        pytest.raises(kinds.ValueRefused, match="请选择“没有”或“有”"),
    ):
        values.parse(check("must_be_false"), "也许")
