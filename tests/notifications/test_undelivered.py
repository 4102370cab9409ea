"""A message that did not arrive is seen by the administrator, and by whoever caused it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from notifications import carrying, channels, delivery
from notifications.channels import Outcome
from notifications.models import Delivery, Message
from tests import factories
from tests.markup import flat
from workflows import reminding

pytestmark = pytest.mark.django_db

TEXT = "请于本周五前完成初审。"


class Shut:
    """A way on which the other side refuses everything."""

    name = "shut"
    label = "封闭"

    def reaches(self, addressees):
        return [bool(one.person.email) for one in addressees]

    def deliver(self, parcels):
        for _parcel in parcels:
            yield Outcome(answer="550 no such mailbox")


@pytest.fixture
def shut():
    channel = Shut()
    channels.register(channel)
    yield channel
    channels.withdraw(channel)


@pytest.fixture
def refused(county, shut, held_clock):
    """Reminders to a reviewer and a colleague whose mailboxes are not there."""
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township, email="b@example.cn")
    county.reviewer.email = "a@example.cn"
    county.reviewer.save()
    application = county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    Delivery.objects.all().delete()
    reminding.remind(application, TEXT, actor=county.coordinator)
    delivery.deliver_waiting()
    while Delivery.objects.filter(channel="shut", state=Delivery.State.WAITING).exists():
        carrying.carry_waiting(shut)
        held_clock.move(timedelta(days=1))
    delivery.deliver_waiting()
    assert colleague
    return application


def page(client, person):
    client.force_login(person)
    return flat(client.get(reverse("messages:undelivered")).content)


def administrator(place):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, place)


def test_its_sender_sees_what_did_not_arrive_at_which_seat(client, county, refused):
    shown = page(client, county.coordinator)
    assert "县级经办人催办" in shown
    assert f"发给：{county.township.name_zh} 初审员" in shown
    assert "550" not in shown


def test_its_sender_is_told_in_the_inbox_once_an_act(client, county, refused):
    told = Message.objects.filter(person=county.coordinator, event__action="delivery.failed")
    (message,) = told
    assert "“催办”" in message.subject
    assert f"没有发到{county.township.name_zh} 初审员" in message.subject
    assert "没有发出的渠道：封闭" in message.body
    client.force_login(county.coordinator)
    answer = client.post(reverse("messages:open", args=[message.pk]))
    assert answer.url == reverse("messages:undelivered")


def test_the_administrator_sees_to_whom_and_why_and_not_what_it_said(client, county, refused):
    shown = page(client, administrator(county.jurisdiction))
    assert county.reviewer.full_name in shown
    assert "550 no such mailbox" in shown
    assert "催办" in shown
    assert TEXT not in shown
    assert county.village.name_zh not in shown


def test_nobody_else_sees_it(client, county, refused):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    for person in (county.head, county.reviewer, county.deciding_officer, administrator(elsewhere)):
        assert "没有未送达的消息" in page(client, person)


def test_what_arrived_or_waits_is_not_listed(client, county, shut):
    county.reviewer.email = "a@example.cn"
    county.reviewer.save()
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    assert Delivery.objects.filter(state=Delivery.State.WAITING).exists()
    assert "没有未送达的消息" in page(client, county.preparer)
