"""Departments of an open round: one more, or one less where none was asked yet, with the reason."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Organization
from designation.rounds import department_changes
from designation.rounds.configuring import RoundRefused
from designation.rounds.departments import AskedOf
from designation.rounds.models import DepartmentChange, Round
from tests.departments import department, sent
from workflows.stages.opinions import asking

pytestmark = pytest.mark.django_db

QUESTION = "近三年是否受到市场监管领域的行政处罚？"
REASON = "县委专题会议要求增加这个部门。"
TYPED = {"name": "县市场监督管理局", "question": QUESTION, "secrecy": "open", "reason": REASON}


@pytest.fixture
def market(county):
    return Organization.objects.create(
        name_zh="县市场监督管理局", category="JG", jurisdiction=county.jurisdiction
    )


def page(county):
    return reverse("rounds:department_add", args=[county.round.pk])


def shown(client, county):
    client.force_login(county.coordinator)
    return client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()


def test_one_more_is_asked_and_the_page_of_the_round_says_by_whom_and_why(client, county, market):
    department(county, "县应急管理局")
    client.force_login(county.coordinator)

    answer = client.post(page(county), TYPED, follow=True).content.decode()

    assert "已调整，理由写在批次页面上。" in answer
    assert (
        f"{county.coordinator.full_name}于 2026年3月2日(周一)09:00 增加了县市场监督管理局。"
        in answer
    )
    assert REASON in answer
    assert [row.department.name_zh for row in county.round.departments.all()] == [
        "县应急管理局",
        "县市场监督管理局",
    ]
    event = AuditEvent.objects.get(action="round.department_added")
    assert (event.details["department"], event.details["reason"]) == (market.name_zh, REASON)


def test_whoever_came_to_the_county_before_is_asked_of_it_too(county, market):
    department(county, "县应急管理局")
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    county.round.refresh_from_db()

    department_changes.add(
        county.round, AskedOf(market, QUESTION), reason=REASON, actor=county.coordinator
    )

    ((asked, rows),) = asking.to_ask(county.round)
    assert (asked.department, rows) == (market, [application])


def test_a_round_that_asked_nobody_says_within_how_many_days(client, county, market):
    client.force_login(county.coordinator)
    without = client.post(page(county), TYPED)
    assert without.status_code == 422

    client.post(page(county), TYPED | {"department-days": "7"})

    assert Round.objects.get(pk=county.round.pk).department_days == 7


def test_one_that_was_asked_of_nobody_is_taken_back_with_its_reason(client, county):
    safety = department(county, "县应急管理局")
    row = county.round.departments.get()
    assert "撤下" in shown(client, county)
    address = reverse("rounds:department_remove", args=[county.round.pk, row.pk])

    answer = client.post(address, {"reason": "该局已撤并，职责转到别的部门。"}, follow=True)

    assert "该局已撤并，职责转到别的部门。" in answer.content.decode()
    change = DepartmentChange.objects.get()
    assert (change.way, change.department) == ("removed", safety.organization)
    round_ = Round.objects.get(pk=county.round.pk)
    assert (round_.department_days, round_.departments.count()) == (None, 0)


def test_one_that_was_asked_stays(client, county):
    department(county, "县应急管理局")
    county.at(Stage.RECOMMENDED)
    sent(county)
    row = county.round.departments.get()
    address = reverse("rounds:department_remove", args=[county.round.pk, row.pk])
    assert address not in shown(client, county)

    answer = client.post(address, {"reason": "该局已撤并，职责转到别的部门。"})

    assert "县应急管理局已收到征求意见单，不能撤下" in answer.content.decode()
    assert county.round.departments.get() == row
    assert not DepartmentChange.objects.exists()


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(client, county, market):
    department(county, "县应急管理局")
    client.force_login(county.coordinator)

    answer = client.post(page(county), TYPED | {"name": "没有的局", "reason": "要"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "本辖区没有这个组织" in text
    assert "没有的局" in text
    assert QUESTION in text
    assert not DepartmentChange.objects.exists()


def test_the_same_department_is_not_asked_twice(county):
    safety = department(county, "县应急管理局")
    county.round.refresh_from_db()

    with pytest.raises(RoundRefused, match="已经征求这个部门的意见"):
        department_changes.add(
            county.round,
            AskedOf(safety.organization, QUESTION),
            reason=REASON,
            actor=county.coordinator,
        )


def test_a_reason_that_says_nothing_is_refused(county, market):
    department(county, "县应急管理局")
    county.round.refresh_from_db()

    with pytest.raises(RoundRefused, match="请写明理由"):
        department_changes.add(
            county.round, AskedOf(market, QUESTION), reason="要", actor=county.coordinator
        )


def test_a_round_that_is_over_changes_no_more(client, county, market):
    department(county, "县应急管理局")
    county.round.status = Round.Status.CLOSED
    county.round.save()
    client.force_login(county.coordinator)

    assert client.get(page(county)).status_code == 404
    with pytest.raises(RoundRefused, match="还没有结束"):
        department_changes.add(
            county.round, AskedOf(market, QUESTION), reason=REASON, actor=county.coordinator
        )


def test_the_second_of_two_hands_is_told_that_it_is_gone(county):
    department(county, "县应急管理局")
    row = county.round.departments.get()
    department_changes.remove(county.round, row, reason=REASON, actor=county.coordinator)

    with pytest.raises(RoundRefused, match="已经撤下"):
        department_changes.remove(county.round, row, reason=REASON, actor=county.coordinator)
