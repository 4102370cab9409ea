"""Findings as sentences a person can act on."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from standards import wording
from standards.engine import evaluation as ev
from standards.engine.periods import Period

from .checks import KINDS, check, judge, standard

RULES = {
    "number_at_least": "后备干部：不少于 3 人",
    "number_at_most": "后备干部：不多于 0 人",
    "percent_at_least": "后备干部：不低于 80%",
    "percent_at_most": "后备干部：不高于 10%",
    "must_be_true": "后备干部：应当做到",
    "must_be_false": "后备干部：不得发生",
    "frequency_per_year_at_least": "后备干部：不少于 2 次/年",
    "frequency_per_month_at_least": "后备干部：不少于 1 次/月",
    "age_at_most": "后备干部：不超过 40 岁",
    "declared_qualitative": "后备干部：需如实说明情况",
}


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def said(one, value, stage="self_assessment"):
    (finding,) = judge(one, value, stage).findings
    return wording.message(one, finding)


@pytest.mark.parametrize("kind", KINDS)
def test_each_rule_names_its_metric_threshold_and_unit(kind):
    assert wording.rule(check(kind, metric_zh="后备干部")) == RULES[kind]


def test_metrics_are_named_in_the_language_of_the_reader():
    both = check("number_at_least", metric_zh="后备干部人数", metric_en="Reserve cadres")
    chinese_only = check("number_at_least", metric_zh="后备干部人数")
    with translation.override("en"):
        assert wording.metric(both) == "Reserve cadres"
        assert wording.metric(chinese_only) == "后备干部人数"
    assert wording.metric(both) == "后备干部人数"


def test_a_missed_threshold_names_the_value_and_what_to_do():
    assert said(check("percent_at_least"), 75) == (
        "现为“75%”，未达到要求。请先整改；如属填写错误，请更正。"
    )


def test_an_advisory_miss_asks_for_the_reason():
    assert "请在说明中写明原因" in said(check("percent_at_least", strict=False), 75)


def test_a_veto_names_its_document():
    vetoed = standard(check("must_be_false")).configured(
        vetoes={"NC-01-C1": "县委办〔2026〕3号"}, local_terms={}
    )
    (finding,) = ev.evaluate(vetoed, {"NC-01-C1": True}, "self_assessment").findings
    assert "依据：县委办〔2026〕3号" in wording.message(vetoed.check("NC-01-C1"), finding)


def test_an_undefined_local_term_names_the_term_and_who_can_help():
    said_ = said(check("must_be_true", local_term="四个统一", term_undefined=True), True)
    assert said_ == "“四个统一”的本县释义尚未录入，请联系县级经办人。"


@pytest.mark.parametrize(
    ("one", "value", "wanted"),
    [
        (check("number_at_least", whole_numbers=True), "五", "请填写整数，单位为“人”"),
        (check("percent_at_least"), "八成", "请填写数字，单位为“%”"),
        (check("must_be_true"), 5, "请选择“是”或“否”"),
        (check("declared_qualitative"), 5, "请写文字说明"),
        (check("percent_at_least"), 120, "“120%”超出范围"),
        (check("number_at_least"), ..., "还没有填写"),
        (check("age_at_most"), ev.NotApplicable("无"), "不能选“不适用”"),
    ],
)
def test_what_was_typed_wrongly_says_what_is_wanted(one, value, wanted):
    assert wanted in said(one, value)


def test_a_judgement_of_not_conforming_is_said_so():
    assert "不符合" in said(check("declared_qualitative"), ev.FAILS, "verification")


def test_a_condition_says_what_no_means():
    condition = ev.Check(
        "NC-13-IF", "NC-13", ev.CONDITION, "boolean", None, strict=True, metric_zh="有流动党员"
    )
    assert wording.rule(condition) == "有流动党员：选“否”的，本条不适用"
    assert said(condition, 5) == "填写的内容不符，请选择“是”或“否”。"


def test_a_veto_names_the_body_that_confirms_the_fact():
    vetoed = standard(check("must_be_false")).configured(
        vetoes={"NC-01-C1": "县委办〔2026〕3号"},
        confirming={"NC-01-C1": "县公安局", "NC-01-C2": "县信访局"},
        local_terms={},
    )
    (finding,) = ev.evaluate(vetoed, {"NC-01-C1": True}, "self_assessment").findings
    assert "核实机关：县公安局" in wording.message(vetoed.check("NC-01-C1"), finding)


def test_a_body_without_a_veto_confirms_nothing():
    plain = standard(check("must_be_false")).configured(
        vetoes={}, confirming={"NC-01-C1": "县公安局"}, local_terms={}
    )
    assert plain.check("NC-01-C1").confirmed_by == ""


def test_a_rate_names_its_two_figures_and_how_many_are_needed():
    rate = check(
        "percent_at_least",
        rate=("a", "b"),
        least=10,
        asked_as=(ev.Figure("a", "满意份数"), ev.Figure("b", "有效份数")),
    )
    assert said(rate, 90) == "请分别填写：满意份数、有效份数，均为整数。"
    assert said(rate, {"a": 5, "b": 5}) == "有效数量不足 10，不能计算比例，请补充后再填。"


def test_an_alternative_says_that_one_of_its_group_is_enough():
    assert wording.rule(check("number_at_least", metric_zh="面积", group="场所")) == (
        "面积：不少于 3 人（“场所”各项满足其一即可）"
    )


# As a question, and as an answer stands to it


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("must_be_true", "是否做到：群体性事件？"),
        ("must_be_false", "是否发生过：群体性事件？"),
        ("number_at_least", "群体性事件"),
    ],
)
def test_what_is_answered_by_yes_or_no_is_asked_as_a_question(kind, asked):
    assert wording.question(check(kind, metric_zh="群体性事件")) == asked


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (check("number_at_least"), "要求 ≥ 3 人"),
        (check("number_at_most"), "要求 ≤ 0 人"),
        (check("percent_at_least", strict=False), "原则上要求 ≥ 80%"),
        (check("must_be_true"), ""),
        (check("must_be_true", group="收入"), "“收入”各项满足其一即可"),
        (check("number_at_least", group="收入"), "要求 ≥ 3 人，“收入”各项满足其一即可"),
    ],
)
def test_beside_a_question_stands_only_what_it_does_not_say(one, said):
    assert wording.requirement(one) == said


@pytest.mark.parametrize(
    ("one", "value", "said"),
    [
        (check("number_at_least"), 1, "1 人，要求 ≥ 3 人，差 2 人"),
        (check("number_at_least"), 3, "3 人，要求 ≥ 3 人"),
        (check("number_at_most"), 2, "2 人，要求 ≤ 0 人，超出 2 人"),
        (check("number_at_least"), [5, 2], "5、2 人，要求 ≥ 3 人，差 1 人"),
        (check("percent_at_least"), 79.96, "79.96%，要求 ≥ 80%，差 0.1 个百分点"),
        (
            check("percent_at_least", rate=("part", "whole")),
            {"part": 7, "whole": 20},
            "7 / 20 = 35%，要求 ≥ 80%，差 45 个百分点",
        ),
        (
            check("percent_at_least", rate=("part", "whole")),
            {"part": 7, "whole": None},
            "7、未填写",
        ),
        (check("number_at_least"), "许多", "许多"),
        (
            check("frequency_per_month_at_least"),
            [1] * 10 + [0] * 2,
            "12 个月中 10 个月有，要求 ≥ 1 次/月，差 2 个月",
        ),
        (check("frequency_per_month_at_least"), [1] * 12, "12 个月都有，要求 ≥ 1 次/月"),
        (check("frequency_per_month_at_least"), 1, "1 次/月，要求 ≥ 1 次/月"),
        (check("must_be_false"), True, "发生过，未达到要求"),
        (check("must_be_false"), False, "没有发生"),
        (check("must_be_true"), False, "没有做到，未达到要求"),
        (check("must_be_true"), True, "已做到"),
        (check("must_be_true"), "也许", "也许"),
        (check("must_be_false"), "也许", "也许"),
        (check("declared_qualitative"), "每月研究一次", "已写明"),
        (check("declared_qualitative"), ev.FAILS, "不符合"),
        (replace(check("must_be_true"), kind=ev.CONDITION), True, "本条适用"),
        (replace(check("must_be_true"), kind=ev.CONDITION), "也许", "也许"),
        (check("age_at_most"), None, "未填写"),
        (check("age_at_most"), ev.NotApplicable("没有"), "不适用：没有"),
    ],
)
def test_an_answer_stands_beside_what_is_asked_with_what_is_missing(one, value, said):
    assert wording.standing(one, value) == said


def test_a_veto_says_what_it_means_before_it_is_answered():
    veto = check("must_be_false", document="县委〔2025〕1号")
    assert wording.consequence(veto) == (
        "一票否决事项：如有，本批次不能申报（依据：县委〔2025〕1号）。"
    )
    confirmed = check("must_be_false", document="县委〔2025〕1号", confirmed_by="公安局")
    assert "核实机关：公安局" in wording.consequence(confirmed)
    assert wording.consequence(check("must_be_false")) == ""


def test_the_months_of_a_period_bear_their_names():
    named = wording.months(Period(date(2025, 3, 1), date(2026, 2, 28)))
    assert (named[0], named[10], len(named)) == ("2025年3月", "2026年1月", 12)
    assert wording.months(None)[0] == "第 1 个月"
