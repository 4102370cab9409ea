"""Checks judged together: alternatives, conditions, rates made of two counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.engine import evaluation as ev
from tests.standards.checks import check, judge, reason, standard

AREA = check("number_at_least", code="NC-19-C1", threshold=200, group="场所")
MONEY = check("number_at_least", code="NC-19-C2", threshold=5, group="场所")
BOTH = (AREA, MONEY)
CONDITION = ev.Check("NC-13-IF", "NC-13", ev.CONDITION, "boolean", None, strict=True)
MEETINGS = check("frequency_per_year_at_least", code="NC-13-C1")
CONDITIONAL = (CONDITION, MEETINGS)
RATE = check(
    "percent_at_least",
    rate=("satisfied", "valid"),
    least=10,
    asked_as=(ev.Figure("satisfied", "满意份数"), ev.Figure("valid", "有效份数")),
)


def found(checks, answers, stage="self_assessment"):
    """Compiled when asked, not when imported: mutants must find their way into the rules."""
    report = ev.evaluate(standard(*checks), answers, stage)
    return [(finding.check_code, finding.reason) for finding in report.findings]


@pytest.mark.parametrize(
    "answers",
    [
        {"NC-19-C1": 200},
        {"NC-19-C2": 5},
        {"NC-19-C1": 10, "NC-19-C2": 5},
        {"NC-19-C1": "二百", "NC-19-C2": 5},
    ],
)
def test_one_of_several_alternatives_is_enough(answers):
    assert found(BOTH, answers) == []


def test_alternatives_that_all_fail_are_found_as_far_as_they_were_answered():
    assert found(BOTH, {"NC-19-C1": 10}) == [("NC-19-C1", ev.NOT_MET)]
    assert found(BOTH, {"NC-19-C1": 10, "NC-19-C2": 1}) == [
        ("NC-19-C1", ev.NOT_MET),
        ("NC-19-C2", ev.NOT_MET),
    ]


def test_alternatives_without_any_answer_are_all_asked_for():
    assert found(BOTH, {}) == [("NC-19-C1", ev.NOT_ANSWERED), ("NC-19-C2", ev.NOT_ANSWERED)]


def test_an_alternative_that_does_not_apply_meets_nothing_for_the_others():
    optional = check("number_at_least", code="NC-19-C1", group="场所", may_be_not_applicable=True)
    whole = (optional, MONEY)
    away = {"NC-19-C1": ev.NotApplicable("没有场所")}

    assert found(whole, away) == [("NC-19-C2", ev.NOT_ANSWERED)]
    assert found(whole, away | {"NC-19-C2": 5}) == []


def test_when_no_alternative_applies_nothing_is_asked():
    both = (
        check("number_at_least", code="NC-19-C1", group="场所", may_be_not_applicable=True),
        check("number_at_least", code="NC-19-C2", group="场所", may_be_not_applicable=True),
    )
    nothing = ev.NotApplicable("没有场所")
    assert found(both, {"NC-19-C1": nothing, "NC-19-C2": nothing}) == []


def test_groups_of_the_same_name_in_two_items_are_two_groups():
    other = check("number_at_least", code="NC-20-C1", group="场所")
    assert found((AREA, MONEY, other), {"NC-19-C1": 200}) == [("NC-20-C1", ev.NOT_ANSWERED)]


def test_findings_stand_in_the_order_of_the_standard_with_alternatives_at_their_first():
    first = check("must_be_true", code="NC-18-C1")
    between = check("must_be_true", code="NC-19-C3")
    last = check("must_be_true", code="NC-20-C1")
    codes = [code for code, _reason in found((first, AREA, between, MONEY, last), {})]
    assert codes == ["NC-18-C1", "NC-19-C1", "NC-19-C2", "NC-19-C3", "NC-20-C1"]


def test_an_item_whose_condition_is_not_fulfilled_asks_nothing():
    assert found(CONDITIONAL, {"NC-13-IF": False}) == []


def test_an_item_whose_condition_is_fulfilled_asks_its_checks():
    assert found(CONDITIONAL, {"NC-13-IF": True}) == [("NC-13-C1", ev.NOT_ANSWERED)]
    assert found(CONDITIONAL, {"NC-13-IF": True, "NC-13-C1": 1}) == [("NC-13-C1", ev.NOT_MET)]
    assert found(CONDITIONAL, {"NC-13-IF": True, "NC-13-C1": 2}) == []


@pytest.mark.parametrize("stage", ["self_assessment", "verification"])
def test_a_condition_without_an_answer_is_asked_for_and_nothing_else_is(stage):
    assert found(CONDITIONAL, {"NC-13-C1": 2}, stage) == [("NC-13-IF", ev.NOT_ANSWERED)]


def test_a_condition_is_yes_or_no():
    assert found(CONDITIONAL, {"NC-13-IF": 1}) == [("NC-13-IF", ev.WRONG_TYPE)]


def test_a_condition_may_stand_over_alternatives():
    whole = (ev.Check("NC-19-IF", "NC-19", ev.CONDITION, "boolean", None, strict=True), AREA, MONEY)
    assert found(whole, {"NC-19-IF": False}) == []
    assert found(whole, {"NC-19-IF": True, "NC-19-C1": 1}) == [("NC-19-C1", ev.NOT_MET)]


def test_a_finding_of_composed_checks_shows_what_was_answered():
    for checks, answers in ((CONDITIONAL, {"NC-13-IF": "是"}), (BOTH, {"NC-19-C1": 10})):
        (finding,) = ev.evaluate(standard(*checks), answers, "self_assessment").findings
        assert finding.item_code == checks[0].item_code
        assert [finding.value] == list(answers.values())
        assert finding.blocking


@pytest.mark.parametrize("group", ["", "组织"])
def test_on_site_what_stands_under_a_condition_is_judged(group):
    told = check("declared_qualitative", code="NC-13-C2", group=group)
    checks, there = (CONDITION, told), {"NC-13-IF": True}
    assert found(checks, there | {"NC-13-C2": "有记录"}) == []
    assert found(checks, there | {"NC-13-C2": ev.CONFORMS}, "verification") == []
    assert found(checks, there | {"NC-13-C2": ev.FAILS}, "verification") == [
        ("NC-13-C2", ev.JUDGED_NOT_CONFORMING)
    ]


def test_a_miss_that_is_only_remarked_on_excuses_no_strict_alternative_from_its_answer():
    wish = check("number_at_least", code="NC-19-C2", threshold=5, strict=False, group="场所")
    missed = {"NC-19-C2": 1}
    assert found((AREA, wish), missed) == [
        ("NC-19-C1", ev.NOT_ANSWERED),
        ("NC-19-C2", ev.ADVISORY_NOT_MET),
    ]
    assert found((AREA, wish), missed | {"NC-19-C1": 10}) == [
        ("NC-19-C1", ev.NOT_MET),
        ("NC-19-C2", ev.ADVISORY_NOT_MET),
    ]
    assert found((AREA, wish), missed | {"NC-19-C1": 200}) == []
    assert found((AREA, wish), {"NC-19-C1": 10}) == [("NC-19-C1", ev.NOT_MET)]


def test_among_alternatives_that_are_all_advisory_one_answer_is_enough_to_go_on():
    wishes = tuple(
        check("number_at_least", code=code, threshold=5, strict=False, group="场所")
        for code in ("NC-19-C1", "NC-19-C2")
    )
    assert found(wishes, {"NC-19-C2": 1}) == [("NC-19-C2", ev.ADVISORY_NOT_MET)]
    assert found(wishes, {}) == [("NC-19-C1", ev.NOT_ANSWERED), ("NC-19-C2", ev.NOT_ANSWERED)]


def test_a_condition_alone_asks_only_itself():
    assert found((CONDITION,), {"NC-13-IF": True}) == []


@pytest.mark.parametrize(
    ("satisfied", "valid", "wanted"),
    [
        (36, 45, None),
        (35, 45, ev.NOT_MET),
        (8, 10, None),
        (0, 10, ev.NOT_MET),
        (9, 9, ev.TOO_FEW),
        (0, 0, ev.TOO_FEW),
        (51, 50, ev.OUT_OF_RANGE),
        (-1, 50, ev.OUT_OF_RANGE),
        (40, 10**13, ev.OUT_OF_RANGE),
        (40.5, 50, ev.WRONG_TYPE),
        ("40", 50, ev.WRONG_TYPE),
        (None, 50, ev.NOT_ANSWERED),
        (40, "", ev.NOT_ANSWERED),
    ],
)
def test_a_rate_is_made_of_two_counts(satisfied, valid, wanted):
    assert reason(RATE, {"satisfied": satisfied, "valid": valid}) == wanted


@pytest.mark.parametrize("value", [85, "85%", [40, 50], True])
def test_a_rate_that_is_made_of_counts_is_not_taken_ready_made(value):
    assert reason(RATE, value) == ev.WRONG_TYPE


def test_a_rate_over_nothing_is_none_even_where_no_least_number_is_set():
    free = check("percent_at_most", rate=("a", "b"))
    assert reason(free, {"a": 0, "b": 0}) == ev.TOO_FEW
    assert reason(free, {"a": 0, "b": 1}) is None
    assert reason(free, {"a": 1, "b": 1}) == ev.NOT_MET


def test_too_few_sheets_block_even_where_the_wording_is_advisory():
    advisory = check("percent_at_least", rate=("a", "b"), least=10, strict=False)
    assert not judge(advisory, {"a": 9, "b": 9}).passed
    assert judge(advisory, {"a": 1, "b": 10}).passed


counts = st.integers(0, 500)


@given(counts, counts, st.integers(0, 100), st.integers(0, 30))
def test_one_more_satisfied_never_turns_a_pass_into_a_failure(satisfied, others, wanted, least):
    one = check("percent_at_least", threshold=wanted, rate=("satisfied", "valid"), least=least)
    valid = satisfied + others + 1
    if judge(one, {"satisfied": satisfied, "valid": valid}).passed:
        assert judge(one, {"satisfied": satisfied + 1, "valid": valid}).passed


members = st.lists(
    st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from([..., None, 0, 3, 9, "九", True])),
    min_size=1,
    max_size=4,
)


def _alternatives(drawn):
    made = [
        check("number_at_least", code=f"NC-01-C{n}", threshold=threshold, strict=strict, group="甲")
        for n, (threshold, strict, _value) in enumerate(drawn)
    ]
    answers = {f"NC-01-C{n}": value for n, (_t, _s, value) in enumerate(drawn) if value is not ...}
    return standard(*made), answers


@given(members, st.integers(0, 3), st.integers(0, 9))
def test_a_better_alternative_never_turns_a_pass_into_a_failure(drawn, place, better):
    whole, answers = _alternatives(drawn)
    code = f"NC-01-C{place % len(drawn)}"
    before = answers.get(code)
    was_a_number = isinstance(before, int) and before is not True
    passed = ev.evaluate(whole, answers, "self_assessment").passed
    if was_a_number and better >= before and passed:
        assert ev.evaluate(whole, answers | {code: better}, "self_assessment").passed


@given(members)
def test_alternatives_without_an_answer_never_pass(drawn):
    whole, _answers = _alternatives(drawn)
    assert not ev.evaluate(whole, {}, "self_assessment").passed


@given(members, st.randoms())
def test_the_order_of_alternatives_and_answers_never_matters_to_the_verdict(drawn, random):
    whole, answers = _alternatives(drawn)
    checks = list(whole.checks)
    random.shuffle(checks)
    shuffled = dict(random.sample(list(answers.items()), len(answers)))
    there = ev.evaluate(whole, answers, "self_assessment")
    here = ev.evaluate(standard(*checks), shuffled, "self_assessment")
    assert there.passed == here.passed
    assert {f.check_code for f in there.findings} == {f.check_code for f in here.findings}
