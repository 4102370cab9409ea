"""Gateways that tests arrange: set up by the system administrator, with the reference receiver."""

from ipaddress import ip_network

import pytest

from designation.organizations.models import Person, Role
from notifications import preferences, webhook_settings, webhooks
from notifications.preferences import ByGateway
from tests import factories

from .receiver import Receiver

NUMBER = "13800000000"


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.WEBHOOK_PLAIN_HTTP = True
    running = Receiver().start()
    yield running
    running.stop()


def administrator(area):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, area)


def give_key(webhook, receiver, actor):
    seen = [key.key_id for key in webhook.keys_in_force]
    key = webhook_settings.make_key(webhook, seen=seen, actor=actor)
    receiver.keys[key.key_id] = key.secret
    return key


def set_up(area, receiver, *, kinds=tuple(webhooks.KINDS), is_on=True):
    """The gateway of the area, with a key that the receiver knows."""
    actor = administrator(area)
    values = {"address": receiver.address, "kinds": list(kinds)}
    webhook = webhook_settings.keep(area, values, actor=actor)
    give_key(webhook, receiver, actor)
    if is_on:
        webhook = webhook_settings.keep(area, {"is_on": True}, before={}, actor=actor)
    return webhook


def gives_number(person, area, number=NUMBER, *, has_news=True):
    """The person belongs to the area, and says how its gateway reaches them."""
    Person.objects.filter(pk=person.pk).update(jurisdiction=area)
    by_gateway = ByGateway(number, has_news)
    preferences.keep({}, None, None, gateway=by_gateway, actor=person)
