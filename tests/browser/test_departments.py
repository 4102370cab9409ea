"""Departments are asked, one answers on a phone, one is silent: a letter opens the gate."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Application, Stage
from designation.calendar import by_time
from tests.departments import department
from workflows.stages.opinions.models import Opinion

from .conftest import TICK, keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def is_no_wider_than(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


def ask(page, county, live_server):
    page.goto(live_server.url + reverse("opinions:round", args=[county.round.pk]))
    expect(page.get_by_text("县公安局：2 家单位还没有征求")).to_be_visible()
    page.get_by_role("button", name="发给各部门").click()
    expect(page.get_by_text("已发给各部门")).to_be_visible()
    expect(page.get_by_text("待答复").first).to_be_visible()
    keep_picture(page, "departments-1-asked")


def answer_on_a_phone(page, line):
    page.get_by_role("link", name=re.compile("生产安全责任事故")).click()
    expect(page.get_by_role("radio").first).not_to_be_checked()
    page.get_by_role("button", name="以上均无").click()
    for choice in page.get_by_label("没有", exact=True).all():
        expect(choice).to_be_checked()
    one = page.locator(f"#line-{line.pk}")
    one.get_by_label("有", exact=True).check()
    expect(page.locator(".save-light")).to_contain_text("已保存")
    page.get_by_role("button", name="全部答完，交回").click()
    expect(one.get_by_text("请用一句话说明是什么情况")).to_be_visible()
    assert is_no_wider_than(page, PHONE["width"])
    keep_picture(page, "departments-2-on-a-phone")
    one.get_by_label("说明").fill("2025年发生一起一般事故，已整改")
    page.get_by_role("button", name="全部答完，交回").click()
    expect(page.get_by_text("已交回，县级经办人随即收到")).to_be_visible()


def enter_the_letter(page, county, live_server):
    page.goto(live_server.url + reverse("opinions:round", args=[county.round.pk]))
    expect(page.get_by_text("已逾期").first).to_be_visible()
    keep_picture(page, "departments-3-silent")
    page.get_by_role("link", name="未答复").first.click()
    page.get_by_role("link", name="登记书面答复").click()
    page.get_by_label("书面答复的文号").fill("青公〔2026〕15号")
    page.get_by_label("书面答复的日期").fill("2026-03-02")
    for choice in page.get_by_label("没有", exact=True).all():
        choice.check()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("书面答复已登记")).to_be_visible()
    expect(page.get_by_text("青公〔2026〕15号").first).to_be_visible()
    keep_picture(page, "departments-4-letter")


def choose(page, county, live_server, keys):
    page.goto(live_server.url + reverse("selections:compose", args=[county.round.pk, "NC"]))
    for key in keys:
        page.locator(f"#row-{key}").get_by_label("拟命名", exact=True).check()
    for label, text in (
        ("研究会议", "县委常委会会议"),
        ("会议日期", "2026-03-02"),
        ("到会情况", "应到9人，实到9人"),
        ("回避情况", "无"),
    ):
        page.get_by_label(re.compile(label)).first.fill(text)
    page.get_by_label(re.compile("^研究结果")).last.fill("一致同意")
    button = page.get_by_role("button", name="登记研究结果")
    button.evaluate(TICK)
    button.click()


def verify(county, applications):
    for application in applications:
        county._begin_verification(application)
        county._complete_verification(Application.objects.get(pk=application.pk))


def test_departments_are_heard_before_the_meeting(county, seat, live_server, held_clock):
    safety = department(county, "县应急管理局")
    police = department(county, "县公安局", question="是否发生过刑事案件？")
    places = [county, county.beside()]
    applications = [place.at(Stage.RECOMMENDED) for place in places]
    keys = [application.pk for application in applications]
    desk = seat(county.coordinator)
    ask(desk, county, live_server)
    answer_on_a_phone(seat(safety.clerk, **PHONE), safety.line(applications[0]))
    assert Opinion.objects.filter(is_found=True).count() == 1

    verify(county, applications)
    choose(desk, county, live_server, keys)
    expect(desk.get_by_text(re.compile("县公安局对.*还没有答复")).first).to_be_visible()
    assert not Application.objects.filter(stage=Stage.CHOSEN).exists()
    keep_picture(desk, "departments-5-shut")

    held_clock.move_to(police.list.due_at)
    by_time.carry_out()
    enter_the_letter(desk, county, live_server)
    choose(desk, county, live_server, keys)
    expect(desk.get_by_text("择优结果已登记")).to_be_visible()
    assert Application.objects.filter(stage=Stage.CHOSEN).count() == len(keys)


def test_the_coordinator_reads_and_enters_on_a_phone(county, seat, live_server, held_clock):
    safety = department(county, "县应急管理局")
    county.at(Stage.RECOMMENDED)
    page = seat(county.coordinator, **PHONE)
    page.goto(live_server.url + reverse("opinions:round", args=[county.round.pk]))
    page.get_by_role("button", name="发给各部门").click()
    expect(page.get_by_text("待答复").first).to_be_visible()
    assert is_no_wider_than(page, PHONE["width"])
    keep_picture(page, "departments-6-table-on-a-phone")
    held_clock.move_to(safety.list.due_at)
    page.get_by_role("link", name="待答复").click()
    page.get_by_role("link", name="不再等候，写明理由").click()
    page.get_by_label("不再等候的理由").fill("机构正在合并，印章尚未启用。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("不再等候：机构正在合并")).to_be_visible()
    assert is_no_wider_than(page, PHONE["width"])
    keep_picture(page, "departments-7-not-awaited")
