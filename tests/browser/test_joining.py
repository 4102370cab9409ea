"""Two people say the same: the officer joins them on a phone, and each follows their own."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from workflows.stages.objections import objections

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
SAID = "活动场所只有六十平方米，没有达到标准要求的面积。"


def test_the_officer_reads_both_joins_them_and_each_follows_their_own(county, seat, live_server):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    leading, same = (
        objections.raise_objection(entry, facts=SAID, identity=identity)
        for identity in ({"name": "张三丰", "contact": "0563-6021234"}, None)
    )
    objections.accept(leading, reason="有具体事实，可以核查。", actor=county.objection_officer)

    page = seat(county.objection_officer, **PHONE)
    page.goto(live_server.url + reverse("notices:objection", args=[leading.pk]))
    page.get_by_role("link", name="并入反映同一事项的异议").click()
    expect(page.get_by_text(SAID)).to_have_count(2)
    page.get_by_label(same.receipt_code).check()
    page.get_by_label("并案的理由").fill("反映的都是活动场所面积不足。")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep_picture(page, "joining-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    keep_picture(page, "joining-1280")
    page.get_by_role("button", name="并案", exact=True).click()
    expect(page.get_by_text("并入这一件的异议，结论和答复逐件告知")).to_be_visible()
    keep_picture(page, "joined-leading-1280")
    page.get_by_role("link", name=same.receipt_code).click()
    expect(page.get_by_text("已并入主件")).to_be_visible()
    keep_picture(page, "joined-1280")

    anybody = seat(None, **PHONE)
    anybody.goto(live_server.url + reverse("notices:follow"))
    anybody.get_by_label("查询码").fill(same.receipt_code)
    anybody.get_by_role("button", name="查询", exact=True).click()
    expect(anybody.get_by_text("与反映同一事项的其他异议一并调查")).to_be_visible()
    expect(anybody.get_by_text(leading.receipt_code)).to_have_count(0)
