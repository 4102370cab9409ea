"""Slips: with the code that a phone reads, and as a file while their page stays."""

import pytest
from playwright.sync_api import expect

from designation.organizations.models import Person, Role
from notifications.tasks import deliver_outbox
from tests import factories
from tests.designation.accounts.test_link_mailings import REFUSED, Server

from .conftest import OUTPUT
from .test_every_page import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def security(reference_data, held_clock):
    area = factories.JurisdictionFactory()
    for name in ("王办事", "李有信"):
        clerk = factories.PersonFactory(jurisdiction=area, full_name=name, email="")
        clerk.set_unusable_password()
        clerk.save()
    return factories.seated(Role.SECURITY_ADMINISTRATOR, area)


def test_slips_are_for_everyone_and_stay_while_their_file_is_fetched(security, seat, live_server):
    page = seat(security)
    page.goto(live_server.url + "/accounts/password-links/slips/")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="为勾选的人生成链接").click()
    expect(page.get_by_role("img", name="设置密码的地址，供手机扫码")).to_have_count(2)
    assert faults(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUTPUT / f"slips-{width}.png", full_page=True)

    with page.context.expect_event("response", lambda one: "/slips/file/" in one.url) as answered:
        page.get_by_role("button", name="存为 PDF").click()

    assert answered.value.status == 200
    assert answered.value.headers["content-disposition"].startswith("attachment")
    expect(page.locator(".slip")).to_have_count(2)


def test_letters_are_followed_until_each_was_tried_and_the_rest_are_printed(
    security, seat, live_server, settings
):
    for person, address in zip(
        Person.objects.filter(full_name__in=("王办事", "李有信")), ("wang", "li"), strict=True
    ):
        Person.objects.filter(pk=person.pk).update(email=f"{address}@example.cn")
    settings.EMAIL_BACKEND = "tests.designation.accounts.test_link_mailings.Server"
    Server.answers = {"wang@example.cn": REFUSED}
    page = seat(security)
    page.goto(live_server.url + "/accounts/password-links/slips/")
    page.get_by_role("button", name="为勾选的人生成链接").click()
    expect(page.get_by_text("已办 0 封，共 2 封")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()

    deliver_outbox()

    expect(page.get_by_text("没有发出，系统会再试").first).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_label("王办事").check()
    assert faults(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUTPUT / f"letters-{width}.png", full_page=True)
    page.get_by_role("button", name="为勾选的人改为密码条").click()
    expect(page.locator(".slip")).to_have_count(1)
