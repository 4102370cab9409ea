"""The case page: one page for every role, in at most twenty statements."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from standards import catalogue
from tests.course import OPINION
from tests.markup import flat
from workflows.case.facts import Case
from workflows.case_pages import page as case_page

pytestmark = pytest.mark.django_db


def case_of(application):
    return Case(Application.objects.get(pk=application.pk))


def states(application):
    decisions = list(application.decisions.all())
    stage = Application.objects.get(pk=application.pk).stage
    return [step.state for step in case_page.stepper(stage, decisions)]


def content_for(client, person, application, query=""):
    client.force_login(person)
    address = reverse("applications:case", args=[application.pk])
    return flat(client.get(address + query).content)


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        (Stage.DRAFT, "preparer"),
        (Stage.SELF_ASSESSED, "head"),
        (Stage.SUBMITTED, "reviewer"),
        (Stage.RECOMMENDED, "coordinator"),
        (Stage.VERIFYING, "coordinator"),
        (Stage.VERIFIED, "coordinator"),
        (Stage.CHOSEN, "coordinator"),
        (Stage.ON_NOTICE, "objection_officer"),
        (Stage.AWAITING_DESIGNATION, "deciding_officer"),
        (Stage.DESIGNATED, "head"),
    ],
)
def test_a_case_page_takes_at_most_twenty_one_statements(client, county, held_clock, stage, who):
    application = county.at(stage, wait=held_clock.move_to)
    client.force_login(getattr(county, who))
    address = reverse("applications:case", args=[application.pk])
    # Read once a process, by whichever page comes first.
    catalogue.item_codes(application.standard_id)

    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200

    assert len(counted) <= 21, [query["sql"][:90] for query in counted]


@pytest.mark.parametrize(
    ("stage", "who", "act"),
    [
        (Stage.DRAFT, "preparer", "开始填写"),
        (Stage.SELF_ASSESSED, "head", "提交申报"),
        (Stage.SUBMITTED, "reviewer", "进入初审"),
        (Stage.RECOMMENDED, "coordinator", "资料审查"),
        (Stage.VERIFIED, "coordinator", "研究择优"),
        (Stage.CHOSEN, "coordinator", "拟定公示"),
        (Stage.AWAITING_DESIGNATION, "deciding_officer", "办理命名"),
    ],
)
def test_one_act_of_a_page_wears_the_colour_of_the_house(
    client, county, held_clock, stage, who, act
):
    application = (
        county.start() if stage == Stage.DRAFT else county.at(stage, wait=held_clock.move_to)
    )
    content = content_for(client, getattr(county, who), application)

    (foremost,) = re.findall(r"btn-primary[^>]*>([^<：]+)", content)
    assert foremost == act


def test_taking_back_is_never_the_foremost_act(client, county):
    content = content_for(client, county.head, county.at(Stage.SUBMITTED))

    assert "收回" in content
    assert "btn-primary" not in content


def test_a_visit_that_is_ready_is_begun_first(client, county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    content = content_for(client, county.coordinator, application)

    assert re.findall(r"btn-primary[^>]*>([^<：]+)", content) == ["开始核查"]


@pytest.mark.parametrize("who", ["reviewer", "coordinator"])
def test_the_page_of_whoever_returned_a_case_takes_at_most_twenty_statements(client, county, who):
    """They may take it back: whether anybody has acted on it is asked with the rest."""
    stage = {"reviewer": Stage.SUBMITTED, "coordinator": Stage.RECOMMENDED}[who]
    application, person = county.at(stage), getattr(county, who)
    asked = {"corrections": {"NC-01": "请补充。"}, "opinion": "请按清单补正。"}
    county.act("return_for_correction", application, person, **asked)
    client.force_login(person)
    address = reverse("applications:case", args=[application.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as counted:
        page = client.get(address).content.decode()

    assert "收回退回决定" in page
    told = "\n".join(one["sql"] for one in counted)
    assert len(counted) <= 20, f"{len(counted)}\n{told}"


def test_the_statements_do_not_grow_with_the_answers(client, county):
    draft = county.start()
    client.force_login(county.preparer)
    address = reverse("applications:case", args=[draft.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    county.prepare(draft)
    with CaptureQueriesContext(connection) as full:
        client.get(address)

    # An empty draft is greeted with what is ahead: the median of the county, what was said before.
    assert len(full) <= len(empty)


def test_the_six_steps_mark_the_present_place(county):
    assert states(county.start()) == ["present", *["ahead"] * 5]


def test_a_designated_application_has_every_step_done(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    assert states(application) == ["done"] * 6


def test_a_stopped_course_shows_where_it_stopped(county):
    application = county.at(Stage.RECOMMENDED)
    county.act("reject", application, county.coordinator, opinion=OPINION)

    assert states(application) == ["done", "done", "stopped", *["ahead"] * 3]


def test_three_verdicts_stand_side_by_side_and_differences_are_marked(client, county):
    application = county.at(Stage.VERIFIED)
    found = application.visits.get().measurements
    found.filter(item__code="NC-01").update(verdict=Conclusion.NOT_MET)
    measured = found.get(item__code="NC-13")
    measured.values = measured.values | {"NC-13-C2": 310}
    measured.save()

    shown = case_page.shown_items(case_of(application), county.coordinator)
    items = {item.code: item for item in shown}
    different = content_for(client, county.coordinator, application, "?show=differences")

    assert items["NC-01"].verdicts == {"met", "not_met"}
    assert items["NC-01"].differs
    assert items["NC-13"].differs
    assert not items["NC-14"].differs
    assert "实测：310" in different
    assert "NC-14" not in different.split('id="items"')[1].split("</section>")[0]


def test_a_judgement_in_words_is_no_difference_from_a_description(county):
    application = county.at(Stage.VERIFIED)
    shown = case_page.shown_items(case_of(application), county.coordinator)

    assert not any(item.differs for item in shown)


def test_what_is_wanting_is_written_out_until_it_is_much(client, county):
    draft = county.start()
    county.prepare(draft)
    draft.answers.filter(item__code="NC-13").update(values={})
    draft.answers.filter(item__code="NC-16").update(conclusion="")

    content = content_for(client, county.preparer, draft)

    assert "NC-16 每个条目都要给出自评结论。请选择自评结论" in content
    assert "三、阵地、经费保障有力：还差 7 处" in content
    assert "继续填写</a>" in content.replace("：NC-13", "")


def test_who_has_nothing_to_do_is_told_who_has(client, county):
    content = content_for(client, county.coordinator, county.at(Stage.SUBMITTED))

    assert "您不需要操作" in content


def test_history_and_picture_are_there_for_everyone(client, county):
    application = county.at(Stage.RECOMMENDED)

    content = content_for(client, county.preparer, application)

    assert OPINION in content
    assert county.reviewer.full_name in content
    assert 'class="present" aria-current="step"><div class="picture-place">已推荐' in content
    assert application.submission.sha256[:12] in content


def test_a_designated_case_leads_to_the_register(client, county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    content = content_for(client, county.head, application)

    assert reverse("register:detail", args=[application.designation.number]) in content


def test_the_correction_list_shows_reason_and_reply(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    asked = content_for(client, county.preparer, application)
    application.corrections.update(reply="已补不动产登记")

    assert "补依据" in asked
    assert "尚未回复" in asked
    assert states(application)[1] == "stopped"
    assert "已补不动产登记" in content_for(client, county.preparer, application, "?show=returned")


@pytest.mark.parametrize(
    ("stage", "who", "name"),
    [
        (Stage.VERIFIED, "coordinator", "selections:round"),
        (Stage.CHOSEN, "coordinator", "notices:compose"),
        (Stage.ON_NOTICE, "objection_officer", "notices:manage"),
        (Stage.AWAITING_DESIGNATION, "deciding_officer", "designations:designate"),
    ],
)
def test_whose_turn_it_is_finds_the_way_from_the_case(client, county, held_clock, stage, who, name):
    application = county.at(stage, wait=held_clock.move_to)
    entry = application.notice_entries.first()
    place = entry.notice_id if name == "notices:manage" else county.round.pk

    content = content_for(client, getattr(county, who), application)

    assert reverse(name, args=[place]) in content
    assert "您不需要操作" not in content


def test_a_preparer_to_whom_it_came_back_sees_what_to_answer_and_where(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )

    content = content_for(client, county.preparer, application)

    assert "您不需要操作" not in content
    assert "请说明本条如何补正" in content
    assert reverse("applications:item", args=[application.pk, "NC-13"]) in content


def test_a_visit_that_is_over_is_no_longer_work_but_can_be_read(client, county):
    application = county.at(Stage.VERIFIED)
    content = content_for(client, county.verifiers[0], application)

    assert "现在可以办理" not in content
    assert reverse("applications:verify", args=[application.pk]) in content


def test_the_team_can_be_changed_from_the_case_while_the_visit_goes_on(client, county):
    application = county.at(Stage.VERIFYING)

    assert "调整核查组" in content_for(client, county.coordinator, application)
    assert "调整核查组" not in content_for(client, county.verifiers[0], application)
