"""People say the same: the officer joins them, whoever investigates reads all, each follows one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.organizations.models import Role
from notifications import delivery, outbox
from notifications.models import Event, Message
from tests import factories, files
from tests.brokers import own_broker
from workflows.stages.objections import attachments, investigation, joining, objections
from workflows.stages.objections.models import Joining, ObjectionStep

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
SAID = "活动场所只有六十平方米，没有达到标准要求的面积。"
REASON = "反映的都是活动场所面积不足。"


def raised(entry, identity=None, accepted_by=None):
    photos = [SimpleUploadedFile(f"{number}.jpg", files.jpeg()) for number in range(2)]
    made = objections.raise_objection(
        entry, facts=SAID, identity=identity, attached=attachments.judged(photos)
    )
    if accepted_by:
        objections.accept(made, reason="有具体事实，可以核查。", actor=accepted_by)
    return made


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
    beside = page.get_by_role("article", name=same.receipt_code)
    beside.get_by_role("link", name="查看异议").click()
    expect(page.get_by_text("已并入主件")).to_be_visible()
    keep_picture(page, "joined-1280")

    anybody = seat(None, **PHONE)
    anybody.goto(live_server.url + reverse("notices:follow"))
    anybody.get_by_label("查询码").fill(same.receipt_code)
    anybody.get_by_role("button", name="查询", exact=True).click()
    expect(anybody.get_by_text("与反映同一事项的其他异议一并调查")).to_be_visible()
    expect(anybody.get_by_text(leading.receipt_code)).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_whoever_investigates_reads_each_that_is_joined_and_opens_what_came_with_it(
    county, seat, live_server, width
):
    entry, officer = county.at(Stage.ON_NOTICE).notice_entries.get(), county.objection_officer
    person = factories.seated(Role.SECRECY_REVIEWER, county.jurisdiction)
    leading = raised(entry, accepted_by=officer)
    same, third = raised(entry, {"name": "张三丰", "contact": "0563-6021234"}), raised(entry)
    joining.join(leading, [same, third], reason=REASON, actor=officer)
    investigation.assign(leading, investigator=person, reason="由他人调查。", actor=officer)
    page = seat(person, width=width)

    page.goto(live_server.url + reverse("notices:objection", args=[leading.pk]))

    keep_picture(page, f"joined-investigator-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beside = page.get_by_role("article", name=same.receipt_code)
    expect(beside.get_by_text(SAID)).to_be_visible()
    with page.expect_download() as fetched:
        beside.get_by_role("button", name="下载附件 2").click()
    assert fetched.value.suggested_filename == f"异议附件 {same.receipt_code[-4:]}-2.jpg"
    expect(page.get_by_text("张三丰")).to_have_count(0)
    page.get_by_role("link", name="提交调查报告").click()
    expect(page.get_by_role("article", name=third.receipt_code)).to_be_visible()
    keep_picture(page, f"joined-report-{width}")
    page.get_by_label("调查报告").fill("现场丈量三次，有记录。")
    page.get_by_label("我已看清").check()
    page.get_by_role("button", name="提交调查报告").click()
    expect(page.get_by_text("调查报告已提交")).to_be_visible()


@pytest.fixture
def broker(tmp_path):
    with own_broker(tmp_path / "redis") as start_and_stop:
        yield start_and_stop


def test_two_tabs_a_button_pressed_twice_and_no_redis_cost_nothing_that_was_typed(
    county, seat, live_server, broker
):
    start, stop = broker
    entry, officer = county.at(Stage.ON_NOTICE).notice_entries.get(), county.objection_officer
    assert county.coordinator
    leading, same, third = raised(entry, accepted_by=officer), raised(entry), raised(entry)
    address = live_server.url + reverse("notices:join", args=[leading.pk])
    start()
    delivery.deliver_waiting()
    one = seat(officer)
    other = one.context.new_page()
    for tab in (one, other):
        tab.goto(address)
    other.get_by_label(same.receipt_code).check()
    other.get_by_label(third.receipt_code).check()
    other.get_by_label("并案的理由").fill("三件说的是同一处场所。")
    stop()

    one.get_by_label(same.receipt_code).check()
    one.get_by_label("并案的理由").fill(REASON)
    one.get_by_role("button", name="并案", exact=True).dblclick()
    expect(one.get_by_text("已并案。")).to_be_visible()
    outbox.wake_up.settle()
    assert ObjectionStep.objects.filter(act="joined").count() == 1

    other.get_by_role("button", name="并案", exact=True).click()
    expect(other.get_by_text(f"异议 {same.receipt_code} 已经并入另一件。").first).to_be_visible()
    expect(other.get_by_label("并案的理由")).to_have_value("三件说的是同一处场所。")
    expect(other.get_by_label(third.receipt_code)).to_be_checked()
    keep_picture(other, "joining-second-tab-1280")
    other.set_viewport_size(PHONE)
    keep_picture(other, "joining-second-tab-390")
    other.get_by_role("button", name="并案", exact=True).click()
    expect(other.get_by_text("已并案。")).to_be_visible()
    assert {row.objection for row in Joining.objects.all()} == {same, third}

    outbox.wake_up.settle()
    assert Event.objects.filter(delivered_at=None, action="objection.accepted").count() == 2
    start()
    delivery.deliver_waiting()
    told = Message.objects.filter(person=county.coordinator, event__action="objection.accepted")
    assert told.exists()
