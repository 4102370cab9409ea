"""Who is told of what, and how it reaches them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from designation.announcements import declared
from designation.applications.models import Stage
from designation.organizations.models import Role
from notifications import delivery, wording
from notifications.models import Event, Message
from notifications.tasks import deliver_outbox
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(county):
    for person in (county.head, county.reviewer):
        person.email = f"{person.username}@example.cn"
        person.save()
    return county.at(Stage.SUBMITTED)


def subjects(person):
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


def test_the_applicant_and_the_new_holder_are_told_but_not_who_acted(county, submitted):
    delivery.deliver_waiting()

    name = county.village.name_zh
    assert subjects(county.reviewer) == [f"{name}的申报已提交。"]
    assert f"{name}的申报已提交。" not in subjects(county.preparer)
    assert f"{name}的申报已提交。" in subjects(county.head)
    asked = Message.objects.get(person=county.reviewer)
    assert "请您办理下一步" in asked.body
    assert "办理期限：2026年3月16日(周一) 24:00" in asked.body, "as the pages write it"


def test_a_county_role_is_told_over_its_whole_area(county):
    county.coordinator  # noqa: B018 - the seat must be held before anything is told
    elsewhere = factories.seated(
        Role.COUNTY_COORDINATOR, factories.JurisdictionFactory(code="350102000000")
    )
    county.at(Stage.RECOMMENDED)

    delivery.deliver_waiting()

    name = county.village.name_zh
    assert f"{name}的申报通过初审，已推荐到县级。" in subjects(county.coordinator)
    assert subjects(elsewhere) == []


def test_a_message_is_written_in_its_readers_language(county, submitted):
    county.reviewer.language = "en"
    county.reviewer.save()

    delivery.deliver_waiting()

    assert "has been submitted" in subjects(county.reviewer)[0]


def test_an_opinion_travels_with_the_message(county, submitted):
    county.act("reject", submitted, county.reviewer, opinion="材料不实,经核对不予推荐。")
    delivery.deliver_waiting()

    told = Message.objects.filter(person=county.head).first()
    assert "材料不实" in told.body


def test_delivering_twice_tells_once(county, submitted):
    deliver_outbox()
    deliver_outbox()

    assert len(subjects(county.reviewer)) == 1
    assert not Event.objects.filter(delivered_at__isnull=True).exists()


@pytest.mark.parametrize("transition", ["start", "a_passage_of_next_year"])
def test_a_passage_without_its_sentence_is_told_by_its_label(
    county, submitted, monkeypatch, transition
):
    event = Event.objects.last()
    event.action = f"application.{transition}"
    monkeypatch.delitem(declared._ANNOUNCEMENTS, "application.start")

    subject, _body = wording.compose(event, declared.announcements_of(event.action)[0])

    what = "开始申报" if transition == "start" else "a_passage_of_next_year"
    assert subject == f"{county.village.name_zh}：{what}。"


def test_the_message_of_a_return_carries_its_list(county, submitted):
    reasons = {"NC-01": "缺会议记录", "NC-13": "面积与平面图不符"}
    county.act("return_for_correction", submitted, county.reviewer, corrections=reasons)
    deliver_outbox()

    told = Message.objects.filter(person=county.head).first()
    for said in (told.body, mail.outbox[-1].body):
        assert "NC-01：缺会议记录" in said
        assert "NC-13：面积与平面图不符" in said


def test_an_entry_that_cannot_be_told_holds_no_other_and_waits(
    county, submitted, monkeypatch, held_clock
):
    bad = Event.objects.filter(asks_role=Role.FIRST_REVIEWER).last()

    def compose(event, announcement):
        if event.pk == bad.pk and announcement.asks_to_act:
            raise KeyError(event.action)
        return "标题", "内容"

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "compose", compose)
        delivery.deliver_waiting()
        delivery.deliver_waiting()

    bad.refresh_from_db()
    assert (bad.delivered_at, bad.attempts) == (None, 1)
    assert bad.next_try_at == held_clock.now() + timedelta(minutes=1)
    assert subjects(county.reviewer) == []
    assert "标题" in subjects(county.head)
    held_clock.move(timedelta(minutes=1))
    delivery.deliver_waiting()
    assert len(subjects(county.reviewer)) == 1


def test_a_text_that_the_database_refuses_holds_no_other(county, submitted, monkeypatch):
    told = wording.compose

    def compose(event, announcement):
        is_bad = event.asks_role == Role.FIRST_REVIEWER and announcement.asks_to_act
        return ("\0", "") if is_bad else told(event, announcement)

    monkeypatch.setattr(delivery, "compose", compose)

    delivery.deliver_waiting()

    assert subjects(county.reviewer) == []
    assert subjects(county.head)


def test_pauses_grow_to_a_day_at_most():
    pauses = [delivery.pause(times) for times in range(40)]

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)


def test_the_inbox_shows_unread_first_and_opening_marks_it_read(client, county, submitted):
    delivery.deliver_waiting()
    client.force_login(county.reviewer)
    message = Message.objects.get(person=county.reviewer)

    inbox = client.get(reverse("messages:list")).content.decode()
    assert "● 未读" in inbox
    assert inbox.count("的申报已提交。") == 1, "said once, not again in the body"
    answer = client.post(reverse("messages:open", args=[message.pk]))
    assert answer.url == reverse("applications:case", args=[submitted.pk])
    assert "● 未读" not in client.get(reverse("messages:list")).content.decode()


def test_all_messages_are_marked_read_at_once(client, county, submitted):
    delivery.deliver_waiting()
    client.force_login(county.head)

    client.post(reverse("messages:read_all"))

    assert not Message.objects.filter(person=county.head, read_at__isnull=True).exists()


def test_an_empty_inbox_says_what_will_come(client, county):
    client.force_login(county.reviewer)

    assert "没有消息" in client.get(reverse("messages:list")).content.decode()
