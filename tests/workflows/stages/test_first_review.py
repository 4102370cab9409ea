"""First review and the county's paper check, over HTTP."""

import pytest
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from tests import factories
from tests.course import OPINION, standard_items
from tests.sent_back import hidden
from workflows.stages.first_review.marks import mark_all

pytestmark = pytest.mark.django_db


def page(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def as_reviewer(client, county):
    client.force_login(county.reviewer)
    return client


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_opening_the_review_ends_the_free_recall(as_reviewer, county, submitted):
    as_reviewer.get(page("review", submitted))

    with pytest.raises(Refusal) as refused:
        county.act("recall", submitted, county.head)
    assert refused.value.codes == ("already_opened",)


def test_marks_are_saved_and_the_filter_stays(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("mark", submitted),
        {"verdict-NC-01": "met", "comment-NC-01": "属实", "show": "open"},
    )

    assert submitted.marks.get().item.code == "NC-01"
    assert answer.url.endswith("?show=open")


def test_a_comment_without_a_verdict_stays_and_asks_for_one(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("mark", submitted),
        {"verdict-NC-01": "met", "comment-NC-01": "", "comment-NC-02": "请说明", "show": "changed"},
    )

    content = answer.content.decode()
    assert answer.status_code == 422
    assert submitted.marks.get().item.code == "NC-01"
    assert "这些条目写了意见但没有选结论：NC-02" in content
    assert "请说明</textarea>" in content
    assert "请选择初审结论" in content


def in_force(application):
    return application.marks.filter(voided_at=None)


def test_a_mark_stays_its_authors_until_someone_changes_it(client, county, submitted):
    county.mark_all(submitted)
    second = factories.seated(Role.FIRST_REVIEWER, county.township)
    client.force_login(second)

    client.post(
        page("mark", submitted),
        hidden(client.get(page("review", submitted)))
        | {
            "verdict-NC-01": "met",
            "comment-NC-01": "",
            "verdict-NC-02": "not_met",
            "comment-NC-02": "缺会议记录",
        },
    )

    authors = dict(in_force(submitted).values_list("item__code", "marked_by"))
    assert authors["NC-01"] == county.reviewer.pk
    assert authors["NC-02"] == second.pk


def test_text_that_the_database_cannot_hold_is_cleaned(as_reviewer, submitted):
    as_reviewer.post(
        page("decide", submitted), {"decision": "reject", "sure": "yes", "opinion": OPINION + "\0"}
    )

    assert fresh(submitted).decisions.last().opinion == OPINION


def test_all_items_without_a_verdict_are_marked_in_one_press(as_reviewer, submitted):
    comments = {f"comment-{item.code}": "" for item, _rules in standard_items(submitted)}

    as_reviewer.post(
        page("mark", submitted), comments | {"rest": "met", "verdict-NC-05": "not_met"}
    )

    verdicts = dict(submitted.marks.values_list("item__code", "verdict"))
    assert len(verdicts) == 23
    assert verdicts["NC-05"] == Conclusion.NOT_MET
    assert verdicts["NC-06"] == Conclusion.MET


def test_what_is_no_verdict_marks_nothing(as_reviewer, submitted):
    as_reviewer.post(page("mark", submitted), {"comment-NC-01": "", "rest": "splendid"})

    assert not submitted.marks.exists()


def test_a_recommendation_names_what_is_missing_and_keeps_the_opinion(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("decide", submitted),
        {"decision": "recommend", "opinion": "同意推荐", "version": submitted.version},
    )

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "审核意见不少于 10 个字" in content
    assert "请对本条给出初审结论" in content
    assert "同意推荐</textarea>" in content


def test_items_without_a_mark_are_one_line_before_the_button(as_reviewer, submitted):
    asked = as_reviewer.get(page("review", submitted)).content.decode()

    assert "还有 23 条没有初审结论，从这一条开始。" in asked
    assert "请对本条给出初审结论" not in asked


def test_a_marked_application_is_recommended(as_reviewer, county, submitted):
    county.mark_all(submitted)

    as_reviewer.post(
        page("decide", submitted),
        {"decision": "recommend", "opinion": OPINION, "version": submitted.version},
    )

    assert fresh(submitted).stage == Stage.RECOMMENDED
    assert fresh(submitted).decisions.last().opinion == OPINION


def test_a_return_without_a_reason_is_refused_and_keeps_the_ticks(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("decide", submitted), {"decision": "return_for_correction", "return": ["NC-01"]}
    )

    assert answer.status_code == 422
    assert 'value="NC-01" checked' in answer.content.decode()


def test_a_rejection_ends_the_application_with_its_reasons(as_reviewer, submitted):
    as_reviewer.post(
        page("decide", submitted), {"decision": "reject", "sure": "yes", "opinion": OPINION}
    )

    assert fresh(submitted).stage == Stage.REJECTED
    assert "未通过" in as_reviewer.get(page("case", submitted)).content.decode()


def test_an_unknown_decision_is_not_found(as_reviewer, submitted):
    assert as_reviewer.post(page("decide", submitted), {"decision": "publish"}).status_code == 404


def test_only_what_changed_loses_its_approval_after_a_correction(county, submitted):
    county.mark_all(submitted)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"})
    answer = submitted.answers.get(item__code="NC-13")
    answer.note = "已补充"
    answer.save()
    submitted.corrections.update(reply="已补充")
    county.act("resubmit", submitted, county.head, truth_confirmed=True)

    voided = submitted.marks.filter(voided_at__isnull=False)
    assert [row.item.code for row in voided] == ["NC-13"]
    assert fresh(submitted).submission.changed_items == ["NC-13"]
    assert fresh(submitted).stage == Stage.SUBMITTED


def test_the_reviewer_sees_only_what_changed_when_asked(as_reviewer, county, submitted):
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"})
    submitted.answers.filter(item__code="NC-13").update(note="已补充")
    submitted.corrections.update(reply="已补充")
    county.act("resubmit", submitted, county.head, truth_confirmed=True)

    content = as_reviewer.get(page("review", submitted) + "?show=changed").content.decode()

    assert 'id="item-NC-13"' in content
    assert 'id="item-NC-14"' not in content


@pytest.fixture
def resubmitted(county, submitted):
    """Every item marked, one returned and changed since."""
    county.mark_all(submitted)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"})
    submitted.answers.filter(item__code="NC-13").update(note="已补充")
    submitted.corrections.update(reply="已补充")
    county.act("resubmit", submitted, county.head, truth_confirmed=True)
    return submitted


def test_a_second_look_begins_with_what_changed_where_the_rest_is_marked(as_reviewer, resubmitted):
    content = as_reviewer.get(page("review", resubmitted)).content.decode()

    assert 'id="item-NC-13"' in content
    assert 'id="item-NC-14"' not in content
    whole = as_reviewer.get(page("review", resubmitted) + "?show=all").content.decode()
    assert 'id="item-NC-14"' in whole


def test_a_second_look_begins_with_everything_while_something_is_unmarked(as_reviewer, resubmitted):
    resubmitted.marks.filter(item__code="NC-14").delete()

    assert 'id="item-NC-14"' in as_reviewer.get(page("review", resubmitted)).content.decode()


def test_the_county_reads_the_whole_of_what_it_has_not_seen(client, county, resubmitted):
    county.mark_all(resubmitted)
    county.act("recommend", resubmitted, county.reviewer, opinion=OPINION)
    client.force_login(county.coordinator)

    assert 'id="item-NC-14"' in client.get(page("review", resubmitted)).content.decode()


def test_the_reason_of_a_return_is_asked_in_the_item_itself(as_reviewer, submitted):
    content = as_reviewer.get(page("review", submitted)).content.decode()

    of_the_item = content.partition('id="item-NC-13"')[2].partition('id="item-')[0]
    assert 'name="reason-NC-13"' in of_the_item
    assert content.count('name="reason-NC-13"') == 1


def test_what_a_filter_hides_can_be_returned_all_the_same(as_reviewer, resubmitted):
    content = as_reviewer.get(page("review", resubmitted)).content.decode()

    decide = content.partition('id="decide"')[2]
    assert 'name="reason-NC-14"' in decide
    assert 'name="reason-NC-13"' not in decide
    assert content.count('name="reason-NC-14"') == 1


def test_the_bar_says_what_was_given_so_far_and_leads_to_the_decision(as_reviewer, submitted):
    as_reviewer.post(page("mark", submitted), {"verdict-NC-01": "met", "comment-NC-01": ""})

    answer = as_reviewer.post(
        page("decide", submitted),
        {
            "decision": "return_for_correction",
            "return": ["NC-01", "NC-02"],
            "reason-NC-01": "补材料",
        },
    )

    bar = answer.content.decode().partition('class="sticky-bar"')[2].partition('id="decide"')[0]
    assert "<b data-marked>1</b>" in bar
    assert "<b data-returned>2</b>" in bar
    assert 'href="#decide"' in bar


def test_a_correction_for_the_county_goes_back_to_the_county(county):
    application = county.at(Stage.RECOMMENDED)
    county.act(
        "return_for_correction", application, county.coordinator, corrections={"NC-01": "补材料"}
    )
    application.corrections.update(reply="已补充")

    county.act("resubmit", application, county.head, truth_confirmed=True)

    assert fresh(application).stage == Stage.RECOMMENDED
    assert fresh(application).returned_from == ""


def test_a_stage_returns_twice_at_most(county, submitted):
    for _turn in range(2):
        county.act(
            "return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"}
        )
        submitted.corrections.update(reply="已补充")
        county.act("resubmit", submitted, county.head, truth_confirmed=True)

    with pytest.raises(Refusal) as refused:
        county.act(
            "return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"}
        )
    assert refused.value.codes == ("returns_used_up",)


