"""After signing out the way back shows no case; while signed in it keeps what was typed."""

import re

import pytest
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from tests.browser.conftest import Visitor
from tests.course import County

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["kept whole", "fetched again"])
def page(request, browser_type, browser_type_launch_args, browser_context_args):
    """A browser that keeps pages whole for the way back, as people's do, and one that does not."""
    kept = ["--disable-back-forward-cache"] if request.param == "kept whole" else []
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=kept)
    page = browser.new_context(**browser_context_args).new_page()
    page.set_default_timeout(10_000)
    yield page
    browser.close()


@pytest.fixture
def county(live_server, reference_data, held_clock):
    return County()


@pytest.fixture
def desk(page, live_server, county):
    return Desk(page, live_server.url)


class Desk(Visitor):
    def come_in(self, person):
        self.go("/accounts/login/")
        self.page.get_by_label("账号").fill(person.username)
        self.page.get_by_label("密码").fill(factories.PASSWORD)
        self.page.locator("main").get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", name="您好").wait_for()

    def leave(self):
        self.page.locator(".account summary").click()
        self.press("退出登录")
        self.page.get_by_role("heading", name="登录").wait_for()

    def back(self, pages=1):
        self.page.evaluate(f"history.go(-{pages})")


def test_after_signing_out_the_way_back_shows_no_case(desk, county):
    application = county.at(Stage.SUBMITTED)
    case = f"/applications/{application.pk}/"
    desk.come_in(county.head)
    desk.go(case + "#content")
    desk.sees(county.village.name_zh)

    desk.leave()
    desk.back()

    desk.page.wait_for_url(re.compile(rf"/accounts/login/\?next={case}"))
    expect(desk.page.get_by_text(county.village.name_zh)).to_have_count(0)


def test_the_next_person_at_the_desk_does_not_go_back_to_the_last_ones_page(desk, county):
    desk.come_in(county.coordinator)
    desk.go("/rounds/add/")
    desk.page.locator("[name='contact_address']").fill("人民路 1 号")
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.page.context.clear_cookies()
    desk.come_in(factories.seated(Role.VERIFIER, county.jurisdiction))

    desk.back(pages=2)

    expect(desk.page.get_by_text("没有找到这个页面")).to_be_visible()
    expect(desk.page.locator("[name='contact_address']")).to_have_count(0)


def test_while_signed_in_the_way_back_keeps_what_was_typed(desk, county):
    desk.come_in(county.coordinator)
    desk.go("/rounds/add/")
    desk.page.locator("[name='contact_address']").fill("人民路 1 号")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.follow("名册")
    desk.page.get_by_role("heading", name="名册").wait_for()

    desk.back()

    expect(desk.page.locator("[name='contact_address']")).to_have_value("人民路 1 号")
