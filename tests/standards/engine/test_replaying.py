"""What-if: the same answers under two standards."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from standards.engine.replaying import Comparison, Outcome, Tally, is_same_question, with_thresholds
from tests.standards.checks import KINDS, check, standard

AREA = check(
    "number_at_least", code="NC-01-C1", threshold=300, metric_zh="面积", phrase="300平方以上"
)
RATE = check("percent_at_least", code="NC-01-C2", metric_zh="满意率", phrase="80%以上")
NEW = check("must_be_true", code="NC-02-C1", metric_zh="有制度", phrase="有制度")
OLD = standard(AREA, RATE)

values = st.fixed_dictionaries(
    {},
    optional={
        "NC-01-C1": st.integers(0, 600),
        "NC-01-C2": st.integers(0, 100),
        "NC-02-C1": st.booleans(),
    },
)


def compared(before, after):
    return Comparison(before, after, "self_assessment")


def tally(comparison, rows):
    counted = Tally()
    for row in rows:
        counted.count(comparison.judge(row))
    return counted


def test_a_higher_threshold_turns_those_between_the_two():
    higher = with_thresholds(OLD, {"NC-01-C1": Decimal(400), "NC-09-C9": Decimal(1)})
    rows = [{"NC-01-C1": area, "NC-01-C2": 90} for area in (299, 300, 399, 400)]
    found = tally(compared(OLD, higher), rows)

    assert (found.rows, found.passed_before) == (4, 3)
    assert (found.after[Outcome.PASSES], found.after[Outcome.FAILS]) == (1, 3)
    assert (found.falls, found.rises) == (2, 0)
    assert found.turned == {"NC-01-C1": 2}
    assert found.blocked_before == {"NC-01-C1": 1}
    assert found.blocked_after == {"NC-01-C1": 3}


def test_a_lower_threshold_lifts_those_that_nothing_else_holds():
    lower = with_thresholds(OLD, {"NC-01-C1": Decimal("249.5")})
    rows = [{"NC-01-C1": 250, "NC-01-C2": rate} for rate in (90, 10)]
    first, second = (compared(OLD, lower).judge(row) for row in rows)

    assert first.rises
    assert first.turned_by == ("NC-01-C1",)
    assert not second.rises
    assert second.turned_by == ()
    assert second.after == Outcome.FAILS
    assert tally(compared(OLD, lower), rows[:1] * 2).rises == 2


def test_a_threshold_tried_is_kept_as_the_figure_it_is():
    tried = with_thresholds(OLD, {"NC-01-C1": Decimal("400.00"), "NC-01-C2": Decimal("79.5")})

    assert [repr(one.threshold) for one in tried.checks] == ["400", "79.5"]
    assert (tried.category, tried.number) == (OLD.category, OLD.number)


def test_what_was_never_asked_turns_nobody():
    comparison = compared(OLD, standard(AREA, RATE, NEW))
    fine = comparison.judge({"NC-01-C1": 300, "NC-01-C2": 80})
    short = comparison.judge({"NC-01-C1": 1, "NC-01-C2": 80})

    assert comparison.asked_anew == {"NC-02-C1"}
    assert (fine.after, fine.falls, fine.turned_by) == (Outcome.TO_FILL, False, ())
    assert short.after == Outcome.FAILS
    assert (short.blocked_after, short.lacks) == ({"NC-01-C1"}, {"NC-02-C1"})
    assert tally(comparison, [{"NC-01-C1": 300, "NC-01-C2": 80}]).lacks == {"NC-02-C1": 1}


def test_an_answer_to_another_question_under_the_same_code_is_not_carried_over():
    other = check("number_at_least", code="NC-01-C1", metric_zh="人数", phrase="3人", threshold=3)
    judged = compared(OLD, standard(other, RATE)).judge({"NC-01-C1": 300, "NC-01-C2": 80})

    assert judged.after == Outcome.TO_FILL


def test_what_makes_it_the_same_question():
    assert is_same_question(AREA, replace(AREA, metric_zh="建筑面积"))
    assert is_same_question(AREA, replace(AREA, phrase="400平方以上", threshold=400))
    assert is_same_question(AREA, replace(AREA, kind="number_at_most"))
    assert not is_same_question(AREA, replace(AREA, metric_zh="建筑面积", phrase="400平方以上"))
    assert not is_same_question(AREA, replace(AREA, unit="亩"))
    assert not is_same_question(AREA, replace(AREA, kind="percent_at_least"))


@given(st.lists(values, max_size=8))
def test_a_standard_against_itself_turns_nobody(rows):
    found = tally(compared(OLD, OLD), rows)
    assert (found.falls, found.rises, found.after[Outcome.TO_FILL]) == (0, 0, 0)
    assert found.blocked_before == found.blocked_after


@given(st.lists(values, max_size=8), st.randoms())
def test_the_order_of_rows_never_matters(rows, chance):
    comparison = compared(OLD, standard(replace(AREA, threshold=400), RATE, NEW))
    shuffled = chance.sample(rows, len(rows))
    assert tally(comparison, rows) == tally(comparison, shuffled)


@given(st.lists(values, max_size=8))
def test_every_row_is_counted_once(rows):
    found = tally(compared(OLD, standard(replace(AREA, threshold=400), RATE, NEW)), rows)
    assert found.after.total() == found.rows == len(rows)
    passing_after = found.after[Outcome.PASSES] + found.after[Outcome.TO_FILL]
    assert found.passed_before - found.falls + found.rises == passing_after


def test_every_kind_of_check_can_be_replayed():
    every = standard(*(check(kind, code=f"NC-{n:02d}-C1") for n, kind in enumerate(KINDS, 1)))
    judged = compared(every, every).judge({})
    assert judged.blocked_before == judged.blocked_after == {c.code for c in every.checks}