def test_the_reviewers_clock_stops_during_a_correction(county, submitted, held_clock):
    due = fresh(submitted).due_at
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补依据"})
    assert fresh(submitted).term.interrupts.days_left == 10
    held_clock.move_to(fresh(submitted).due_at)
    submitted.corrections.update(reply="已补充")

    county.act("resubmit", submitted, county.head, truth_confirmed=True)

    assert fresh(submitted).due_at > due


def test_marks_typed_with_the_decision_are_saved_before_it_is_judged(as_reviewer, submitted):
    marks = {f"verdict-{item.code}": "met" for item in submitted.standard.items.all()}
    comments = {name.replace("verdict", "comment"): "" for name in marks}

    as_reviewer.post(
        page("decide", submitted),
        marks | comments | {"decision": "recommend", "opinion": OPINION},
    )

    assert fresh(submitted).stage == Stage.RECOMMENDED
    assert submitted.marks.count() == len(marks)


def test_a_comment_without_its_verdict_holds_the_decision_and_nothing_is_lost(
    as_reviewer, submitted
):
    answer = as_reviewer.post(
        page("decide", submitted),
        {
            "comment-NC-02": "会议记录缺两次",
            "verdict-NC-01": "met",
            "comment-NC-01": "",
            "decision": "return_for_correction",
            "return": "NC-02",
            "reason-NC-02": "请补会议记录",
        },
    )

    content = answer.content.decode()
    assert "这些条目写了意见但没有选结论：NC-02" in content
    assert "会议记录缺两次" in content
    assert "请补会议记录" in content
    assert fresh(submitted).stage == Stage.SUBMITTED
    assert [mark.item.code for mark in submitted.marks.all()] == ["NC-01"]


