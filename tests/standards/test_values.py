"""What people type, as typed values: units, ranges, lists, and back again."""

import contextlib
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from standards import units, values
from standards.engine import evaluation as ev
from standards.kinds import ValueRefused

from .checks import check, reason

PEOPLE = check("number_at_least", whole_numbers=True)
PERCENT = check("percent_at_least")
AREA = check("number_at_least", threshold=300, unit="平方米")
INCOME = check("number_at_least", threshold=5, unit="万元", figures=3)
AGE = check("age_at_most", whole_numbers=True)
TIMES = check("frequency_per_year_at_least", whole_numbers=True)
VILLAGES = check("number_at_least", threshold=2, unit="个村", whole_numbers=True)
FIELDS = check("number_at_least", unit="亩")
YES = check("must_be_true")
PARTS = check("must_be_true", parts=("通", "净", "绿"))
NEVER = check("must_be_false")
NEVER_PARTS = check("must_be_false", parts=("越级上访", "集体上访"))
TOLD = check("declared_qualitative")


@pytest.mark.parametrize(
    ("one", "typed", "value"),
    [
        (PEOPLE, "5", 5),
        (PEOPLE, " 5 人 ", 5),
        (PEOPLE, "5名", 5),
        (PEOPLE, "５", 5),
        (PEOPLE, "+5", 5),
        (PEOPLE, "5.0", 5),
        (PEOPLE, "1,200", 1200),
        (PEOPLE, "１，２００人", 1200),
        (PERCENT, "80", 80),
        (PERCENT, "80%", 80),
        (PERCENT, "８０．５％", 80.5),
        (PERCENT, "百分之80", 80),
        (PERCENT, "0", 0),
        (PERCENT, "100", 100),
        (AREA, "300平方米", 300),
        (AREA, "300㎡", 300),
        (AREA, "300 m²", 300),
        (AREA, "300 M2", 300),
        (AREA, "300平方", 300),
        (AREA, "320.5", 320.5),
        (INCOME, "5.5万元", 5.5),
        (INCOME, "5.5万", 5.5),
        (AGE, "40周岁", 40),
        (AGE, "120", 120),
        (PEOPLE, "1000000000000", 10**12),
        (FIELDS, "12亩", 12),
        (TIMES, "2次", 2),
        (TIMES, "2次/年", 2),
        (VILLAGES, "3个村", 3),
        (YES, "yes", True),
        (YES, "是", True),
        (NEVER, "no", False),
        (NEVER, "否", False),
        (TOLD, "  每月研究一次  ", "每月研究一次"),
    ],
)
def test_what_fits_the_unit_is_taken(one, typed, value):
    parsed = values.parse(one, typed)
    assert parsed == value
    assert parsed.__class__ is value.__class__


