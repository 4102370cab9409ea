"""The public's objections have a limit by name and address, and lose nothing to it."""

import logging
import uuid
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from workflows.stages.objections import sending_limits
from workflows.stages.objections.models import Objection

pytestmark = pytest.mark.django_db
HOME, OFFICE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def own_counts(settings):
    """A part of the real Redis that no other test counts in."""
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {"default": default}


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


def send(entry, number=0, address=HOME, **more):
    data = {"manner": "named", "name": "张三", "contact": "a@b.cn", "facts": f"面积不实 {number}"}
    browser = Client(REMOTE_ADDR=address)
    return browser.post(reverse("notices:object", args=[entry.notice_id, entry.pk]), data | more)


def statuses(entry, count, **more):
    return [send(entry, number, **more).status_code for number in range(count)]


def test_five_objections_an_hour_from_one_address_to_one_name(entry):
    assert statuses(entry, 6) == [200] * 5 + [429]
    assert Objection.objects.count() == 5
    assert send(entry, 7, address=OFFICE).status_code == 200


def test_what_was_typed_stays_on_the_page_with_what_to_do(entry):
    statuses(entry, 5)

    answer = send(entry, facts="水质不达标，有照片")

    content = answer.content.decode()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 3600
    assert "水质不达标，有照片" in content
    assert 'value="张三"' in content
    assert "一小时后再提交；也可以照公示上的联系方式，用电话" in content


def test_twenty_an_hour_from_one_address_in_all(entry, monkeypatch):
    # As many names as there are objections, in the place of one.
    any_name = replace(sending_limits.BY_ENTRY, most=100)
    monkeypatch.setattr(sending_limits, "BY_ENTRY", any_name)

    assert statuses(entry, 21) == [200] * 20 + [429]


def test_a_form_that_has_to_be_corrected_does_not_count(entry):
    for _turn in range(9):
        assert send(entry, facts="").status_code == 422

    assert send(entry).status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", ""])
def test_an_address_that_tells_nobody_apart_limits_nobody(entry, address):
    assert statuses(entry, 6, address=address) == [200] * 6


def test_where_an_objection_came_from_is_kept_nowhere(entry):
    send(entry)

    objection = Objection.objects.get()
    events = AuditEvent.objects.filter(action="objection.receive")
    kept = str([vars(objection), vars(objection.identity), *map(vars, events)])
    assert HOME not in kept
    assert not [key for key in cache._cache.get_client().keys("*") if HOME.encode() in key]


def test_with_the_cache_away_nobody_is_refused(entry, settings, caplog):
    caplog.set_level(logging.CRITICAL, logger="designation.site.limits")
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {"default": away}

    assert statuses(entry, 6) == [200] * 6


def test_a_while_that_ends_meanwhile_counts_as_new(entry, monkeypatch):
    def ended(*_given):
        raise ValueError

    monkeypatch.setattr(type(cache._connections["default"]), "incr", ended)

    assert send(entry).status_code == 200
