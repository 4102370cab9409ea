"""A unit that was not recommended appeals; somebody else upholds it, and it is reviewed again."""

import re

import pytest

from designation.applications.models import Stage
from tests import files
from tests.appealed import ANSWER, REASON, Appealed

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_refused_unit_appeals_and_its_case_is_back_in_first_review(
    seat, live_server, reference_data, county, held_clock
):
    case = Appealed(county)
    head = Visitor(seat(county.head), live_server.url)
    head.go(f"/applications/{case.application.pk}/")
    head.sees("前申请复核一次")
    head.keep_picture("appeal-result")
    head.page.locator("#result").get_by_role("link", name="申请复核").click()
    head.page.get_by_label(re.compile("^事实和理由")).fill(REASON)
    sheet = {"name": "签到册.png", "mimeType": "image/png", "buffer": files.png()}
    head.page.get_by_label(re.compile("^佐证材料")).set_input_files([sheet])
    head.page.get_by_label(re.compile("^我已看清")).check()
    head.keep_picture("appeal-lodge")
    head.press("提交复核申请")
    head.sees("复核申请已提交")
    head.keep_picture("appeal-lodged")

    hearer = Visitor(seat(case.hearer), live_server.url)
    hearer.go("/")
    hearer.sees("复核申请等我办理")
    hearer.keep_picture("appeal-on-desk")
    hearer.page.locator(f"a[href='/appeals/{case.appeal.pk}/']").click()
    hearer.sees("签到册")
    hearer.follow("受理复核")
    hearer.press("受理复核")
    hearer.follow("复核成立")
    hearer.page.get_by_label(re.compile("^答复文号")).fill("青组函〔2026〕5号")
    hearer.page.get_by_label(re.compile("^答复 ?必填|^答复$")).fill(ANSWER)
    hearer.page.get_by_label(re.compile("^我已看清")).check()
    hearer.keep_picture("appeal-answer")
    hearer.press("复核成立")
    hearer.sees("答复已登记")
    hearer.keep_picture("appeal-answered")

    assert case.stage == Stage.SUBMITTED
    head.go(f"/applications/{case.application.pk}/")
    head.sees("复核成立，重新办理")
    head.keep_picture("appeal-back")
    assert head.complaints + hearer.complaints == []


def test_a_coordinator_types_an_appeal_that_came_on_paper(
    seat, live_server, reference_data, county, held_clock
):
    case = Appealed(county)
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go(f"/applications/{case.application.pk}/")
    coordinator.follow("登记书面复核申请")
    coordinator.page.get_by_label(re.compile("^事实和理由")).fill(REASON)
    scan = {"name": "申请书.png", "mimeType": "image/png", "buffer": files.png()}
    coordinator.page.get_by_label(re.compile("^申请书扫描件")).set_input_files([scan])
    coordinator.page.get_by_label(re.compile("^我已看清")).check()
    coordinator.keep_picture("appeal-paper")
    coordinator.press("登记复核申请")
    coordinator.sees("书面申请，由县级经办人登记")
    coordinator.keep_picture("appeal-paper-entered")
    assert coordinator.complaints == []
