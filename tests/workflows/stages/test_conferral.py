"""The decision, the titles, and the public register."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.register.models import Designation
from tests import factories
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def awaiting(county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    notices.close_register(application.notice_entries.get().notice, actor=county.objection_officer)
    return application


@pytest.fixture
def as_officer(client, county):
    client.force_login(county.deciding_officer)
    return client


def page(county):
    return reverse("designations:designate", args=[county.round.pk])


def decision(application, **changes):
    return {
        "document_number": "青发〔2026〕8号",
        "decided_on": "2026-03-10",
        "deciding_body": "中共青山县委",
        "applications": [str(application.pk)],
    } | changes


def test_a_title_is_given_and_entered_in_the_register(as_officer, county, awaiting):
    answer = as_officer.get(fill_in(as_officer, page(county), decision(awaiting)).url)

    title = Designation.objects.get()
    assert Application.objects.get(pk=awaiting.pk).stage == Stage.DESIGNATED
    assert title.number in answer.content.decode()
    assert (title.designated_on, title.valid_until) == (date(2026, 3, 10), date(2029, 3, 10))


@pytest.mark.parametrize(
    ("decided_on", "message"),
    [("2026-03-09", "决定日期须在公示最后一日之后"), ("2026-04-01", "决定日期不能晚于今天")],
)
def test_a_decision_is_dated_after_the_notice_and_not_ahead(
    as_officer, county, awaiting, decided_on, message
):
    answer = fill_in(as_officer, page(county), decision(awaiting, decided_on=decided_on))

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["decided_on"]
    assert message in told
    assert "青发〔2026〕8号" in answer.content.decode()


def test_an_unhandled_objection_or_a_changed_notice_stops_it_with_reasons(
    as_officer, county, held_clock
):
    application = county.at(Stage.ON_NOTICE)
    entry = application.notice_entries.get()
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    held_clock.move_to(entry.notice.ends_at)
    end_those_over()
    type(entry.notice).objects.update(title="改过的标题")

    content = fill_in(as_officer, page(county), decision(application)).content.decode()

    assert "收到的第 1 件异议尚未决定是否受理" in content
    # By its code whoever objected reads what became of it: nobody else has it, nor has the log.
    assert raised.receipt_code not in content
    labels = AuditEvent.objects.filter(subject_type="workflows.objection")
    assert set(labels.values_list("subject_label", flat=True)) == {entry.name}
    assert "公示内容与发布时不一致" in content
    assert "关闭异议登记" in content
    assert not Designation.objects.exists()


def test_a_document_number_is_used_once(as_officer, county, awaiting):
    from designation.register.models import DesignationDecision

    DesignationDecision.objects.create(
        round=county.round,
        county=county.jurisdiction.code[:6],
        document_number="青发〔2026〕8号",
        decided_on=date(2026, 3, 10),
        deciding_body="中共青山县委",
        recorded_by=county.deciding_officer,
        recorded_at=county.round.opens_at,
    )

    answer = fill_in(as_officer, page(county), decision(awaiting))

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["document_number"]
    assert "已经登记过" in told


def test_with_nothing_awaiting_the_page_says_so(as_officer, county):
    assert "没有待命名的申报" in as_officer.get(page(county)).content.decode()


def two_deciders_hold_the_page(county):
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    sheets = []
    for person in (county.deciding_officer, other):
        client = Client()
        client.force_login(person)
        sheets.append(Sheet(client, page(county)))
    return sheets


def test_who_decides_second_is_told_that_somebody_was_first_and_gets_back_what_was_typed(
    county, awaiting
):
    first, second = two_deciders_hold_the_page(county)
    assert first.send(decision(awaiting)).status_code == 302

    answer = second.send(decision(awaiting, document_number="青发〔2026〕9号"))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "名单上的申报已由他人办理" in said
    assert "青发〔2026〕8号" in said, "what was decided first is shown"
    for typed in ("青发〔2026〕9号", "2026-03-10", "中共青山县委"):
        assert f"<dd>{typed}</dd>" in said
    assert Designation.objects.count() == 1


def test_who_chose_one_that_another_designated_meanwhile_is_told_so_at_the_list(county, held_clock):
    one, beside = county.at(Stage.VERIFIED), county.beside().at(Stage.VERIFIED)
    notice = county.compose_notice(one, beside)
    notices.publish(notice, actor=county.publisher)
    notice.refresh_from_db()
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notice.refresh_from_db()
    notices.close_register(notice, actor=county.objection_officer)
    first, second = two_deciders_hold_the_page(county)
    assert first.send(decision(one)).status_code == 302

    both = [str(one.pk), str(beside.pk)]
    answer = second.send(decision(one, document_number="青发〔2026〕9号", applications=both))

    form = answer.context["form"]
    (told,) = form.errors["applications"]
    assert answer.status_code == 422
    assert told.startswith("待命名的名单在您打开页面后有变化")
    assert form["document_number"].value() == "青发〔2026〕9号"
    assert Designation.objects.count() == 1


def test_the_register_is_searched_by_anyone_in_three_statements(
    client, as_officer, county, awaiting, django_assert_num_queries
):
    fill_in(as_officer, page(county), decision(awaiting))
    client.logout()
    title = Designation.objects.get()

    with django_assert_num_queries(3):
        client.get(public("register:list"))
    for query, found in (
        (f"?text={county.village.name_zh}", True),
        ("?text=无此村", False),
        ("?category=NC&status=valid", True),
        ("?status=revoked", False),
        (f"?decision={title.decision_id}", True),
        ("?decision=x&category=ZZ", True),
    ):
        content = client.get(public("register:list") + query).content.decode()
        assert (title.number in content) is found, query


def test_a_title_says_how_it_stands_today(client, as_officer, county, awaiting, held_clock):
    fill_in(as_officer, page(county), decision(awaiting))
    detail = public("register:detail", args=[Designation.objects.get().number])

    assert "称号有效" in client.get(detail).content.decode()
    held_clock.move(timedelta(days=4 * 366))
    client.logout()
    assert "称号不在有效状态" in client.get(detail).content.decode()
    assert client.get(public("register:detail", args=["没有"])).status_code == 404
