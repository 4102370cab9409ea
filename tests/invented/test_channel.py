"""An invented channel and message get what the house's own get: no other room is touched."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.functional import lazy

from designation.announcements import declared, happened
from designation.announcements.declared import Announcement, announce
from designation.announcements.receivers import In, Over
from designation.applications.models import Stage
from designation.organizations.models import Person, Role
from designation.site import clock
from notifications import automatic
from notifications.channels import Away, Outcome
from notifications.models import Delivery, Message
from notifications.tasks import deliver_outbox
from standards.language import in_language

from .channel import loudspeaker

pytestmark = pytest.mark.django_db
said = lazy(in_language, str)


@pytest.fixture
def channel():
    with loudspeaker() as registered:
        yield registered


@pytest.fixture
def declares(monkeypatch):
    monkeypatch.setattr(declared, "_FIELDS", dict(declared._FIELDS))
    monkeypatch.setattr(
        declared, "_ANNOUNCEMENTS", {k: list(v) for k, v in declared._ANNOUNCEMENTS.items()}
    )


def of(person):
    return Delivery.objects.filter(channel="loudspeaker", message__person=person).latest("pk")


def test_the_channel_carries_the_same_messages_to_whom_it_reaches(county, channel):
    Person.objects.filter(pk=county.reviewer.pk).update(email="reviewer@example.cn")
    application = county.at(Stage.SUBMITTED)
    county.act("reject", application, county.reviewer, opinion="材料不实,经核对不予推荐。")

    deliver_outbox()

    heard = [subject for person, subject, _address in channel.heard if person == county.head]
    inbox = Message.objects.filter(person=county.head).order_by("pk")
    assert heard == [message.subject for message in inbox]
    assert reverse("applications:case", args=[application.pk]) in {one[2] for one in channel.heard}
    assert not any(person == county.reviewer for person, *_rest in channel.heard)
    assert any(letter.to == ["reviewer@example.cn"] for letter in mail.outbox)


def test_what_it_refuses_puts_off_or_leaves_unsaid_is_tried_again_by_the_same_rules(
    county, channel, held_clock
):
    assert county.head
    county.start()
    channel.answers = [Outcome(answer="broken")]
    deliver_outbox()
    refused = of(county.head)
    assert (refused.state, refused.attempts, refused.answer) == ("waiting", 1, "broken")

    channel.answers = [Outcome(is_put_off=True, answer="busy")]
    held_clock.move(timedelta(hours=1))
    deliver_outbox()
    refused.refresh_from_db()
    assert (refused.attempts, refused.waits) == (1, 1)
    channel.answers = [Away()]
    held_clock.move(timedelta(hours=1))
    deliver_outbox()
    refused.refresh_from_db()
    assert (refused.attempts, refused.next_at) == (1, clock.now())
    deliver_outbox()
    refused.refresh_from_db()
    assert refused.state == Delivery.State.SENT


def test_the_channel_stands_on_the_list_and_an_announcement_may_leave_it_out(
    county, channel, declares, client
):
    announce(
        Announcement(
            "seat.give",
            (Over(Role.COUNTY_COORDINATOR),),
            said("%(place)s有新的“%(role)s”。", "%(place)s has a new “%(role)s”."),
            channels=("inbox",),
        )
    )
    client.force_login(county.preparer)
    page = client.get(reverse("messages:automatic")).content.decode()
    assert "站内消息、电子邮件" in page
    assert "、广播" in page
    (own,) = [one for one in automatic.automatic_messages("en") if "has a new" in one.subject]
    assert own.channels == "Inbox"


def test_an_invented_message_about_an_invented_act_is_told_without_touching_another_room(
    county, channel, declares
):
    declared.store("fair.open", said=("organization", "stalls"), parties=("owner",))
    announce(
        Announcement(
            "fair.open",
            (In(Role.HEAD, "owner"),),
            said("%(organization)s开市，摊位%(stalls)s个。", "%(organization)s opens %(stalls)s."),
            asks_to_act=True,
        )
    )
    assert county.head
    happened.tell(
        happened.Event(
            action="fair.open",
            subject=county.village,
            jurisdiction_code=county.village.jurisdiction.code,
            actor=county.preparer,
            role=Role.PREPARER,
            said={"organization": county.village.name_zh, "stalls": 7},
            parties={"owner": county.village.pk},
            at=clock.now(),
        )
    )
    deliver_outbox()

    message = Message.objects.get(person=county.head)
    assert message.subject == f"{county.village.name_zh}开市，摊位7个。"
    assert [subject for _person, subject, _address in channel.heard] == [message.subject]
