"""What holds for the engine whatever the values are."""

from hypothesis import given
from hypothesis import strategies as st

from standards.engine import evaluation as ev
from tests.standards.checks import KINDS, check, judge, standard

AT_LEAST = [kind for kind in KINDS if kind.endswith("at_least")]
AT_MOST = [kind for kind in KINDS if kind.endswith("at_most")]
MOST = {"percent_at_least": 100, "percent_at_most": 100, "age_at_most": ev.OLDEST}

everything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=5)
    | st.sampled_from([*ev.JUDGEMENTS, "甲", "乙"])
    | st.builds(ev.NotApplicable, st.text(max_size=3)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
        | st.tuples(inner, inner)
    ),
    max_leaves=5,
)
stages = st.sampled_from(["self_assessment", "first_review", "verification"])
checks = st.builds(
    check,
    st.sampled_from(sorted(KINDS)),
    strict=st.booleans(),
    may_be_not_applicable=st.booleans(),
    parts=st.sampled_from([(), ("甲", "乙")]),
    any_of=st.booleans(),
    derive=st.sampled_from([None, ("a", "b")]),
    figures=st.sampled_from([0, 1, 3]),
)


@given(st.data())
def test_a_better_value_never_turns_a_pass_into_a_failure(data):
    kind = data.draw(st.sampled_from(AT_LEAST + AT_MOST))
    most = MOST.get(kind, 10**6)
    figures = st.integers(0, most) | st.floats(0, most)
    threshold, one, other = data.draw(st.tuples(figures, figures, figures))
    worse, better = sorted((one, other), reverse=kind in AT_MOST)
    one_check = check(kind, threshold=threshold, strict=data.draw(st.booleans()))
    if not judge(one_check, worse).findings:
        assert not judge(one_check, better).findings
    if judge(one_check, worse).passed:
        assert judge(one_check, better).passed


@given(st.sets(st.sampled_from("甲乙丙丁"), min_size=1), st.sampled_from("甲乙丙丁"), st.booleans())
def test_one_more_part_fulfilled_never_turns_a_pass_into_a_failure(fulfilled, more, any_of):
    one = check("must_be_true", parts=tuple("甲乙丙丁"), any_of=any_of)
    if judge(one, sorted(fulfilled)).passed:
        assert judge(one, sorted(fulfilled | {more})).passed


@given(st.data(), stages)
def test_the_order_of_answers_never_matters(data, stage):
    made = [check(kind, code=f"NC-{n:02d}-C1") for n, kind in enumerate(KINDS, start=1)]
    answers = {one.code: data.draw(everything) for one in made}
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    whole = standard(*made)
    # repr, since a figure that is not a number never equals itself
    assert repr(ev.evaluate(whole, answers, stage)) == repr(ev.evaluate(whole, shuffled, stage))


@given(checks, st.sampled_from([..., None, "", [], (), {}]), stages)
def test_no_answer_never_passes(one, nothing, stage):
    report = judge(one, nothing, stage)
    assert not report.passed
    assert [finding.reason for finding in report.findings] == [ev.NOT_ANSWERED]


@given(checks, everything, stages)
def test_any_value_at_all_is_judged_and_never_crashes(one, value, stage):
    report = judge(one, value, stage)
    assert len(report.findings) <= 1
    assert report.passed == (not report.blocking)


@given(checks, everything, stages)
def test_a_veto_only_ever_adds_its_document_to_what_blocks_already(one, value, stage):
    plain = standard(one)
    vetoed = plain.configured(vetoes={one.code: "某文件"}, local_terms={})
    without = ev.evaluate(plain, {one.code: value}, stage)
    within = ev.evaluate(vetoed, {one.code: value}, stage)
    assert without.passed == within.passed
    assert len(without.findings) == len(within.findings)
