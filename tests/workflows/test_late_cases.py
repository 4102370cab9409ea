"""催办 from a list: late cases are ticked and reminded of in one act, a result a row."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests.markup import flat
from workflows import late_cases, reminding
from workflows.case.records import Reminder

pytestmark = pytest.mark.django_db

PAGE = reverse("applications:remind_late")
TEXT = "已经逾期，请本周内办结。"


@pytest.fixture
def late(county, held_clock):
    """Two that wait for their first reviews, both late."""
    places = [county, county.beside()]
    found = [place.at(Stage.SUBMITTED) for place in places]
    assert all(place.reviewer for place in places)
    held_clock.move(timedelta(days=30))
    return found


def sent(client, county, *ticked, **typed):
    client.force_login(county.coordinator)
    versions = {f"version-{one.pk}": one.version for one in ticked}
    return client.post(PAGE, {"case": [one.pk for one in ticked], "text": TEXT} | versions | typed)


def test_what_is_ticked_is_reminded_of_and_each_has_its_result(client, county, late):
    answer = flat(sent(client, county, *late).content)

    assert answer.count("✓ 已催办，对方会收到消息。") == 2
    assert {one.application for one in Reminder.objects.all()} == {*late}
    deliver_waiting()
    told = Message.objects.filter(event__action=reminding.REMIND)
    assert all(TEXT in one.body for one in told)
    assert len({one.event_id for one in told}) == 2


def test_what_is_refused_keeps_no_other_back(client, county, late):
    first, second = late
    Application.objects.filter(pk=first.pk).update(version=first.version + 1)

    answer = sent(client, county, first, second)

    assert answer.status_code == 422
    assert "没有催办：" in flat(answer.content)
    assert [one.application for one in Reminder.objects.all()] == [second]


def test_what_was_reminded_of_today_is_not_listed_and_not_reminded_of_again(
    client, county, late, held_clock
):
    first, second = late
    sent(client, county, first)

    page = flat(client.get(PAGE).content)
    again = flat(sent(client, county, first).content)

    assert (first.organization.name_zh in page, second.organization.name_zh in page) == (
        False,
        True,
    )
    assert "每个工作日最多催办一次" in again
    assert Reminder.objects.count() == 1
    held_clock.move(timedelta(days=1))
    assert first in late_cases.late(county.coordinator)


def test_neither_drafts_nor_what_is_in_time_are_listed(county, held_clock):
    county.at(Stage.DRAFT)
    in_time = county.beside().at(Stage.SUBMITTED)
    assert not late_cases.late(county.coordinator).exists()

    held_clock.move(timedelta(days=30))
    assert [*late_cases.late(county.coordinator)] == [in_time]


def test_without_a_tick_or_a_text_it_says_what_to_do_and_loses_nothing(client, county, late):
    nothing = sent(client, county)
    assert "请先勾选要催办的申报。" in nothing.content.decode()
    assert TEXT in nothing.content.decode()

    silent = sent(client, county, late[0], text=" ")
    assert "请写明催办什么" in silent.content.decode()
    assert "checked" in silent.content.decode()
    assert not Reminder.objects.exists()


def test_nobody_but_the_coordinator_reminds(client, county, late):
    client.force_login(county.reviewer)
    assert client.get(PAGE).status_code == 404
    for person in (county.reviewer, county.preparer):
        (result,) = late_cases.remind_each([late_cases.Asked(late[0].pk, None)], TEXT, actor=person)
        assert result.findings
    assert not Reminder.objects.exists()
