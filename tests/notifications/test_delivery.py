"""Who is told of what, and how it reaches them."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from notifications import delivery
from notifications.models import Message, OutboxEntry
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
    assert not OutboxEntry.objects.filter(delivered_at__isnull=True).exists()


def test_an_email_goes_out_once_with_the_way_to_the_case(county, submitted):
    delivery.deliver_waiting()

    sent = delivery.send_waiting_emails()
    again = delivery.send_waiting_emails()

    assert sent == len(mail.outbox) > 0
    assert again == 0
    assert reverse("applications:case", args=[submitted.pk]) in mail.outbox[0].body


def test_mail_waits_for_its_server_however_long_it_is_away(county, submitted, monkeypatch):
    delivery.deliver_waiting()
    asked = []

    def down(*_facts, **_named):
        asked.append(1)
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "send_mail", down)
        for _run in range(20):
            assert delivery.send_waiting_emails() == 0

    assert len(asked) == 20, "a server that is away is asked once a run"
    assert delivery.send_waiting_emails() == Message.objects.filter(email_due=True).count() > 0


@pytest.mark.parametrize(
    "error", [BadHeaderError("newline"), SMTPRecipientsRefused({"x": (550, b"no such user")})]
)
def test_one_refused_message_does_not_hold_up_the_others(county, submitted, monkeypatch, error):
    delivery.deliver_waiting()
    first = Message.objects.filter(email_due=True).order_by("pk").first()

    def refuse_the_first(subject, body, sender, receivers):
        if receivers == [first.person.email]:
            raise error

    monkeypatch.setattr(delivery, "send_mail", refuse_the_first)
    for _run in range(12):
        delivery.send_waiting_emails()

    waiting = Message.objects.filter(email_due=True, emailed_at__isnull=True)
    assert {(message.person, message.email_attempts) for message in waiting} == {(first.person, 10)}


def test_an_email_that_another_worker_has_sent_is_left_alone(county, submitted):
    delivery.deliver_waiting()
    message = Message.objects.filter(email_due=True).first()
    delivery.send_waiting_emails()

    assert not delivery._send_email(message.pk)


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
