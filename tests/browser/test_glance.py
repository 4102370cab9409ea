"""The round at a glance on a phone and on a desk: each figure leads to a list of as many."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from designation.applications.models import Application, Stage
from designation.rounds.models import Round

from .conftest import Visitor
from .test_access import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["Pixel 7", "Desktop Chrome"])
def coordinator(request, browser, browser_context_args, playwright, demo_place):
    """At a phone, and at a desk."""
    device = playwright.devices[request.param]
    context = browser.new_context(
        **device | {"locale": "zh-CN", "timezone_id": browser_context_args["timezone_id"]}
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    visitor = Visitor(page, demo_place)
    visitor.sign_in("county.coordinator")
    yield visitor
    context.close()


def open_glance(visitor):
    round_ = Round.objects.get(status=Round.Status.OPEN, jurisdiction__code="990121000000")
    visitor.go(f"/rounds/{round_.pk}/")
    visitor.follow("批次一览")
    visitor.page.get_by_role("heading", name="批次一览").wait_for()
    return round_


def counted(page):
    """How many the list says it holds."""
    return int(re.search(r"\d+", page.get_by_role("status").first.inner_text()).group())


def figures(page):
    """Every figure that leads somewhere, with where it leads."""
    links = page.locator(".board td a")
    return [(int(link.inner_text()), link.get_attribute("href")) for link in links.all()]


def fits(page):
    return not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")


def test_every_figure_leads_to_a_list_of_as_many_rows(coordinator):
    page = coordinator.page
    round_ = open_glance(coordinator)
    assert fits(page)
    assert serious(page) == []
    found = figures(page)
    handed_in = Application.objects.filter(round=round_).exclude(
        stage__in=(Stage.DRAFT, Stage.SELF_ASSESSED)
    )
    total = [count for count, address in found if "late" not in address]
    # Each township, and the line of all of them.
    assert sum(total) == 2 * handed_in.count() > 0

    for count, address in found:
        coordinator.go(address)
        assert counted(page) == count, address
        assert page.locator("tbody tr").count() == min(count, 20)
        assert fits(page)
    assert coordinator.complaints == []


def test_a_figure_is_pressed_narrowed_further_taken_as_a_table_and_gone_back_from(
    coordinator, tmp_path
):
    page = coordinator.page
    open_glance(coordinator)
    glance = page.url
    whole = page.locator(".board-total td a").first
    count, stage = int(whole.inner_text()), whole.locator("xpath=..").get_attribute("data-label")

    whole.click()

    page.get_by_role("heading", name="申报", exact=True).wait_for()
    assert counted(page) == count
    expect(page.locator("tbody tr").first).to_contain_text(stage)
    narrowed = page.locator("[name=stage]")
    assert narrowed.evaluate("one => one.selectedOptions[0].textContent.trim()") == stage
    listed = page.url
    shown = page.locator("tbody tr td:first-child a").all_inner_texts()
    page.get_by_role("link", name="导出", exact=True).click()
    page.get_by_role("button", name="导出", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载文件").click()
    kept = tmp_path / "table.xlsx"
    taken.value.save_as(kept)
    sheet = load_workbook(kept).active
    names = [row[1] for row in sheet.iter_rows(min_row=5, values_only=True) if row[1]]
    assert len(names) == count
    assert [name.strip() for name in shown] == names[: len(shown)]

    # From the file over the page that asks for it and the list.
    for place in ("**/exports/lists/**", listed, glance):
        page.go_back()
        page.wait_for_url(place)
    assert coordinator.complaints == []


def test_the_glance_names_nobody_who_has_not_handed_in(coordinator):
    open_glance(coordinator)
    text = coordinator.page.locator("main").inner_text()

    private = Application.objects.filter(stage__in=(Stage.DRAFT, Stage.SELF_ASSESSED))
    names = private.values_list("organization__name_zh", flat=True)
    assert names
    assert [name for name in names if name in text] == []
