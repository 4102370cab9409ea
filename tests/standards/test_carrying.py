"""Which answers of an earlier application may still be true in a later one."""

from dataclasses import replace

import pytest

from standards import carrying, examples
from standards.carrying import News
from standards.engine.evaluation import Figure, Item, NotApplicable, Section, Standard
from tests.standards.checks import check


def standard(*checks):
    item = Item("NC-01", "", checks)
    return Standard("NC", 1, (Section("", "", (item,)),))


@pytest.mark.parametrize("kind", ["must_be_true", "declared_qualitative"])
def test_what_was_done_or_described_may_still_be_true(kind):
    assert carrying.may_still_be_true(check(kind, scope="current"))


@pytest.mark.parametrize(
    "kind",
    [
        "must_be_false",
        "number_at_least",
        "percent_at_least",
        "frequency_per_month_at_least",
        "age_at_most",
    ],
)
def test_a_negative_fact_and_a_figure_are_asked_anew(kind):
    assert not carrying.may_still_be_true(check(kind, scope="current"))


@pytest.mark.parametrize(
    "more",
    [
        {"scope": "year"},
        {"scope": "term"},
        {"document": "县委〔2026〕2号"},
        {"local_term": "四个统一"},
        {"asked_as": (Figure("now", "今年"), Figure("then", "去年"))},
    ],
    ids=str,
)
def test_so_is_what_looks_back_a_veto_a_local_term_and_what_is_told_in_figures(more):
    assert not carrying.may_still_be_true(check("must_be_true", **more))


def test_a_check_of_the_same_code_that_asks_the_same_is_no_news():
    one = check("must_be_true")
    assert carrying.news(one, standard(one)) is None
    assert carrying.news(one, standard(replace(one, metric_en="Otherwise"))) is None
    assert carrying.news(replace(one, document="县委〔2026〕2号"), standard(one)) is None


def test_one_that_is_new_or_asks_otherwise_is_told():
    one = check("must_be_true")
    assert carrying.news(replace(one, code="NC-01-C9"), standard(one)) is News.ADDED
    assert carrying.news(replace(one, strict=not one.strict), standard(one)) is News.CHANGED


def test_what_fell_short_did_not_apply_or_was_never_said_is_not_carried():
    one = check("must_be_true", may_be_not_applicable=True)
    before = standard(one)

    assert carrying.carried(one, value=True, before=before)
    assert not carrying.carried(one, value=False, before=before)
    assert not carrying.carried(one, NotApplicable("没有"), before)
    assert not carrying.carried(one, None, before)
    assert not carrying.carried(one, value=True, before=standard(replace(one, phrase="别的")))


def test_all_that_may_be_carried_is_found_by_its_code():
    done, text = check("must_be_true"), check("declared_qualitative", code="NC-01-C2")
    figure = check("number_at_least", code="NC-01-C3")
    now = standard(done, text, figure)
    said = {
        done.code: True,
        text.code: "写明",
        figure.code: examples.just_passing(figure, judged=False),
        "NC-99-C1": True,
    }

    assert carrying.all_carried(now, said, now) == {done.code: True, text.code: "写明"}
