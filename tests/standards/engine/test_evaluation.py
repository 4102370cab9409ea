"""What the rule engine says of each kind of check."""

import ast
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from standards.engine import evaluation as ev
from tests.standards.checks import KINDS, check, judge, reason, standard

# kind: (values that meet the check, values that do not), at self-assessment
MET_AND_NOT = {
    "number_at_least": ([3, 4, 10**9, Decimal(3), [3, 5]], [2, 0, Decimal(2), [5, 2]]),
    "number_at_most": ([0, Decimal(0), [0, 0]], [1, 7, [0, 1]]),
    "percent_at_least": ([80, 80.0, 100, Decimal("80.5")], [79.9, 0, Decimal("79.99")]),
    "percent_at_most": ([10, 0, 9.5], [10.1, 100, Decimal("10.01")]),
    "must_be_true": ([True], [False]),
    "must_be_false": ([False], [True]),
    "frequency_per_year_at_least": ([2, 12, (2, 3)], [1, 0, (4, 1)]),
    "frequency_per_month_at_least": ([1, 4, [1] * 12], [0, [1] * 11 + [0]]),
    "age_at_most": ([40, 18, [25, 40]], [41, 120, [25, 41]]),
}
MET = [(kind, value) for kind, (met, _) in MET_AND_NOT.items() for value in met]
NOT_MET = [(kind, value) for kind, (_, missed) in MET_AND_NOT.items() for value in missed]
NUMERIC = [kind for kind, (_, unit) in KINDS.items() if unit not in ("boolean", "text")]


@pytest.mark.parametrize(("kind", "value"), MET)
def test_a_value_on_the_right_side_of_the_bound_or_on_it_passes(kind, value):
    report = judge(check(kind), value)
    assert report.passed
    assert report.findings == ()
    assert report.checks == 1


@pytest.mark.parametrize(("kind", "value"), NOT_MET)
def test_a_strict_check_that_is_not_met_blocks(kind, value):
    report = judge(check(kind), value)
    assert report.findings == (ev.Finding("NC-01", "NC-01-C1", ev.NOT_MET, value, blocking=True),)
    assert not report.passed
    assert report.blocking == report.findings
    assert report.remarks == ()


@pytest.mark.parametrize(("kind", "value"), NOT_MET)
def test_an_advisory_check_that_is_not_met_is_a_remark(kind, value):
    report = judge(check(kind, strict=False), value)
    assert [finding.reason for finding in report.remarks] == [ev.ADVISORY_NOT_MET]
    assert report.blocking == ()
    assert report.passed


@pytest.mark.parametrize("value", [..., None, "", [], ()])
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_blocks_whatever_the_kind_even_where_the_wording_is_advisory(kind, strict, value):
    report = judge(check(kind, strict=strict), value)
    assert [(finding.reason, finding.value is None) for finding in report.blocking] == [
        (ev.NOT_ANSWERED, value in (..., None))
    ]


@pytest.mark.parametrize(
    "value", ["5", "5人", "80%", True, False, [True], ["3"], {"a": 1}, object()]
)
@pytest.mark.parametrize("kind", NUMERIC)
def test_only_a_number_is_a_number(kind, value):
    assert reason(check(kind), value) == ev.WRONG_TYPE


@pytest.mark.parametrize("value", [1, 0, "yes", "true", ["无此项"], {"a": 1}, [["嵌套"]]])
@pytest.mark.parametrize("kind", ["must_be_true", "must_be_false"])
def test_only_yes_or_no_is_yes_or_no(kind, value):
    assert reason(check(kind), value) == ev.WRONG_TYPE


@pytest.mark.parametrize("kind", NUMERIC)
@pytest.mark.parametrize(
    "value", [-1, -0.5, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), 10**13]
)
def test_a_figure_nobody_can_have_is_out_of_range(kind, value):
    assert reason(check(kind), value) == ev.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("percent_at_least", 100.1),
        ("percent_at_most", 101),
        ("age_at_most", 121),
        ("number_at_least", ev.LARGEST + 1),
    ],
)
def test_percentages_end_at_100_and_ages_at_120(kind, value):
    assert reason(check(kind), value) == ev.OUT_OF_RANGE


def test_people_are_counted_in_whole_numbers_and_square_metres_are_not():
    people = check("number_at_least", whole_numbers=True)
    area = check("number_at_least", threshold=300, unit="平方米")
    assert reason(people, 3.5) == ev.WRONG_TYPE
    assert reason(people, 3.0) is None
    assert reason(area, 300.5) is None


def test_a_threshold_is_met_by_the_same_figure_however_either_is_stored():
    for threshold in (4.35, Decimal("4.35")):
        for value in (4.35, Decimal("4.35")):
            at_least = check("number_at_least", threshold=threshold)
            at_most = check("number_at_most", threshold=threshold)
            assert reason(at_least, value) is None
            assert reason(at_most, value) is None


