"""A year of re-checks at the browser: drawn, reported in five presses, answered, concluded."""

import pytest

from designation.organizations.models import Role
from tests import factories
from tests.rechecks_held import SEED, head_of, titles, visited
from workflows.rechecks.models import Recheck, SelfReport

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

MOST_PRESSES = 5
COUNT = """() => {
  window.presses = Number(sessionStorage.presses || 0);
  document.addEventListener('click', event => {
    if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses || 0) + 1;
  }, true);
}"""


def test_a_year_is_drawn_and_a_unit_reports_in_five_presses_that_nothing_changed(
    seat, live_server, reference_data, county, held_clock
):
    titles(county, 1, days=300)
    titles(county, 3)
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go("/rechecks/")
    coordinator.follow("抽取今年的复核名单")
    coordinator.page.get_by_label("抽取种子").fill(SEED["seed"])
    coordinator.page.get_by_label("种子来源").fill(SEED["source"])
    coordinator.keep_picture("recheck-draw")
    coordinator.press("抽取")
    coordinator.sees("已抽取，有关单位会收到通知")
    coordinator.keep_picture("recheck-drawn")
    coordinator.go("/rechecks/")
    coordinator.keep_picture("recheck-year")

    report = SelfReport.objects.select_related("title__organization").first()
    head = factories.seated(Role.HEAD, report.title.organization)
    unit = Visitor(seat(head, width=390), live_server.url)
    unit.page.add_init_script(f"({COUNT})()")
    unit.go("/")
    unit.keep_picture("recheck-desk")
    unit.follow("年度自查")
    unit.page.get_by_label("没有变化，仍符合示范标准的强制条目").check()
    unit.page.get_by_label("我已看清，确认办理").check()
    unit.keep_picture("self-report")
    unit.page.get_by_role("button", name="上报", exact=True).click()
    unit.sees("今年不用再报")
    presses = unit.page.evaluate("Number(sessionStorage.presses)")
    assert 0 < presses <= MOST_PRESSES
    report.refresh_from_db()
    assert report.handed_in_at is not None
    assert report.changes == {}
    unit.keep_picture("self-report-done")
    assert coordinator.complaints + unit.complaints == []


def test_what_was_found_is_answered_and_an_order_concluded(
    seat, live_server, reference_data, county, held_clock
):
    recheck = visited(county)
    unit = Visitor(seat(head_of(recheck)), live_server.url)
    unit.go(f"/rechecks/{recheck.pk}/")
    unit.keep_picture("recheck-told")
    unit.follow("答复核查结果")
    unit.page.get_by_label("答复", exact=False).fill("无异议")
    unit.press("答复核查结果")
    unit.sees("由县级经办人作出复核结论")

    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go("/")
    coordinator.sees("称号：复核和自查")
    coordinator.go(f"/rechecks/{recheck.pk}/")
    coordinator.keep_picture("recheck-answered")
    coordinator.follow("作出复核结论")
    coordinator.page.get_by_label("限期整改", exact=True).check()
    coordinator.page.get_by_label("事实和理由").fill("台账长期空白，三会一课没有记录。")
    coordinator.page.get_by_label("发文字号").fill("青组发〔2026〕5号")
    coordinator.page.get_by_label("整改期限").fill("2026-03-20")
    coordinator.keep_picture("recheck-conclude")
    coordinator.press("作出复核结论")
    coordinator.sees("复核结论已作出")
    coordinator.keep_picture("recheck-concluded")
    coordinator.go(f"/titles/{recheck.title_id}/")
    coordinator.keep_picture("title-rechecked")
    assert Recheck.objects.get().outcome == "ordered"
    assert unit.complaints + coordinator.complaints == []
