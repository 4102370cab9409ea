"""Whoever lost a title is told so before any work is done, on desk and start page."""

import pytest
from django.urls import reverse

from tests.titles_given import REASON
from tests.workflows.bars.test_bars import revoke, titled

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_start_page_of_a_revoked_organization_refuses_before_any_work(
    seat, live_server, reference_data, county, held_clock
):
    revoke(county, titled(county, county.village))
    preparer = Visitor(seat(county.preparer), live_server.url)

    preparer.go("/")
    preparer.sees("现在不能申报")
    preparer.keep_picture("barred-desk")
    preparer.go(reverse("applications:start", args=[county.round.pk]))
    preparer.sees("请不要开始填写")
    preparer.sees(REASON)
    preparer.keep_picture("barred-start")

    assert preparer.page.get_by_role("button", name="开始申报").count() == 0
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go("/bars/")
    coordinator.sees(county.village.name)
    coordinator.keep_picture("barred-list")
    coordinator.go("/register/?on=2026-03-01")
    coordinator.sees("（含当天）的名册")
    coordinator.keep_picture("register-as-of")
