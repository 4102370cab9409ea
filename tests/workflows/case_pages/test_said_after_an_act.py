"""After each act the page says what happens next; and a case is in the hands of who must act."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from tests.course import NOTICE, OPINION
from tests.markup import flat
from tests.sheets import fill_in
from workflows.notice_pages import page as notice_page
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.verification.course import PASSAGES as OF_A_VISIT

pytestmark = pytest.mark.django_db


def pressed(client, person, address, typed=None, **which):
    client.force_login(person)
    answer = fill_in(client, address, typed, **which)
    assert answer.status_code == 302
    return client.get(answer.url).content.decode()


def test_a_passage_that_was_pressed_says_what_comes_next_and_by_whom(client, county):
    application = county.at(Stage.SELF_ASSESSED)
    case = reverse("applications:case", args=[application.pk])

    said = pressed(client, county.preparer, case, to="/submit/")

    assert f"已办理：提交申报。接着由{county.township.name}初审" in said


def test_one_carried_out_with_a_reason_says_it_too(client, county):
    application = county.at(Stage.VERIFIED)
    page = reverse("applications:return_to_review", args=[application.pk])

    said = pressed(client, county.coordinator, page, {"opinion": OPINION})

    assert f"已办理：退回初审。接着由{county.township.name}初审" in said


def test_a_step_of_a_notice_says_whose_turn_it_is(client, county):
    chosen = [county.at(Stage.CHOSEN)]
    notice = notices.propose(county.round, NOTICE, chosen, actor=county.coordinator)
    page = reverse("notices:manage", args=[notice.pk])

    said = pressed(client, county.secrecy_reviewer, page, to="/secrecy/")

    assert "保密审查已通过。接着由审定人审批。" in said


def test_every_step_of_a_notice_and_of_a_visit_has_its_words():
    assert set(notice_page.DONE) == set(notice_page.STEPS)
    assert all(one.done for one in OF_A_VISIT.values())


def test_an_objection_that_is_accepted_says_what_is_to_be_done(client, county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    found = objections.raise_objection(entry, facts="面积不实", identity=None)
    page = reverse("notices:objection", args=[found.pk])

    said = pressed(client, county.objection_officer, page, {"act": "accept", "reason": OPINION})

    assert "请在办理期限内调查核实" in said


def holder(client, person, application):
    client.force_login(person)
    page = client.get(reverse("applications:case", args=[application.pk])).content
    return flat(page).split("<dt>现在由谁办理</dt><dd>")[1].split("<")[0]


def test_the_applicant_is_told_that_the_head_alone_must_act_once_all_is_filled_in(client, county):
    draft = county.start()
    assert holder(client, county.preparer, draft) == "填报人或单位负责人"

    county.prepare(draft)

    assert holder(client, county.preparer, draft) == "单位负责人"


def test_others_are_told_who_may(client, county):
    application = county.at(Stage.SUBMITTED)
    corrections = {"NC-13": "补依据"}
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)

    assert holder(client, county.reviewer, application) == "填报人或单位负责人"
    client.force_login(county.reviewer)
    listed = client.get(reverse("applications:list")).content.decode()
    assert "填报人或单位负责人" in listed
