"""The item card: questions, verdicts at their fields, and the conclusion that they lead to."""

from dataclasses import replace

import pytest
from django.utils import translation

from standards.engine import evaluation as ev
from tests.standards.checks import check
from workflows.case.card import Progress, Standing, Stated, card

PEOPLE = replace(check("number_at_least"), code="NC-01-C1", item_code="NC-01")
DONE = replace(check("must_be_true"), code="NC-01-C2", item_code="NC-01", metric_zh="班子健全")
MORE = replace(DONE, code="NC-01-C3", metric_zh="分工明确")
NEVER = replace(check("must_be_false"), code="NC-01-C4", item_code="NC-01", metric_zh="违纪违法")
TOLD = replace(check("declared_qualitative"), code="NC-01-C5", item_code="NC-01")
AREA = replace(PEOPLE, code="NC-01-C6", strict=False)
EXCEPT = replace(DONE, code="NC-01-C7", may_be_not_applicable=True)
ONLY_IF = replace(DONE, code="NC-01-C0", kind=ev.CONDITION, metric_zh="有流动党员")


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def shown(*checks, conclusion="", note="", **answers):
    """The card of an item with ``checks``; answers by the end of their code."""
    item = ev.Item("NC-01", "条文", checks)
    section = ev.Section("一", "组织建设", (item,))
    standard = ev.Standard("NC", 1, (section,))
    values = {f"NC-01-{end}": value for end, value in answers.items()}
    report = ev.evaluate(standard, values, "self_assessment")
    return card(item, Stated(values, conclusion, note), report.findings)


def verdict(one, end):
    return next(each for each in one.questions if each.code.endswith(end)).verdict


def test_a_figure_that_falls_short_says_at_its_field_by_how_much():
    told = verdict(shown(PEOPLE, C1=1), "C1")
    assert (told.standing, told.said) == (Standing.SHORT, "1 人，要求 ≥ 3 人，差 2 人")


def test_what_is_not_answered_yet_has_no_verdict():
    assert verdict(shown(PEOPLE, DONE, C2=True), "C1") is None


def test_an_advisory_miss_asks_for_its_reason_and_leads_to_met():
    one = shown(AREA, C6=1)
    told = verdict(one, "C6")
    assert told.standing == Standing.REMARK
    assert "差 2 人。低于原则性要求，请在说明中写明原因" in told.said
    assert (one.proposed, one.needs_note) == ("met", True)


def test_a_value_that_cannot_be_judged_leaves_the_item_open():
    one = shown(PEOPLE, C1="许多")
    assert verdict(one, "C1").standing == Standing.UNSETTLED
    assert one.proposed == ""


def test_a_veto_says_what_it_means_before_it_is_answered_and_after():
    veto = replace(NEVER, document="县委〔2025〕1号")
    (before,) = shown(veto).questions
    assert before.consequence.startswith("一票否决事项：如有，本批次不能申报")
    assert before.verdict is None
    after = verdict(shown(veto, C4=True), "C4")
    assert (after.standing, "一票否决" in after.said) == (Standing.SHORT, True)


@pytest.mark.parametrize(
    ("checks", "answers", "proposed"),
    [
        ((PEOPLE, NEVER), {"C1": 3, "C4": False}, "met"),
        ((PEOPLE, NEVER), {"C1": 2, "C4": False}, "not_met"),
        ((PEOPLE, NEVER), {"C1": 3}, ""),
        ((PEOPLE, NEVER), {}, ""),
        ((PEOPLE, TOLD), {"C1": 3, "C5": "每月研究"}, "met"),
        ((ONLY_IF, PEOPLE), {"C0": False}, "not_applicable"),
        ((ONLY_IF, PEOPLE), {"C0": True}, ""),
        ((EXCEPT,), {"C7": ev.NotApplicable("没有新发展党员")}, "not_applicable"),
    ],
)
def test_the_conclusion_is_proposed_where_every_check_has_a_verdict(checks, answers, proposed):
    one = shown(*checks, **answers)
    assert one.proposed == one.offers == proposed


def test_nothing_is_proposed_over_a_conclusion_but_a_contradiction_is_said():
    one = shown(PEOPLE, conclusion="met", C1=1)
    assert (one.offers, one.contradicts) == ("", True)
    assert not shown(PEOPLE, conclusion="met", C1=3).contradicts


def test_one_press_affirms_plain_positive_questions_only():
    one = shown(PEOPLE, NEVER, DONE, MORE, EXCEPT, TOLD)
    together, rest = one.groups
    assert together.is_one_press
    assert together.codes == ("NC-01-C2", "NC-01-C3")
    assert rest.codes == ("NC-01-C1", "NC-01-C4", "NC-01-C7", "NC-01-C5")
    assert not rest.is_one_press


@pytest.mark.parametrize(
    "apart",
    [
        {"document": "县委〔2025〕1号"},
        {"group": "收入"},
        {"may_be_not_applicable": True},
        {"asked_as": (ev.Figure("this_year", "今年"), ev.Figure("last_year", "去年"))},
    ],
)
def test_a_veto_an_alternative_an_exception_and_a_figure_are_answered_by_themselves(apart):
    (group,) = shown(DONE, replace(MORE, **apart)).groups
    assert not group.is_one_press


def test_the_condition_of_an_item_is_asked_first():
    one = shown(ONLY_IF, PEOPLE, DONE, MORE)
    assert [group.codes[0] for group in one.groups] == ["NC-01-C0", "NC-01-C2", "NC-01-C1"]


@pytest.mark.parametrize(
    ("stated", "progress"),
    [
        ({}, Progress.EMPTY),
        ({"C1": 3}, Progress.BEGUN),
        ({"note": "先写一句"}, Progress.BEGUN),
        ({"C1": 3, "conclusion": "met"}, Progress.FILLED),
        ({"conclusion": "met"}, Progress.BEGUN),
        ({"C1": 1, "conclusion": "not_met"}, Progress.BEGUN),
        ({"C1": 1, "conclusion": "not_met", "note": "正在选配"}, Progress.FILLED),
    ],
)
def test_an_item_is_filled_when_it_is_answered_concluded_and_explained(stated, progress):
    assert shown(PEOPLE, **stated).progress == progress


def test_what_the_checks_quote_is_marked():
    one = shown(replace(DONE, phrase="健全"), replace(MORE, phrase="班子健全"))
    assert one.item.phrases == ("健全", "班子健全")
