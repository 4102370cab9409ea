"""A title from naming to its return: warned, ordered, re-checked in vain, revoked, appealed for."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from designation.organizations.models import Role
from designation.register.standing import Status
from designation.site import clock
from tests import factories
from tests.appealed import ANSWER
from tests.rechecks_held import entered, visited
from tests.titles_given import REASON
from tests.workflows.bars.test_bars import titled

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def title(county):
    return titled(county, county.village)


@pytest.fixture
def office(seat, live_server):
    """Opens a browser for one of the county, or for the public."""
    opened = []

    def sit(person, **how):
        opened.append(Visitor(seat(person, **how), live_server.url))
        return opened[-1]

    yield sit
    assert [complaint for visitor in opened for complaint in visitor.complaints] == []


def carried_out(visitor, title, name, number, **said):
    """The passage of that name, on a paper of that number, from the page of the title."""
    visitor.go(reverse("titles:title", args=[title.pk]))
    visitor.page.locator("#acts").get_by_role("link", name=name, exact=True).click()
    fields = {"发文字号": number, "事实和理由": REASON} | said
    for label, text in fields.items():
        visitor.page.get_by_label(re.compile(f"^{label}")).fill(text)
    visitor.press(name)


def stands(title):
    return title.standing_on(clock.today()).status


def is_ordered_in_vain(title, coordinator, held_clock):
    carried_out(coordinator, title, "警告", "青组发〔2026〕5号")
    coordinator.sees("已登记警告")
    held_clock.move(timedelta(days=1))
    soon = (clock.today() + timedelta(days=5)).isoformat()
    carried_out(coordinator, title, "限期整改", "青组发〔2026〕6号", 整改期限=soon)
    coordinator.sees("已登记限期整改")
    assert stands(title) == Status.ORDERED
    held_clock.move(timedelta(days=6))


def fails_its_recheck(recheck, head, coordinator):
    head.go(f"/rechecks/{recheck.pk}/")
    head.follow("答复核查结果")
    head.page.get_by_label("答复", exact=False).fill("台账确实没有补齐。")
    head.press("答复核查结果")
    coordinator.go(f"/rechecks/{recheck.pk}/")
    coordinator.follow("提请撤销称号")
    coordinator.page.get_by_label(re.compile("^事实和理由")).fill(REASON)
    coordinator.press("提请撤销称号")
    coordinator.sees("已提请审定人决定")


def is_appealed_for(title, head, hearer):
    head.go(reverse("titles:title", args=[title.pk]))
    head.sees("前申请复核一次")
    head.page.get_by_role("link", name="申请复核").first.click()
    head.page.get_by_label(re.compile("^事实和理由")).fill("台账已在核查以后补齐，请核对原件。")
    head.press("提交复核申请")
    head.sees("复核申请已提交")
    hearer.go("/")
    hearer.page.locator("a[href^='/appeals/']").first.click()
    hearer.follow("受理复核")
    hearer.press("受理复核")
    hearer.follow("复核成立")
    hearer.page.get_by_label(re.compile("^答复文号")).fill("青组函〔2026〕9号")
    hearer.page.get_by_label(re.compile("^答复 ?必填|^答复$")).fill(ANSWER)
    hearer.press("复核成立")
    hearer.sees("答复已登记")
    assert stands(title) == Status.REVOKED, "only a new decision gives it back"


def test_a_title_is_lost_step_by_step_bars_its_unit_and_comes_back_by_an_appeal(
    office, county, title, held_clock
):
    coordinator, head = office(county.coordinator), office(county.head, width=390)
    is_ordered_in_vain(title, coordinator, held_clock)
    recheck = visited(county, entered(county, title))
    fails_its_recheck(recheck, head, coordinator)

    officer = office(county.deciding_officer)
    officer.go(reverse("titles:title", args=[title.pk]))
    officer.sees("复核后提请撤销")
    carried_out(officer, title, "撤销称号", "青发〔2026〕8号")
    officer.sees("称号已撤销，名册随即更新")
    recheck.refresh_from_db()
    assert (stands(title), recheck.outcome) == (Status.REVOKED, "revoked")
    start = reverse("applications:start", args=[county.round.pk])
    preparer = office(county.preparer, width=390)
    preparer.go(start)
    preparer.sees(REASON)
    assert preparer.page.get_by_role("button", name="开始申报").count() == 0

    is_appealed_for(
        title, head, office(factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction))
    )
    another = office(factories.seated(Role.DECIDING_OFFICER, county.jurisdiction))
    another.go("/")
    another.keep_picture("title-to-be-restored")
    carried_out(another, title, "恢复称号", "青发〔2026〕9号")
    another.keep_picture("title-restored")
    assert stands(title) == Status.VALID
    reader = office(None)
    reader.go(f"/zh-hans/register/{title.number}/")
    for said in ("撤销", "恢复", "称号有效"):
        reader.sees(said)
    reader.keep_picture("title-restored-in-public")
    preparer.go(start)
    assert preparer.page.get_by_text(REASON).count() == 0, "what holds a title is not barred"
