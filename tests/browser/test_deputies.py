"""The deciding officer is away: a deputy is named on a page, and decides "for" them."""

import re
from datetime import timedelta

import pytest

from designation.applications.models import Application, Stage
from designation.organizations.models import Role
from designation.site import clock
from tests import factories
from workflows.stages.public_notice import notices

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def awaiting(county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    notice = application.notice_entries.get().notice
    notices.close_register(notice, actor=county.objection_officer)
    return application


@pytest.fixture
def colleague(county):
    """Of the same county, and of no other step of this case."""
    return factories.seated(Role.STANDARDS_MANAGER, county.jurisdiction, full_name="李代办")


def day(later=0):
    return (clock.today() + timedelta(days=later)).isoformat()


def test_a_deputy_decides_for_whom_they_stand_in(seat, live_server, county, awaiting, colleague):
    officer = Visitor(seat(county.deciding_officer), live_server.url)
    officer.page.locator("details.account summary").click()
    officer.follow("代理人")
    officer.keep_picture("deputies-none-yet")
    officer.follow("指定代理人")
    officer.page.get_by_label(re.compile("^代理人")).select_option(str(colleague.seats.get().pk))
    officer.page.get_by_label(re.compile("开始日期")).fill(day())
    officer.page.get_by_label(re.compile("截止日期")).fill(day(3))
    officer.keep_picture("deputy-named")
    officer.press("指定")
    officer.sees("代理人已指定，并已通知双方。")
    officer.keep_picture("deputies")

    deputy = Visitor(seat(colleague), live_server.url)
    deputy.sees(f"您代{county.deciding_officer.full_name}办理")
    deputy.keep_picture("a-deputys-desk")
    deputy.go("/notices/desk/")
    deputy.follow("办理命名")
    deputy.page.get_by_label(re.compile("发文字号")).fill("青发〔2026〕8号")
    deputy.page.get_by_label(re.compile("决定日期")).fill(day())
    deputy.press("登记决定并命名")
    deputy.sees("已命名并载入名册")

    decision = awaiting.decisions.get(transition="designate")
    assert (decision.actor, decision.acted_for) == (colleague, county.deciding_officer)
    assert Application.objects.get(pk=awaiting.pk).stage == Stage.DESIGNATED
    deputy.go(f"/applications/{awaiting.pk}/")
    deputy.sees(f"李代办代{county.deciding_officer.full_name}")
    deputy.keep_picture("decided-for")
    assert officer.complaints + deputy.complaints == []
