"""Preparer and head on a phone: sent, sent back with the reason, sent again, handed in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Application, Receipt, Stage

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
REASON = "村级活动场所的面积与登记的不一致，请核对。"


def address(live_server, name, application, *more):
    return live_server.url + reverse(f"applications:{name}", args=[application.pk, *more])


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_function("() => !document.documentElement.dataset.sending")


def test_a_village_goes_from_preparer_to_head_and_back_and_is_handed_in(county, seat, live_server):
    application = county.start()
    county.prepare(application)
    preparer, head = seat(county.preparer, **PHONE), seat(county.head, **PHONE)
    case = address(live_server, "case", application)

    preparer.goto(case)
    press(preparer, "送负责人确认")
    expect(preparer.locator("#handed")).to_contain_text("送负责人确认")
    fits(preparer)

    head.goto(case)
    head.get_by_role("link", name="核对并承诺").click()
    expect(head.locator(".sworn").first).to_be_visible()
    fits(head)
    keep_picture(head, "head-390")
    head.get_by_role("link", name="退回填报人").click()
    head.get_by_label("理由").fill(REASON)
    press(head, "退回填报人")

    preparer.goto(case)
    expect(preparer.locator("#handed")).to_contain_text(REASON)
    keep_picture(preparer, "sent-back-390")
    press(preparer, "送负责人确认")

    head.goto(address(live_server, "confirm", application))
    head.get_by_label("我是单位负责人").check()
    press(head, "确认自评")
    press(head, "提交申报")

    number = Receipt.objects.get().number
    expect(head.locator(".receipt-number")).to_have_text(number)
    fits(head)
    keep_picture(head, "receipt-390")
    assert Application.objects.get(pk=application.pk).stage == Stage.SUBMITTED
    head.goto(address(live_server, "papers", application))
    fits(head)
    keep_picture(head, "papers-390")


def test_what_changed_under_the_heads_eyes_is_named_in_the_browser(county, seat, live_server):
    application = county.start()
    county.prepare(application)
    head = seat(county.head, **PHONE)
    head.goto(address(live_server, "confirm", application))
    answer = application.answers.get(item__code="NC-02")
    answer.note = "刚刚改过"
    answer.save()

    head.get_by_label("我是单位负责人").check()
    press(head, "确认自评")

    expect(head.get_by_role("alert")).to_contain_text("NC-02")
    expect(head.get_by_text("刚刚改过")).to_be_visible()
    keep_picture(head, "changed-390")
