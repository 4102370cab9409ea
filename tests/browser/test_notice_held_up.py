"""A notice over a holiday with a make-up Saturday: seen before, broken off, and published anew."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Application, Stage
from designation.calendar import by_time
from tests.course import NOTICE
from tests.public_addresses import public
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice

from .conftest import TICK, keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
# The Tuesday before the National Day of 2026: 10 October, a Saturday, is worked.
TUESDAY = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
REASON = "10月8日网站检修一天，公示页面无法访问。"


def manage(live_server, notice):
    return live_server.url + reverse("notices:manage", args=[notice.pk])


def open_fold(page, label):
    page.locator("summary", has_text=label).click()


def press(page, label):
    button = page.get_by_role("button", name=label, exact=True).locator("visible=true")
    button.evaluate(TICK)
    button.click()


def publish(county, seat, live_server, notice):
    """The publisher reads on a phone what the public will read, and publishes it."""
    page = seat(county.publisher, **PHONE)
    page.goto(manage(live_server, notice))
    expect(page.get_by_text("预览，尚未公示")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep_picture(page, "notice-1-preview-on-a-phone")
    press(page, "发布公示")
    expect(page.get_by_text("公示已发布")).to_be_visible()


def break_off(county, seat, live_server, notice):
    page = seat(county.publisher)
    page.goto(manage(live_server, notice))
    open_fold(page, "终止并重新公示")
    page.get_by_label(re.compile("^原因")).locator("visible=true").fill(REASON)
    keep_picture(page, "notice-2-held-up")
    press(page, "终止并重新公示")
    expect(page.get_by_text("名单已转入这份拟稿")).to_be_visible()


def mend_and_sign(county, seat, live_server, draft):
    page = seat(county.coordinator)
    page.goto(manage(live_server, draft))
    keep_picture(page, "notice-3-draft-in-its-place")
    page.get_by_role("link", name="修改后重新提出").click()
    page.get_by_role("button", name="预览", exact=True).click()
    expect(page.get_by_text("还没有提出")).to_be_visible()
    keep_picture(page, "notice-4-seen-before-proposing")
    page.get_by_role("button", name="重新提出公示").click()
    expect(page.get_by_text("公示已重新提出")).to_be_visible()
    draft.refresh_from_db()
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)


def read_both(seat, live_server, notice, draft):
    page = seat(None, **PHONE)
    page.goto(live_server.url + public("notices:detail", args=[notice.pk]))
    expect(page.get_by_text("不再接收异议").first).to_be_visible()
    expect(page.get_by_text(REASON)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep_picture(page, "notice-5-broken-off-on-a-phone")
    page.get_by_role("link", name=draft.title).click()
    expect(page.get_by_text("本公示接替已终止的公示")).to_be_visible()
    expect(page.get_by_text("2026年10月15日(周四)").first).to_be_visible()
    keep_picture(page, "notice-6-in-its-place-on-a-phone")


def test_over_a_holiday_with_a_make_up_saturday_broken_off_and_published_anew(
    county, seat, live_server, held_clock
):
    application = county.at(Stage.CHOSEN)
    notice = county.compose_notice(application)
    held_clock.move_to(TUESDAY)
    publish(county, seat, live_server, notice)
    notice.refresh_from_db()
    # 30 September, 8 and 9 October, Saturday the 10th, Monday the 12th.
    assert (notice.first_day, notice.last_day) == (date(2026, 9, 30), date(2026, 10, 12))
    assert notice.title == NOTICE["title"]

    held_clock.move_to(FRIDAY)
    break_off(county, seat, live_server, notice)
    draft = Notice.objects.get(restarts=notice)
    mend_and_sign(county, seat, live_server, draft)
    publish(county, seat, live_server, draft)
    draft.refresh_from_db()
    # Saturday the 10th again, then Monday to Thursday.
    assert (draft.first_day, draft.last_day) == (date(2026, 10, 10), date(2026, 10, 15))
    read_both(seat, live_server, notice, draft)

    held_clock.move_to(notice.ends_at)
    by_time.carry_out()
    assert Application.objects.get().stage == Stage.ON_NOTICE
    held_clock.move_to(draft.ends_at)
    by_time.carry_out()
    assert Application.objects.get().stage == Stage.AWAITING_DESIGNATION
