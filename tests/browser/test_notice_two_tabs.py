"""A notice in two tabs, pressed twice and while Redis is away; a correction as it is seen."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.organizations.models import Organization
from notifications import delivery, outbox
from notifications.models import Event, Message
from tests.brokers import own_broker
from tests.course import NOTICE
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Cause, Notice

from .conftest import TICK, keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
REASON = "原公示把单位名称写错了，更正后重新公示。"


@pytest.fixture
def broker(tmp_path):
    with own_broker(tmp_path / "redis") as start_and_stop:
        yield start_and_stop


def two_tabs(page, address):
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address)
    return page, other


def test_a_notice_composed_in_two_tabs_is_proposed_once_and_what_the_second_typed_stays(
    county, seat, live_server, broker
):
    start, stop = broker
    application = county.at(Stage.CHOSEN)
    assert county.secrecy_reviewer
    start()
    delivery.deliver_waiting()
    address = live_server.url + reverse("notices:compose", args=[county.round.pk])
    one, other = two_tabs(seat(county.coordinator), address)
    for tab in (one, other):
        for name in ("title", "basis", "procedure", "meeting_result"):
            tab.locator(f"[name={name}]").fill(NOTICE[name])
    other.locator("[name=meeting_result]").fill("十一票同意，一票弃权")
    stop()

    one.get_by_role("button", name="提出公示", exact=True).dblclick()
    expect(one.get_by_text("公示已提出，请保密审查人审查。")).to_be_visible()
    outbox.wake_up.settle()
    assert Notice.objects.get().entries.get().application == application

    other.get_by_role("button", name="提出公示", exact=True).click()
    expect(other.get_by_text("您选的申报中有的已列入其他公示").first).to_be_visible()
    expect(other.get_by_text("请填写这一项。")).to_have_count(0)
    expect(other.locator("[name=meeting_result]")).to_have_value("十一票同意，一票弃权")
    keep_picture(other, "notice-second-tab-1280")
    other.set_viewport_size(PHONE)
    assert other.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep_picture(other, "notice-second-tab-390")
    assert Notice.objects.count() == 1

    outbox.wake_up.settle()
    assert Event.objects.filter(delivered_at=None, action="notice.propose").count() == 1
    start()
    delivery.deliver_waiting()
    assert Message.objects.filter(
        person=county.secrecy_reviewer, event__action="notice.propose"
    ).exists()


def test_a_notice_is_published_once_by_two_tabs_and_a_button_pressed_twice(
    county, seat, live_server
):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    one, other = two_tabs(
        seat(county.publisher), live_server.url + reverse("notices:manage", args=[notice.pk])
    )

    for tab in (one, other):
        button = tab.get_by_role("button", name="发布公示", exact=True).locator("visible=true")
        button.evaluate(TICK)
        button.dblclick() if tab is one else button.click()
        tab.wait_for_load_state()

    expect(one.get_by_text("公示已发布")).to_be_visible()
    expect(other.get_by_text("公示已经发布，不能再改。").first).to_be_visible()
    notice.refresh_from_db()
    assert notice.steps.filter(act="published").count() == 1


def test_a_notice_broken_off_in_one_tab_is_not_extended_in_another_and_the_reason_stays(
    county, seat, live_server
):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    other = seat(county.publisher)
    other.goto(live_server.url + reverse("notices:manage", args=[notice.pk]))
    other.locator("summary", has_text="延长公示期").click()
    other.get_by_label(re.compile("^原因")).locator("visible=true").fill(
        "网站检修两天，公示页面打不开。"
    )
    notices.restart(notice, cause=Cause.OTHER, reason=REASON, actor=county.publisher)

    button = other.get_by_role("button", name="延长公示期", exact=True).locator("visible=true")
    button.evaluate(TICK)
    button.click()

    expect(other.get_by_text("您打开页面之后，这份公示的情况变了")).to_be_visible()
    expect(other.get_by_text("网站检修两天，公示页面打不开。")).to_be_visible()
    keep_picture(other, "notice-extended-too-late-1280")
    notice.refresh_from_db()
    assert notice.steps.filter(act="extended").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_correction_is_seen_as_the_public_will_read_it(county, seat, live_server, width):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    wrong = county.village.name_zh
    draft = notices.restart(notice, cause=Cause.CORRECTION, reason=REASON, actor=county.publisher)
    Organization.objects.filter(pk=county.village.pk).update(name_zh="红旗村党支部委员会")
    page = seat(county.coordinator, width=width)

    page.goto(live_server.url + reverse("notices:manage", args=[draft.pk]))

    expect(page.get_by_text(f"关于更正《{notice.title}》的公告").first).to_be_visible()
    expect(page.get_by_text(wrong).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    keep_picture(page, f"notice-correction-preview-{width}")