def test_a_list_of_figures_must_be_whole():
    income = check("number_at_least", threshold=5, unit="万元", figures=3)
    assert reason(income, [5, 6, 7]) is None
    assert reason(income, [5, 4.9, 7]) == ev.NOT_MET
    assert reason(income, [5, 6]) == ev.NOT_ANSWERED
    assert reason(income, [5, None, 6]) == ev.NOT_ANSWERED
    assert reason(income, [5, 6, 7, 8]) == ev.WRONG_TYPE
    assert reason(income, 5) is None, "one figure stands for the lowest year"


def test_every_month_needs_its_activity():
    monthly = check("frequency_per_month_at_least", figures=12)
    assert reason(monthly, [1] * 12) is None
    assert reason(monthly, [1] * 11) == ev.NOT_ANSWERED
    assert reason(monthly, [2] * 11 + [0]) == ev.NOT_MET


def test_all_parts_are_needed_unless_one_is_enough():
    parts = ("三会一课", "组织生活会", "民主评议党员")
    all_of = check("must_be_true", parts=parts)
    any_of = check("must_be_true", parts=parts, any_of=True)
    assert reason(all_of, list(parts)) is None
    assert reason(all_of, ["三会一课", "三会一课", "三会一课"]) == ev.NOT_MET
    assert reason(all_of, ("三会一课",)) == ev.NOT_MET
    assert reason(any_of, ("三会一课",)) is None
    assert reason(any_of, False) == ev.NOT_MET
    assert reason(any_of, ["没有列出的"]) == ev.WRONG_TYPE
    assert reason(any_of, [["三会一课"]]) == ev.WRONG_TYPE


def test_parts_say_nothing_about_what_must_not_happen():
    assert reason(check("must_be_false", parts=("越级上访",)), ["越级上访"]) == ev.WRONG_TYPE


def test_a_derived_check_compares_its_two_figures():
    rising = check("must_be_true", derive=("this_year", "last_year"))
    assert reason(rising, {"this_year": 21000, "last_year": 20000}) is None
    assert reason(rising, {"this_year": 20000, "last_year": 20000}) == ev.NOT_MET
    assert reason(rising, {"this_year": 20000}) == ev.NOT_ANSWERED
    assert reason(rising, {}) == ev.NOT_ANSWERED
    assert reason(rising, {"this_year": "21000", "last_year": 20000}) == ev.WRONG_TYPE
    assert reason(rising, {"this_year": 21000, "last_year": True}) == ev.WRONG_TYPE
    assert reason(rising, {"this_year": 21000, "last_year": -1}) == ev.OUT_OF_RANGE
    assert reason(rising, {"this_year": ev.LARGEST + 1, "last_year": 1}) == ev.OUT_OF_RANGE
    assert reason(rising, {"this_year": ev.LARGEST, "last_year": 0}) is None
    assert reason(rising, {"this_year": ev.LARGEST, "last_year": ev.LARGEST}) == ev.NOT_MET
    assert reason(rising, True) is None


def test_before_verification_a_qualitative_check_asks_for_words():
    told = check("declared_qualitative")
    for stage in ("self_assessment", "first_review"):
        assert reason(told, "每月研究一次，有记录。", stage) is None
        assert reason(told, "   ", stage) == ev.NOT_ANSWERED
        assert reason(told, 5, stage) == ev.WRONG_TYPE


def test_at_verification_a_qualitative_check_asks_for_a_judgement():
    told = check("declared_qualitative")
    assert reason(told, ev.CONFORMS, "verification") is None
    assert reason(told, ev.BROADLY, "verification") is None
    assert reason(told, ev.FAILS, "verification") == ev.JUDGED_NOT_CONFORMING
    assert reason(told, "每月研究一次", "verification") == ev.WRONG_TYPE
    assert reason(told, ["conforms"], "verification") == ev.WRONG_TYPE
    assert judge(told, ev.FAILS, "verification").passed is False


def test_an_advisory_qualitative_check_judged_not_conforming_is_a_remark():
    report = judge(check("declared_qualitative", strict=False), ev.FAILS, "verification")
    assert [finding.reason for finding in report.remarks] == [ev.ADVISORY_NOT_MET]
    assert report.passed


def test_not_applicable_is_taken_only_where_the_check_allows_it_and_with_a_reason():
    refuses = check("age_at_most")
    allows = check("age_at_most", may_be_not_applicable=True)
    assert reason(refuses, ev.NotApplicable("没有新发展党员")) == ev.NOT_APPLICABLE_REFUSED
    assert reason(allows, ev.NotApplicable("没有新发展党员")) is None
    assert reason(allows, ev.NotApplicable("  ")) == ev.NOT_ANSWERED