@pytest.mark.parametrize(
    ("one", "typed", "code"),
    [
        (PEOPLE, "80%", "wrong_unit"),
        (PEOPLE, "300平方米", "wrong_unit"),
        (PEOPLE, "百分之80", "wrong_unit"),
        (PERCENT, "80人", "wrong_unit"),
        (AREA, "300亩", "wrong_unit"),
        (INCOME, "50000元", "wrong_unit"),
        (PERCENT, "100.1", "over_hundred"),
        (PERCENT, "180%", "over_hundred"),
        (PEOPLE, "-1", "negative"),
        (PEOPLE, "\u22121", "negative"),
        (PEOPLE, "3.5", "not_whole"),
        (AGE, "150", "age"),
        (PEOPLE, "9999999999999", "too_large"),
        (PEOPLE, "9" * 5000, "too_large"),
        (PEOPLE, "三人", "not_a_number"),
        (PEOPLE, "约5人", "not_a_number"),
        (PEOPLE, "1,5", "not_a_number"),
        (PEOPLE, "1.2.3", "not_a_number"),
        (PEOPLE, "2—3", "not_a_number"),
        (PEOPLE, "2-3", "not_a_number"),
        (PEOPLE, "٣", "not_a_number"),
        (PEOPLE, "nan", "not_a_number"),
        (PEOPLE, "人", "not_a_number"),
        (PEOPLE, "5 6", "not_a_number"),
        (YES, "也许", "not_yes_or_no"),
        (YES, "1", "not_yes_or_no"),
        (PARTS, ["通", "亮"], "unknown_part"),
        (YES, ["通"], "unknown_part"),
        (NEVER, ["通"], "unknown_part"),
        (NEVER_PARTS, ["越级上访"], "unknown_part"),
        (FIELDS, "12平方米", "wrong_unit"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(one, typed, code):
    with pytest.raises(ValueRefused) as refused:
        values.parse(one, typed)
    assert (refused.value.code, refused.value.place) == (code, 0)
    assert str(refused.value).endswith("。")


def test_a_refusal_names_the_unit_wanted_and_the_one_typed():
    with pytest.raises(ValueRefused, match="应填“人”，您填的是“%”"):
        values.parse(PEOPLE, "80%")
    with pytest.raises(ValueRefused, match="单位为“人”，例如 3"):
        values.parse(PEOPLE, "三")
    with pytest.raises(ValueRefused, match="填写整数，单位为“人”"):
        values.parse(PEOPLE, "3.5")


@pytest.mark.parametrize("nothing", [None, "", "   ", "\u3000", [], [""], ["", " "]])
@pytest.mark.parametrize("one", [PEOPLE, PERCENT, YES, NEVER, TOLD, PARTS, INCOME])
def test_nothing_typed_is_no_value(one, nothing):
    assert values.parse(one, nothing) is None


def test_several_figures_are_a_list_in_which_a_gap_stays_a_gap():
    assert values.parse(INCOME, ["5", "6.5万元", " 7 "]) == [5, 6.5, 7]
    gap = values.parse(INCOME, ["5", "", "7"])
    assert gap == [5, None, 7]
    assert reason(INCOME, gap) == ev.NOT_ANSWERED
    with pytest.raises(ValueRefused):
        values.parse(INCOME, ["5", "六"])


def test_ticked_parts_are_a_list_of_parts():
    assert values.parse(PARTS, ["通", "", "净"]) == ["通", "净"]
    assert values.parse(PARTS, ["通", "净", "绿"]) == ["通", "净", "绿"]
    assert values.parse(TOLD, ["通", "净"]) == "通、净"


def test_a_judgement_is_one_of_three_words():
    assert [values.parse(TOLD, word, judged=True) for word in ev.JUDGEMENTS] == list(ev.JUDGEMENTS)
    assert values.parse(TOLD, "", judged=True) is None
    assert values.parse(TOLD, None, judged=True) is None
    with pytest.raises(ValueRefused) as refused:
        values.parse(TOLD, "合格", judged=True)
    assert refused.value.code == "unknown_judgement"
    assert str(refused.value) == "请选择“符合”“基本符合”或“不符合”。"


@pytest.mark.parametrize(
    ("one", "value", "shown"),
    [
        (PEOPLE, None, "未填写"),
        (PEOPLE, "", "未填写"),
        (PEOPLE, [], "未填写"),
        (PEOPLE, 5, "5 人"),
        (PERCENT, 80, "80%"),
        (PERCENT, 80.5, "80.5%"),
        (PERCENT, Decimal("80.0000"), "80%"),
        (INCOME, [5, None, 7], "5、未填写、7 万元"),
        (PARTS, ["通", "净"], "通、净"),
        (YES, True, "是"),
        (NEVER, False, "没有"),
        (NEVER, True, "有"),
        (YES, {"this_year": 21000, "last_year": 20000}, "21000、20000"),
        (TOLD, "每月研究一次", "每月研究一次"),
        (TOLD, ev.CONFORMS, "符合"),
        (TOLD, ev.BROADLY, "基本符合"),
        (TOLD, ev.FAILS, "不符合"),
        (AGE, ev.NotApplicable("没有新发展党员"), "不适用：没有新发展党员"),
    ],
)
def test_values_are_shown_as_people_read_them(one, value, shown):
    with translation.override("zh-hans"):
        assert values.show(one, value) == shown


stored = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.floats(allow_nan=False),
    st.lists(st.integers() | st.none() | st.text()),
    st.dictionaries(st.text().filter(lambda name: name != "not_applicable"), st.integers()),
    st.builds(ev.NotApplicable, st.text()),
)


@given(stored)
def test_what_is_stored_comes_back_the_same(value):
    assert values.from_json(values.to_json(value)) == value


def test_decimals_are_stored_as_plain_numbers():
    assert repr(values.to_json(Decimal("5.0"))) == "5"
    assert values.to_json(Decimal("5.25")) == 5.25
    assert values.to_json({"this_year": Decimal("1.5")}) == {"this_year": 1.5}
    assert values.to_json((Decimal(1), None)) == [1, None]


@given(st.sampled_from([PEOPLE, PERCENT, AREA, AGE, YES, PARTS, TOLD]), st.text())
def test_whatever_is_typed_is_taken_or_refused_never_a_crash(one, typed):
    with contextlib.suppress(ValueRefused):
        value = values.parse(one, typed)
        assert reason(one, value) in (None, ev.NOT_MET, ev.NOT_ANSWERED)


def test_stored_rows_become_values_by_check():
    rows = [
        {"NC-01-C1": 5, "NC-01-C2": {"not_applicable": "没有新发展党员"}},
        {"NC-02-C1": [1, None]},
    ]
    assert values.from_rows(rows) == {
        "NC-01-C1": 5,
        "NC-01-C2": ev.NotApplicable("没有新发展党员"),
        "NC-02-C1": [1, None],
    }


def test_a_unit_is_said_in_the_language_of_the_reader():
    with translation.override("en"):
        assert units.with_unit(300, "平方米") == "300 square metres"


def test_a_unit_that_begins_with_a_figure_is_not_read_as_one_figure_with_what_it_is_put_behind():
    assert units.with_unit(5, "万元") == "5 万元"
    with translation.override("en"):
        assert units.with_unit(5, "万元") == "5 × 10,000 yuan"


def test_an_unlisted_unit_is_said_as_it_stands():
    assert units.unit_name("人") == "人"
    assert units.with_unit(12, "亩") == "12 亩"


RATE = check(
    "percent_at_least",
    rate=("satisfied", "valid"),
    least=10,
    asked_as=(
        ev.Figure("satisfied", "满意份数", "Satisfied sheets", "份"),
        ev.Figure("valid", "有效份数", "Valid sheets", "份"),
    ),
)
INCOMES = check(
    "must_be_true",
    derive=("now", "then"),
    asked_as=(ev.Figure("now", "本年收入"), ev.Figure("then", "上年收入")),
)


@pytest.mark.parametrize(
    ("one", "typed", "value"),
    [
        (RATE, ["46", "50份"], {"satisfied": 46, "valid": 50}),
        (RATE, ["46 张", ""], {"satisfied": 46, "valid": None}),
        (RATE, ["50", "50"], {"satisfied": 50, "valid": 50}),
        (RATE, ["", ""], None),
        (INCOMES, ["21000.5", "20,000"], {"now": 21000.5, "then": 20000}),
    ],
)
def test_named_figures_become_a_mapping(one, typed, value):
    assert values.parse(one, typed) == value
    assert values.from_json(values.to_json(value)) == value


@pytest.mark.parametrize(
    ("one", "typed", "code", "place"),
    [
        (RATE, ["51", "50"], "part_over_whole", 0),
        (RATE, ["46", "五十"], "not_a_number", 1),
        (RATE, ["46.5", "50"], "not_whole", 0),
        (RATE, ["46%", "50"], "wrong_unit", 0),
        (RATE, ["-1", "50"], "negative", 0),
        (INCOMES, ["21000元", "20000"], "wrong_unit", 0),
        (INCOMES, ["2万零1百", "20000"], "wrong_unit", 0),
        (INCOMES, ["许多", "20000"], "not_a_number", 0),
    ],
)
def test_a_named_figure_that_does_not_fit_says_which_one(one, typed, code, place):
    with pytest.raises(ValueRefused) as refused:
        values.parse(one, typed)
    assert (refused.value.code, refused.value.place) == (code, place)


@pytest.mark.parametrize(
    ("one", "typed", "said"),
    [
        (RATE, ["51", "50"], "“满意份数”不能大于“有效份数”，请核对。"),
        (RATE, ["46", "五十"], "请填写数字，单位为“份”，例如 10。"),
        (INCOMES, ["21000", "许多"], "请填写数字，例如 1。"),
        (INCOMES, ["21000元", "20000"], "这里只填数字，不写单位。"),
    ],
)
def test_a_named_figure_that_does_not_fit_is_refused_with_what_to_do(one, typed, said):
    with pytest.raises(ValueRefused) as refused:
        values.parse(one, typed)
    assert str(refused.value) == said


def test_the_place_of_a_part_over_its_whole_is_where_the_part_is_asked_for():
    whole_first = replace(RATE, asked_as=RATE.asked_as[::-1])
    with pytest.raises(ValueRefused) as refused:
        values.parse(whole_first, ["50", "51"])
    assert (refused.value.code, refused.value.place) == ("part_over_whole", 1)


@pytest.mark.parametrize("typed", [["46"], ["46", "50", "4"]])
def test_a_form_hands_on_as_many_figures_as_are_asked_for(typed):
    with pytest.raises(ValueError, match="zip"):
        values.parse(RATE, typed)


@pytest.mark.parametrize(
    ("one", "value", "said"),
    [
        (RATE, {"satisfied": 46, "valid": 50}, "46 / 50 = 92%"),
        (RATE, {"satisfied": 1, "valid": 3}, "1 / 3 = 33.3%"),
        (RATE, {"satisfied": 46, "valid": None}, "46、未填写"),
        (RATE, {"satisfied": 0, "valid": 0}, "0、0"),
        (INCOMES, {"now": 21000, "then": 20000}, "21000、20000"),
    ],
)
def test_named_figures_are_shown_as_what_they_make(one, value, said):
    with translation.override("zh-hans"):
        assert values.show(one, value) == said


def test_a_figure_is_named_in_the_language_of_the_reader():
    asked = RATE.asked_as[0]
    with translation.override("en"):
        assert values.figure_name(asked) == "Satisfied sheets"
        assert values.figure_name(INCOMES.asked_as[0]) == "本年收入"
    with translation.override("zh-hans"):
        assert values.figure_name(asked) == "满意份数"


def test_a_condition_is_answered_with_yes_or_no():
    condition = ev.Check("NC-13-IF", "NC-13", ev.CONDITION, "boolean", None, strict=True)
    assert values.parse(condition, "no") is False
    with pytest.raises(ValueRefused):
        values.parse(condition, "也许")
