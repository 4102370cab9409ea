"""The invented app as it is while it is installed; after the test nothing of it is left."""

import pytest
from django.apps import AppConfig
from django.urls import reverse

from designation.calendar import awaited
from designation.site import clock
from notifications import channels
from standards import code_constraints, publishing
from standards.engine.judging import KINDS
from standards.models import Check
from tests.sheets import fill_in

from . import mediation
from .channel import LOUDSPEAKER

ITEM = "NC-03"
NEW = {
    "phrase": "村党组织设置合理",
    "kind": "stars_at_least",
    "metric_zh": "党支部星级",
    "metric_en": "Rating of the branch",
    "threshold": "3",
    "strictness": "strict",
    "scope": "current",
}


@pytest.fixture
def installed(db, monkeypatch):
    for kept in ("_KINDS", "_CONSEQUENCES"):
        monkeypatch.setattr(awaited, kept, dict(getattr(awaited, kept)))
    kinds = dict(KINDS)
    AppConfig.create("tests.invented").ready()
    code_constraints.follow(using="default")
    yield
    mediation.take_back()
    channels.withdraw(LOUDSPEAKER)
    LOUDSPEAKER.forget()
    KINDS.clear()
    KINDS.update(kinds)


@pytest.fixture
def as_manager(client, own):
    client.force_login(own.manager)
    return client


@pytest.fixture
def code(installed, as_manager, own):
    """The code of a check of the invented kind, written into a draft by its manager."""
    address = reverse("drafting:check_add", args=[own.draft.pk, ITEM])
    assert fill_in(as_manager, address, NEW).status_code == 302
    return Check.objects.get(item__version=own.draft, kind="stars_at_least").code


@pytest.fixture
def in_a_round(county, own, code):
    """The county's round judges by a published standard with the check."""
    publishing.publish(own.draft, at=clock.now())
    category = county.round_category
    type(category).objects.filter(pk=category.pk).update(standard=own.draft)
    category.refresh_from_db()
    return code
