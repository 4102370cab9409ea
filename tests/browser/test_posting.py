"""On a phone a clerk registers what hung on the village's board, with its photograph."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Posting, Stage
from designation.rounds.models import Round
from designation.site import clock
from tests.files import jpeg

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def test_what_hung_on_the_board_is_registered_on_a_phone_and_read_by_the_township(
    county, seat, live_server, held_clock
):
    Round.objects.filter(pk=county.round.pk).update(posting_days=5)
    county.round.refresh_from_db()
    draft = county.start()
    county.prepare(draft)
    held_clock.move_to(clock.now().replace(day=16))
    case = live_server.url + reverse("applications:case", args=[draft.pk])

    clerk = seat(county.preparer, **PHONE)
    clerk.goto(case)
    clerk.get_by_role("link", name="内部公示").first.click()
    clerk.get_by_label("公示开始日期").fill("2026-03-02")
    clerk.get_by_label("公示结束日期").fill("2026-03-05")
    clerk.get_by_label("公示地点").fill("村务公开栏")
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("所填日期只有4 个工作日").first).to_be_visible()
    expect(clerk.get_by_label("公示地点")).to_have_value("村务公开栏")
    keep_picture(clerk, "posting-refused-390")

    clerk.get_by_label("公示结束日期").fill("2026-03-06")
    clerk.get_by_label("证明（照片或文件）").set_input_files(
        {"name": "公开栏.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("内部公示已登记。")).to_be_visible()
    keep_picture(clerk, "posting-registered-390")
    assert str(Posting.objects.get().posted_to) == "2026-03-06"

    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.head)
    draft.refresh_from_db()
    assert draft.stage == Stage.SUBMITTED
    township = seat(county.reviewer)
    township.goto(case + "review/")
    expect(township.get_by_text("2026年3月2日(周一) – 2026年3月6日(周五)").first).to_be_visible()
    expect(township.get_by_role("link", name="公开栏.jpg").first).to_be_visible()