def test_a_veto_is_in_force_only_with_the_document_it_rests_on():
    plain = standard(check("must_be_false"))
    for vetoes in ({}, {"NC-01-C1": ""}, {"NC-01-C1": "  "}, {"SQ-01-C1": "某文件"}):
        configured = plain.configured(vetoes=vetoes, local_terms={})
        (finding,) = ev.evaluate(configured, {"NC-01-C1": True}, "self_assessment").findings
        assert (finding.reason, finding.document) == (ev.NOT_MET, "")
        assert finding.blocking
    vetoed = plain.configured(vetoes={"NC-01-C1": "县委办〔2026〕3号"}, local_terms={})
    (finding,) = ev.evaluate(vetoed, {"NC-01-C1": True}, "self_assessment").findings
    assert (finding.reason, finding.document) == (ev.VETO, "县委办〔2026〕3号")
    assert finding.blocking
    assert ev.evaluate(vetoed, {"NC-01-C1": False}, "self_assessment").passed


def test_the_body_that_confirms_the_fact_stands_beside_the_document_of_the_veto():
    plain = standard(check("must_be_false"))
    bodies = {"NC-01-C1": " 县公安局 "}

    def confirmed_by(**round_):
        return plain.configured(local_terms={}, **round_).check("NC-01-C1").confirmed_by

    in_force = {"NC-01-C1": "县委办〔2026〕3号"}
    assert confirmed_by(vetoes=in_force, confirming=bodies) == "县公安局"
    assert confirmed_by(vetoes=in_force) == ""
    assert confirmed_by(vetoes=in_force, confirming={"SQ-01-C1": "县公安局"}) == ""
    assert confirmed_by(vetoes={}, confirming=bodies) == "", "no veto, nothing to confirm"


def test_a_round_uses_the_standard_of_its_category_and_number():
    configured = standard(check("must_be_false")).configured(vetoes={}, local_terms={})
    assert (configured.category, configured.number) == ("NC", 1)


def test_a_veto_does_not_turn_a_missing_answer_into_a_veto():
    vetoed = standard(check("must_be_false")).configured(
        vetoes={"NC-01-C1": "县委办〔2026〕3号"}, local_terms={}
    )
    (finding,) = ev.evaluate(vetoed, {}, "self_assessment").findings
    assert finding.reason == ev.NOT_ANSWERED


@pytest.mark.parametrize("definition", [None, "", "  "])
def test_a_local_term_must_be_defined_before_its_check_can_be_used(definition):
    plain = standard(check("must_be_true", local_term="四个统一"))
    terms = {} if definition is None else {"四个统一": definition}
    undefined = plain.configured(vetoes={}, local_terms=terms)
    (finding,) = ev.evaluate(undefined, {"NC-01-C1": True}, "self_assessment").findings
    assert finding.reason == ev.LOCAL_TERM_UNDEFINED
    assert finding.blocking
    defined = plain.configured(vetoes={}, local_terms={"四个统一": "标识、外观、设施、展陈统一"})
    assert ev.evaluate(defined, {"NC-01-C1": True}, "self_assessment").passed


def test_findings_come_in_the_order_of_the_standard():
    codes = ["NC-02-C1", "NC-01-C1", "NC-01-C2"]
    report = ev.evaluate(
        standard(*(check("must_be_true", code=code) for code in codes)), {}, "self_assessment"
    )
    assert [finding.check_code for finding in report.findings] == codes


def test_answers_to_checks_the_standard_does_not_have_are_passed_over():
    report = ev.evaluate(
        standard(check("must_be_true")), {"NC-01-C1": True, "NC-99-C9": "?"}, "self_assessment"
    )
    assert report.passed


def test_a_standard_finds_its_items_and_checks_by_code():
    one, other = check("must_be_true"), check("must_be_false", code="NC-02-C1")
    both = standard(one, other)
    assert both.checks == (one, other)
    assert both.check("NC-02-C1") is other
    assert [item.code for item in both.items] == ["NC-01", "NC-02"]
    assert both.item("NC-02").checks == (other,)
    with pytest.raises(KeyError):
        both.check("NC-99-C9")


def test_a_standard_that_cannot_be_judged_is_refused_when_it_is_made():
    with pytest.raises(ValueError, match="the same code") as refused:
        standard(check("must_be_true"), check("must_be_false"))
    assert str(refused.value) == "two checks have the same code"
    with pytest.raises(ValueError, match="no threshold"):
        standard(check("number_at_least", threshold=None))
    with pytest.raises(KeyError):
        standard(ev.Check("NC-01-C1", "NC-01", "of_no_known_kind", "人", 1, strict=True))


def test_an_unknown_stage_is_refused():
    with pytest.raises(KeyError):
        ev.evaluate(standard(check("must_be_true")), {}, "designation")


@pytest.mark.parametrize("name", ["evaluation", "composition", "judging"])
def test_the_engine_imports_nothing_but_the_standard_library(name):
    tree = ast.parse(Path(ev.__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names | {"composition", "judging"}