def test_saving_marks_keeps_the_opinion_that_is_being_written(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("mark", submitted),
        {"verdict-NC-01": "met", "comment-NC-01": "", "opinion": "正在写的意见"},
    )

    assert "正在写的意见" in answer.content.decode()
    assert [mark.item.code for mark in submitted.marks.all()] == ["NC-01"]


def test_a_late_press_is_told_where_it_stands_and_what_was_typed_is_shown(as_reviewer, county):
    application = county.at(Stage.RECOMMENDED)
    item = application.standard.items.first()

    with pytest.raises(Refusal):
        mark_all(application, {item: ("met", "")}, actor=county.reviewer)
    marked = as_reviewer.post(
        page("mark", application), {"verdict-NC-01": "met", "comment-NC-01": "台账齐全"}
    )
    decided = as_reviewer.post(
        page("decide", application),
        {"decision": "reject", "sure": "yes", "opinion": "材料不属实，不予推荐。"},
    )

    for answer, typed in ((marked, "台账齐全"), (decided, "材料不属实，不予推荐。")):
        content = answer.content.decode()
        assert answer.status_code == 422
        assert "已由他人办理，现为“已推荐”" in content
        assert typed in content
    assert as_reviewer.get(page("review", application)).status_code == 404


def test_a_decision_on_an_older_page_is_refused_and_kept(as_reviewer, submitted):
    answer = as_reviewer.post(
        page("decide", submitted),
        {"decision": "reject", "sure": "yes", "opinion": OPINION, "version": "1"},
    )

    assert answer.status_code == 422
    assert f"{OPINION}</textarea>" in answer.content.decode()
    assert fresh(submitted).stage == Stage.SUBMITTED


def test_the_county_checks_the_papers_and_may_return_or_reject(client, county):
    application = county.at(Stage.RECOMMENDED)
    client.force_login(county.coordinator)

    assert "资料审查" in client.get(page("review", application)).content.decode()
    client.post(
        page("decide", application), {"decision": "reject", "sure": "yes", "opinion": OPINION}
    )

    assert fresh(application).stage == Stage.REJECTED


def test_marks_are_the_first_reviewers_alone(client, county, submitted):
    client.force_login(county.coordinator)

    answer = client.post(page("mark", submitted), {"verdict-NC-01": "met", "comment-NC-01": ""})

    assert answer.status_code == 404
    assert not submitted.marks.exists()
