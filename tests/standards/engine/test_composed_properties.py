"""What holds for whole standards, whatever their shape and whatever is answered."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from standards.engine import evaluation as ev
from tests.standards.checks import judge
from tests.standards.composed import (
    NOTHING,
    SHAPES,
    alternatives,
    answers_to,
    checks,
    composed,
    stages,
    worse_and_better,
)

data = st.data()
standards = composed() | alternatives()


def found(whole, answers, stage):
    return {f.check_code for f in ev.evaluate(whole, answers, stage).findings}


def blocked(whole, answers, stage):
    return {f.check_code for f in ev.evaluate(whole, answers, stage).blocking}


@pytest.mark.parametrize("shape", SHAPES)
@given(data, stages)
def test_a_better_value_of_any_sort_never_turns_a_pass_into_a_failure(shape, data, stage):
    one = data.draw(checks(shapes=[shape]))
    worse, better = data.draw(worse_and_better(one, stage))

    # Not only what passed passes: nothing is found that was not found before.
    if not judge(one, worse, stage).findings:
        assert not judge(one, better, stage).findings
    if judge(one, worse, stage).passed:
        assert judge(one, better, stage).passed


@pytest.mark.parametrize("shape", SHAPES)
@given(data, stages, st.sampled_from([*NOTHING, ...]))
def test_no_answer_never_passes_a_check_of_any_sort(shape, data, stage, nothing):
    assert not judge(data.draw(checks(shapes=[shape])), nothing, stage).passed


@given(data, standards, stages)
def test_a_better_value_never_turns_a_standard_passed_into_one_failed(data, whole, stage):
    answers = data.draw(answers_to(whole, stage))
    one = data.draw(st.sampled_from([c for c in whole.checks if c.kind != ev.CONDITION]))
    worse, better = data.draw(worse_and_better(one, stage))
    before, after = answers | {one.code: worse}, answers | {one.code: better}

    assert blocked(whole, after, stage) <= blocked(whole, before, stage)
    assert found(whole, after, stage) <= found(whole, before, stage)


@given(data, standards, stages)
def test_an_answer_that_meets_its_check_never_turns_a_pass_into_a_failure(data, whole, stage):
    answers = data.draw(answers_to(whole, stage))
    one = data.draw(st.sampled_from([c for c in whole.checks if c.kind != ev.CONDITION]))
    _worse, met = data.draw(worse_and_better(one, stage))
    assume(is_met(one, met, stage))

    assert blocked(whole, answers | {one.code: met}, stage) <= blocked(whole, answers, stage)


@given(data, composed(), stages)
def test_an_item_that_does_not_apply_takes_its_findings_with_it(data, whole, stage):
    conditions = [one for one in whole.checks if one.kind == ev.CONDITION]
    assume(conditions)
    answers = data.draw(answers_to(whole, stage))
    condition = data.draw(st.sampled_from(conditions))
    applies, does_not = answers | {condition.code: True}, answers | {condition.code: False}
    of_the_item = {check.code for check in whole.item(condition.item_code).checks}

    left = found(whole, does_not, stage)
    assert left == found(whole, applies, stage) - of_the_item


@given(data, standards, stages)
def test_the_order_of_answers_never_matters(data, whole, stage):
    answers = data.draw(answers_to(whole, stage))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))

    assert ev.evaluate(whole, shuffled, stage) == ev.evaluate(whole, answers, stage)


@given(data, standards, stages)
def test_the_order_of_several_figures_or_parts_never_matters(data, whole, stage):
    answers = data.draw(answers_to(whole, stage))
    lists = [code for code, value in answers.items() if isinstance(value, list)]
    shuffled = answers | {code: data.draw(st.permutations(answers[code])) for code in lists}

    assert found(whole, shuffled, stage) == found(whole, answers, stage)
    assert blocked(whole, shuffled, stage) == blocked(whole, answers, stage)


def is_met(one, value, stage):
    return not judge(replace(one, group=""), value, stage).findings


def is_asked(whole, one, answers, stage):
    """Whether a check wants an answer: its item applies, and no alternative to it is met."""
    item = whole.item(one.item_code)
    first = item.checks[0]
    if first.kind == ev.CONDITION and answers.get(first.code) is not True:
        return False
    return not any(
        other.group
        and other.group == one.group
        and not isinstance(answers.get(other.code), ev.NotApplicable)
        and is_met(other, answers.get(other.code), stage)
        for other in item.checks
    )


@given(data, standards, stages)
def test_no_answer_never_passes_a_strict_check(data, whole, stage):
    strict = [check for check in whole.checks if check.strict]
    assume(strict)
    answers, one = data.draw(answers_to(whole, stage)), data.draw(st.sampled_from(strict))
    nothing = data.draw(st.sampled_from([*NOTHING, ...]))
    left = {code: value for code, value in answers.items() if code != one.code}
    given_nothing = left if nothing is ... else left | {one.code: nothing}

    if one.kind == ev.CONDITION or is_asked(whole, one, given_nothing, stage):
        assert not ev.evaluate(whole, given_nothing, stage).passed
