"""A round counts calendar days and asks for two boards; the coordinator proves them one by one."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.rounds.models import DayUnit, NoticeChannel, Round
from tests.files import jpeg
from tests.public_addresses import public

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = {
    "notice_unit": DayUnit.CALENDAR,
    "notice_days": 7,
    "notice_channels": [NoticeChannel.WEBSITE, NoticeChannel.BOARD],
}


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_wanting_stands_on_the_page_until_it_is_proved(
    county, seat, live_server, held_clock, width
):
    Round.objects.filter(pk=county.round.pk).update(**ASKED)
    county.round.refresh_from_db()
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    held_clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))

    desk = seat(county.coordinator, width=width)
    desk.goto(live_server.url + reverse("notices:manage", args=[notice.pk]))
    wanting = desk.locator(".alert-warning").filter(has_text="还没有登记证明")
    expect(wanting.get_by_role("listitem")).to_have_count(2)
    keep_picture(desk, f"notice-channels-wanting-{width}")
    desk.get_by_text("登记张贴情况").first.click()
    desk.get_by_label("公示渠道").select_option("board")
    desk.get_by_label("具体位置").fill("红旗镇政务公开栏")
    desk.get_by_label("张贴（发布）人").fill("李四")
    desk.get_by_label("张贴（发布）日期").fill("2026-03-03")
    desk.get_by_label("照片或网页截图").set_input_files(
        {"name": "公开栏.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    desk.get_by_role("button", name="登记张贴情况").click()
    expect(wanting.get_by_role("listitem")).to_have_text(["政府网站"])

    desk.goto(live_server.url + public("notices:detail", args=[notice.pk]))
    expect(desk.get_by_text("（7 个自然日）")).to_be_visible()
    keep_picture(desk, f"notice-calendar-days-{width}")


def test_the_form_of_a_round_offers_both(county, seat, live_server):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)

    desk = seat(county.coordinator, width=390)
    desk.goto(live_server.url + reverse("rounds:edit", args=[county.round.pk]))
    desk.get_by_label("公示期按哪种日子计算").select_option("calendar")
    desk.get_by_label("公示期（日数）").fill("7")
    desk.get_by_label("政府网站").check()
    keep_picture(desk, "round-form-channels-390")
    desk.get_by_role("button", name="保存").first.click()

    expect(desk.get_by_text("7 个自然日").first).to_be_visible()
    expect(desk.get_by_text("公示须有张贴证明的渠道").first).to_be_visible()
