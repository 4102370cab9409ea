"""Every kind of check has all that hangs on a kind, and a new one is told what it lacks."""

import pytest

from standards import kinds
from standards.engine.judging import CONDITION, KINDS
from standards.kinds import Asked, Input
from tests.standards.whole_kinds import ASPECTS, lacking


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


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match="number_at_least"):
        kinds.register(kinds.of("number_at_least"))


def test_a_condition_is_no_kind_that_a_check_may_have():
    assert CONDITION not in kinds.codes()
    assert [code for code, _name in kinds.choices()] == kinds.codes()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("人", "least"), "number_at_least"),
        (Asked("岁", "most"), "age_at_most"),
        (Asked("岁", "least"), None),
        (Asked("%", "most"), "percent_at_most"),
        (Asked("次", "least", "month"), "frequency_per_month_at_least"),
        (Asked("次", "most", "month"), None),
        (Asked(forbidden=True), "must_be_false"),
        (Asked(), None),
    ],
)
def test_what_the_reader_found_names_one_kind_or_none(asked, code):
    kind = kinds.asked_for(asked)
    assert (kind and kind.code) == code
