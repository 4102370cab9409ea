"""Taking away in a browser: a list as files, a case as an archive; and what is due, held."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.exports.models import ColumnChoice
from designation.site.jobs.models import Job
from designation.site.tasks import run_job
from tests import factories
from tests.departments import department

from .conftest import OUTPUT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def fetched(page):
    """The bytes of the file on its page, as the browser saves them."""
    with page.expect_download() as asked:
        page.locator("main a[href$='/file/']").first.click()
    return asked.value.path().read_bytes()


def test_a_list_is_taken_away_as_it_is_narrowed_with_the_columns_chosen(seat, live_server, county):
    county.at(Stage.SUBMITTED)
    other = county.beside().at(Stage.RECOMMENDED)
    page = seat(county.coordinator)
    page.goto(f"{live_server.url}{reverse('applications:list')}?stage=recommended")

    page.get_by_role("link", name="导出").click()
    expect(page.get_by_text("环节：")).to_be_visible()
    page.get_by_label("办理期限").uncheck()
    page.get_by_label("CSV").check()
    page.get_by_label("把这些栏目存为模板").fill("常用栏目")
    page.get_by_role("button", name="导出").click()

    rows = list(csv.reader(io.StringIO(fetched(page).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [other.organization.name_zh]
    assert "办理期限" not in rows[0]
    assert ColumnChoice.objects.get().name == "常用栏目"

    page.goto(f"{live_server.url}{reverse('applications:list')}")
    page.get_by_role("link", name="导出").click()
    page.get_by_role("link", name="常用栏目").click()
    expect(page.get_by_label("办理期限")).not_to_be_checked()
    page.get_by_label("Excel").check()
    page.get_by_role("button", name="导出").click()

    sheet = openpyxl.load_workbook(io.BytesIO(fetched(page))).active
    heads = [cell.value for cell in sheet[4]]
    assert "办理期限" not in heads
    assert sheet.max_row == 6


def test_a_case_that_has_ended_is_archived_and_fetched(seat, live_server, county, held_clock):
    ended = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    page = seat(county.coordinator)
    page.goto(live_server.url + reverse("applications:case", args=[ended.pk]))

    page.get_by_role("link", name="归档").first.click()
    page.get_by_role("button", name="生成归档包").click()
    page.wait_for_url("**/exports/*/")
    run_job(Job.objects.latest("pk").pk)
    page.reload()

    held = zipfile.ZipFile(io.BytesIO(fetched(page))).namelist()
    assert {"manifest.json", "SHA256SUMS", "metadata.json"} <= {*held}


def test_what_is_due_is_held_with_its_reason(seat, live_server, county):
    factories.DisposalFactory.create_batch(2)
    page = seat(county.coordinator)
    page.goto(live_server.url + reverse("retention:list"))
    kept(page, "due-to-go")

    page.get_by_role("link", name="暂缓", exact=True).first.click()
    page.get_by_label("理由").fill("县审计局正在调阅这批材料。")
    kept(page, "hold")
    page.get_by_role("button", name="暂缓销毁").click()

    expect(page.get_by_text("已办理 1 项")).to_be_visible()
    expect(page.get_by_text("县审计局正在调阅这批材料。")).to_be_visible()
    page.get_by_role("link", name="保管期限表").click()
    kept(page, "periods")


def test_departments_of_an_open_round_and_late_cases(seat, live_server, county, held_clock):
    department(county, "县应急管理局")
    assert county.reviewer
    county.at(Stage.SUBMITTED)
    held_clock.move_to(county.round.closes_at)
    page = seat(county.coordinator)
    page.goto(live_server.url + reverse("rounds:detail", args=[county.round.pk]))
    page.get_by_role("link", name="撤下").click()
    page.get_by_label("理由").fill("该局已撤并，职责转到别的部门。")
    page.get_by_role("button", name="撤下").click()
    expect(page.get_by_text("撤下了县应急管理局")).to_be_visible()
    kept(page, "departments-changed")
    page.get_by_role("link", name="增加部门").click()
    kept(page, "department-add")

    page.goto(live_server.url + reverse("applications:remind_late"))
    page.locator("input[name=case]").check()
    page.get_by_label("催办内容").fill("已经逾期，请本周内办结。")
    kept(page, "late")
    page.get_by_role("button", name="催办勾选的").click()
    expect(page.get_by_text("已催办，对方会收到消息。")).to_be_visible()


def kept(page, name):
    """At a desk's and at a phone's width, without scrolling sideways."""
    OUTPUT.mkdir(exist_ok=True)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"), width
        page.screenshot(path=OUTPUT / f"{name}-{width}.png", full_page=True)
