"""A year of rounds: the calendar by two people; a round extended, one let in late, copied."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from designation.calendar.models import CalendarYear
from designation.organizations.models import Role
from designation.rounds.models import Round
from tests import factories
from tests.calendars import LINES_2027, written

pytestmark = pytest.mark.django_db(transaction=True)


def shows_no_more_than_fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


def test_a_calendar_year_is_loaded_by_one_and_confirmed_by_another(county, seat, tmp_path):
    administrator = seat(factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))
    administrator.get_by_role("link", name="工作日历").first.click()
    administrator.get_by_role("link", name="载入一年").click()
    administrator.get_by_label("日历文件").set_input_files(written(tmp_path, LINES_2027[1:]))
    administrator.get_by_label("通知的发文字号").fill("国办发明电〔2026〕5号")
    administrator.get_by_role("button", name="载入").click()
    expect(administrator.locator("main")).to_contain_text("元旦：2027-01-01")
    administrator.get_by_label("日历文件").set_input_files(written(tmp_path))
    administrator.get_by_role("button", name="载入").click()
    expect(administrator.locator("main")).to_contain_text("须由另一位系统管理员或县级经办人确认")

    for width in (1280, 390):
        coordinator = seat(county.coordinator, width=width)
        coordinator.get_by_role("link", name="2027 年工作日历").click()
        expect(coordinator.locator("main")).to_contain_text("工作日 248 天")
        shows_no_more_than_fits(coordinator)
    coordinator.get_by_role("button", name="确认启用").click()
    expect(coordinator.locator("main")).to_contain_text("请先与通知原文核对")
    coordinator.get_by_label("我已拿通知原文逐月核对").check()
    coordinator.get_by_role("button", name="确认启用").click()
    expect(coordinator.locator("body")).to_contain_text("2027 年的工作日历已启用。")
    assert CalendarYear.objects.filter(year=2027).exists()


def test_a_round_is_extended_for_all_then_for_one_and_copied_for_next_year(
    county, seat, held_clock, live_server
):
    address = f"{live_server.url}/rounds/{county.round.pk}/"
    head, other = county.head, county.beside().head
    coordinator = seat(county.coordinator)
    coordinator.goto(address)
    coordinator.get_by_role("link", name="延长申报时间").click()
    coordinator.get_by_label("新的截止时间").fill("2026-04-08T17:30")
    coordinator.get_by_label("延长原因").fill("连日暴雨，多处停电。")
    coordinator.get_by_role("button", name="延长").click()
    expect(coordinator.locator("main")).to_contain_text("延长至2026年4月8日(周三)17:30")

    held_clock.move_to(Round.objects.get(pk=county.round.pk).closes_at + timedelta(hours=1))
    coordinator = seat(county.coordinator, width=390)
    coordinator.goto(address)
    coordinator.get_by_role("link", name="准许一家延长").click()
    coordinator.get_by_label("组织名称").fill(county.village.name_zh)
    coordinator.get_by_label("新的截止时间").fill("2026-04-10T17:30")
    coordinator.get_by_label("延长原因").fill("该村通信中断。")
    coordinator.get_by_role("button", name="延长").click()
    expect(coordinator.locator("main")).to_contain_text("该村通信中断。")
    shows_no_more_than_fits(coordinator)
    late = seat(head)
    late.goto(address)
    expect(late.get_by_role("link", name="开始申报")).to_be_visible()
    shut_out = seat(other)
    shut_out.goto(address)
    expect(shut_out.get_by_role("link", name="开始申报")).to_have_count(0)

    coordinator.get_by_role("button", name="照此新建").click()
    expect(coordinator.get_by_label("批准文号")).to_have_value("")
    made = Round.objects.latest("pk")
    assert made.status == Round.Status.DRAFT
    coordinator.goto(f"{live_server.url}/rounds/{made.pk}/places/")
    coordinator.locator(f"[name='places-{county.township.pk}-NC']").fill("3")
    coordinator.get_by_role("button", name="保存", exact=True).click()
    expect(coordinator.locator("body")).to_contain_text("已保存。")
    shows_no_more_than_fits(coordinator)
    coordinator.goto(f"{live_server.url}/rounds/{made.pk}/")
    expect(coordinator.locator("main")).to_contain_text("请在“批次信息”中填写今年的批准文号。")
    expect(coordinator.locator("main")).to_contain_text("“保密审查”无人担任")
    shows_no_more_than_fits(coordinator)
