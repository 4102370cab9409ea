"""The examples of a value that just passes and of one that just fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards import examples, values
from standards.engine import evaluation as ev

from .checks import KINDS, check, judge

TWO = (ev.Figure("a", "甲数"), ev.Figure("b", "乙数"))
STAGES = {False: "self_assessment", True: "verification"}


def thresholds(kind):
    if kind.startswith("percent"):
        return st.integers(0, 100) | st.decimals(0, 100, places=2)
    return st.integers(0, 120) | st.decimals(0, 120, places=1)


@st.composite
def checks(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    threshold, _unit = KINDS[kind]
    fields = {"may_be_not_applicable": draw(st.booleans())}
    if threshold is not None and not isinstance(threshold, bool):
        fields["threshold"] = draw(thresholds(kind))
        fields["whole_numbers"] = draw(st.booleans())
    if kind.startswith("percent") and draw(st.booleans()):
        fields |= {"rate": ("a", "b"), "least": draw(st.integers(0, 60)), "asked_as": TWO}
    if kind == "must_be_true":
        fields["parts"] = draw(st.sampled_from([(), ("甲", "乙")]))
        if draw(st.booleans()):
            fields |= {"derive": ("a", "b"), "asked_as": TWO}
    return check(kind, **fields)


@given(checks(), st.booleans())
def test_the_first_example_passes_and_the_second_does_not(one, judged):
    assert judge(one, examples.just_passing(one, judged=judged), STAGES[judged]).passed
    failing = examples.just_failing(one, judged=judged)
    if failing is not None:
        assert [f.reason for f in judge(one, failing, STAGES[judged]).findings] in (
            [ev.NOT_MET],
            [ev.JUDGED_NOT_CONFORMING],
        )


@pytest.mark.parametrize(
    ("kind", "fields", "passing", "failing"),
    [
        ("number_at_least", {"threshold": 3, "whole_numbers": True}, 3, 2),
        ("number_at_least", {"threshold": 50, "unit": "平方米"}, 50, 49.9),
        ("number_at_least", {"threshold": 2.5, "whole_numbers": True}, 3, 2),
        ("number_at_least", {"threshold": 0}, 0, None),
        ("number_at_most", {"threshold": 2.5, "whole_numbers": True}, 2, 3),
        ("number_at_most", {"threshold": ev.LARGEST}, ev.LARGEST, None),
        ("percent_at_least", {"threshold": 80}, 80, 79.9),
        ("percent_at_least", {"threshold": 99.5}, 99.5, 99.49),
        ("percent_at_most", {"threshold": 100}, 100, None),
        ("percent_at_most", {"threshold": 99, "whole_numbers": True}, 99, 100),
        ("frequency_per_month_at_least", {"whole_numbers": True}, 1, 0),
        ("age_at_most", {"threshold": ev.OLDEST}, ev.OLDEST, None),
        ("must_be_false", {}, False, True),
    ],
)
def test_the_nearest_values_on_both_sides(kind, fields, passing, failing):
    one = check(kind, **fields)
    assert examples.just_passing(one, judged=False) == passing
    assert examples.just_failing(one, judged=False) == failing


def test_a_rate_is_shown_by_the_fewest_sheets_that_count():
    one = check("percent_at_least", rate=("a", "b"), least=12, asked_as=TWO)
    assert examples.just_passing(one, judged=False) == {"a": 10, "b": 12}
    assert examples.just_failing(one, judged=False) == {"a": 9, "b": 12}
    every = check("percent_at_most", threshold=100, rate=("a", "b"), least=12, asked_as=TWO)
    assert examples.just_failing(every, judged=False) is None


@pytest.mark.parametrize(
    ("kind", "threshold", "least", "passing", "failing"),
    [
        ("percent_at_most", 10, 12, {"a": 1, "b": 12}, {"a": 2, "b": 12}),
        ("percent_at_least", 8, 12, {"a": 1, "b": 12}, {"a": 0, "b": 12}),
        ("percent_at_most", 95, 12, {"a": 11, "b": 12}, {"a": 12, "b": 12}),
        ("percent_at_least", 80, 0, {"a": 1, "b": 1}, {"a": 0, "b": 1}),
    ],
)
def test_a_rate_goes_to_both_ends_of_its_sheets(kind, threshold, least, passing, failing):
    one = check(kind, threshold=threshold, rate=("a", "b"), least=least, asked_as=TWO)
    assert examples.just_passing(one, judged=False) == passing
    assert examples.just_failing(one, judged=False) == failing


def test_what_two_figures_tell_is_shown_by_two_figures():
    one = check("must_be_true", derive=("b", "a"), asked_as=TWO)
    assert examples.just_passing(one, judged=False) == {"b": 2, "a": 1}
    assert examples.just_failing(one, judged=False) == {"b": 1, "a": 1}
    for plain in (check("must_be_true", asked_as=TWO), check("must_be_true", derive=("b", "a"))):
        assert examples.just_passing(plain, judged=False) is True
        assert examples.just_failing(plain, judged=False) is False


def test_on_site_a_description_fails_by_the_verifiers_word():
    one = check("declared_qualitative")
    assert examples.just_failing(one, judged=True) == ev.FAILS
    assert examples.just_failing(one, judged=False) is None


def test_a_whole_figure_is_shown_without_a_point():
    one = check("number_at_least", threshold=3.0)
    assert repr(examples.just_passing(one, judged=False)) == "3"


def test_a_condition_is_no_demand():
    condition = ev.Check("NC-01-IF", "NC-01", ev.CONDITION, "boolean", None, strict=True)
    assert examples.just_passing(condition, judged=True) is True
    assert examples.just_failing(condition, judged=True) is None


def test_an_example_is_an_answer_that_can_be_stored():
    for kind in KINDS:
        one = check(kind)
        for judged in (False, True):
            passing = examples.just_passing(one, judged=judged)
            assert values.from_json(values.to_json(passing)) == passing
