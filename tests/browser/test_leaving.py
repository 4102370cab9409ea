"""A reviewer leaves: who takes over is chosen, looked at, and takes over in one press."""

import re

import pytest

from designation.applications.models import Stage
from designation.organizations.models import Person, Role
from designation.site import clock
from tests import factories
from workflows.stages.first_review import claims

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_leaves_and_a_colleague_takes_over(seat, live_server, county):
    factories.deputy_in(county.reviewer.seats.get())
    claims.claim(county.at(Stage.SUBMITTED), actor=county.reviewer)
    successor = factories.PersonFactory(full_name="王接任", home_organization=county.township)
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    browser = Visitor(seat(security), live_server.url)

    browser.go(f"/accounts/people/{county.reviewer.pk}/leaving/")
    browser.sees("照现在的选择，这些无人接手")
    browser.keep_picture("leaving-before")
    browser.page.get_by_label(re.compile("^全部移交给")).select_option(str(successor.pk))
    browser.press("查看移交情况")
    browser.sees("授予王接任这个岗位")
    browser.sees("由王接任接手")
    browser.keep_picture("leaving-looked-at")
    browser.page.get_by_label(re.compile("最后工作日")).fill("")
    browser.press("办理离任")
    browser.sees("离任已办理")

    assert not Person.objects.get(pk=county.reviewer.pk).is_active
    colleague = Visitor(seat(successor), live_server.url)
    colleague.sees(county.village.name)
    assert browser.complaints + colleague.complaints == []


def test_the_list_of_the_morning_leads_to_the_seat_that_is_wanting(seat, live_server, county):
    person = county.reviewer
    county.at(Stage.SUBMITTED)
    person.seats.update(ended_at=clock.now())
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    browser = Visitor(seat(security), live_server.url)

    browser.follow("每日清单")
    browser.sees("无人可办：1 件")
    browser.keep_picture("daily")
    browser.follow("授予岗位")
    browser.sees("所在组织")
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go("/desk/daily/")
    coordinator.sees(county.village.name)
    coordinator.keep_picture("daily-of-the-coordinator")
    assert browser.complaints + coordinator.complaints == []
