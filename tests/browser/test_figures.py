"""The figures of a round on a desk and on a phone: a figure is followed, the report taken."""

import re
from zipfile import ZipFile

import pytest
from docx import Document

from designation.rounds.models import Round

from .test_access import serious

pytestmark = pytest.mark.django_db(transaction=True)


def counted(page):
    """How many the list says it holds."""
    return int(re.search(r"\d+", page.get_by_role("status").first.inner_text()).group())


def open_figures(visitor):
    round_ = Round.objects.get(status=Round.Status.OPEN, jurisdiction__code="990121000000")
    visitor.sign_in("county.coordinator")
    visitor.go(f"/rounds/{round_.pk}/")
    visitor.follow("批次统计")
    visitor.page.get_by_role("heading", name="批次统计").wait_for()


def test_every_figure_leads_to_a_list_of_as_many(visitor):
    page = visitor.page
    open_figures(visitor)
    assert serious(page) == []
    visitor.keep_picture("figures-round")
    links = page.locator(".figures td a")
    found = [(int(link.inner_text()), link.get_attribute("href")) for link in links.all()]
    assert len(found) > 5

    for count, address in found:
        visitor.go(address)
        assert counted(page) == count, address
    assert visitor.complaints == []


def test_a_figure_is_pressed_and_the_report_is_taken(visitor, tmp_path):
    page = visitor.page
    open_figures(visitor)
    figure = page.locator(".figures").first.locator("td a").first
    count = int(figure.inner_text())
    figure.click()
    page.get_by_role("heading", name="所辖申报").wait_for()
    assert counted(page) == count
    page.go_back()

    with page.expect_download() as taking:
        visitor.follow("统计报告（Word）")
    taken = tmp_path / "report.docx"
    taking.value.save_as(taken)

    assert taking.value.suggested_filename.endswith("统计报告.docx")
    assert ZipFile(taken).testzip() is None
    told = [one.text for one in Document(taken).paragraphs]
    assert any(f"共收到申报 {count} 件" in one for one in told)


def test_from_the_round_to_its_items_and_to_the_year_of_the_county(visitor):
    page = visitor.page
    open_figures(visitor)
    visitor.follow("条目与退回统计")
    page.get_by_role("heading", name="最常未达标的条目").wait_for()
    assert serious(page) == []
    visitor.keep_picture("figures-items")
    page.go_back()

    visitor.follow("全年统计")
    page.get_by_role("heading", name="各地进展").wait_for()
    assert serious(page) == []
    visitor.keep_picture("figures-year")
    assert visitor.complaints == []
