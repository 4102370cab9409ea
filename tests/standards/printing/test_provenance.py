"""What printed files say of themselves: language, maker and day; and how a table prints."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from authoring.drafting import drafts
from standards import catalogue
from standards.printing import pdf, provenance, spreadsheets, word
from standards.printing.annexes import annex
from standards.printing.sheets import sheet
from tests.public_addresses import public

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What the templates of the libraries bring along.
TRACES = re.compile(rb"python-docx|openpyxl|2013-12|Macintosh|ja-JP|thumbnail")
MAKERS = {
    "annex": lambda: word.annex_docx(annex(catalogue.current("NC")), dated=DAY),
    "sheet": lambda: word.sheet_docx(sheet(catalogue.current("NC")), dated=DAY),
}


def parts(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def properties(file):
    """The core properties, by their local names."""
    return {
        etree.QName(one).localname: one.text for one in etree.fromstring(file["docProps/core.xml"])
    }


def tags(part, name):
    return [dict(one.attrib) for one in etree.fromstring(part).iter(f"{W}{name}")]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_word_file_is_in_chinese_from_its_first_style_on(kind):
    made = parts(MAKERS[kind]())

    for part, name in (("word/styles.xml", "lang"), ("word/settings.xml", "themeFontLang")):
        found = tags(made[part], name)
        assert found
        assert {(one[f"{W}val"], one[f"{W}eastAsia"]) for one in found} == {("zh-CN", "zh-CN")}
    assert tags(made["word/document.xml"], "lang") == [], "no run says otherwise"
    assert properties(made)["language"] == "zh-CN"


@pytest.mark.parametrize("kind", MAKERS)
def test_a_word_file_names_its_title_its_maker_and_its_day(kind):
    said = properties(parts(MAKERS[kind]()))

    version = catalogue.current("NC")
    titles = {"annex": version.heading_printed, "sheet": f"{version.title_zh}自评表"}
    assert said["title"] == titles[kind]
    assert said["creator"] == said["lastModifiedBy"] == "示范点创建评定系统"
    assert said["created"] == said["modified"] == "2026-03-02T01:30:00Z"


@pytest.mark.parametrize("kind", MAKERS)
def test_a_word_file_keeps_nothing_of_the_template_it_began_as(kind):
    made = parts(MAKERS[kind]())

    for name, content in made.items():
        assert not TRACES.search(content), name
    assert not any("thumbnail" in name or "customXml" in name for name in made)
    assert RELATIONSHIP_TYPE.THUMBNAIL.encode() not in made["_rels/.rels"]


def test_an_english_sheet_is_english_around_its_chinese_texts():
    with translation.override("en"):
        made = parts(word.sheet_docx(sheet(catalogue.current("NC")), dated=DAY))
        printed = PdfReader(io.BytesIO(pdf.sheet_pdf(sheet(catalogue.current("NC")), dated=DAY)))
    (said,) = tags(made["word/styles.xml"], "lang")
    assert (said[f"{W}val"], said[f"{W}eastAsia"]) == ("en-US", "zh-CN")
    assert printed.root_object["/Lang"] == "en-US"


def test_a_file_without_a_given_day_bears_the_day_it_was_made(monkeypatch):
    monkeypatch.setattr(provenance, "now", lambda: DAY)
    said = properties(parts(word.sheet_docx(sheet(catalogue.current("NC")))))
    assert said["created"] == "2026-03-02T01:30:00Z"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_annex_is_chinese_on_any_page_also_as_pdf(language):
    with translation.override(language):
        made = pdf.annex_pdf(annex(catalogue.current("NC")), dated=DAY)
        in_word = parts(word.annex_docx(annex(catalogue.current("NC")), dated=DAY))
    read = PdfReader(io.BytesIO(made))
    assert read.root_object["/Lang"] == "zh-CN"
    assert read.metadata.creation_date == DAY
    assert read.metadata.author == "示范点创建评定系统"
    assert properties(in_word)["language"] == "zh-CN"


def test_a_published_version_bears_its_publication_and_a_draft_its_download(
    client, own, held_clock
):
    client.force_login(own.manager)
    made = drafts.begin_copy(catalogue.current("NC"), own.jurisdiction, actor=own.manager)
    answer = client.get(reverse("drafting:file", args=[made.pk, "annex.docx"]))
    assert properties(parts(answer.getvalue()))["created"] == "2026-03-02T01:00:00Z"
    version = catalogue.current("NC")
    place = ["NC", version.number, "annex.docx"]
    answer = client.get(public("standards:version_file", args=place))
    published = version.published_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    assert properties(parts(answer.getvalue()))["created"] == f"{published.isoformat()}Z"


def book_of(widths, rows):
    book, file = Workbook(write_only=True), io.BytesIO()
    spreadsheets.add_sheet(book, "按组织", rows, widths)
    spreadsheets.write(book, file, title="推演", dated=DAY)
    return file.getvalue()


WIDE = (40, 16, 22, 30, 80)
ROWS = [["组织", "区划代码", "变化", "检查点", "要求"], *([["村", "1", "变", "C", "长" * 90]] * 61)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_wide_table_prints_on_pages_as_wide_as_it_is(language):
    with translation.override(language):
        made = load_workbook(io.BytesIO(book_of(WIDE, ROWS))).active

    assert made.page_setup.orientation == "landscape"
    assert int(made.page_setup.paperSize) == 9, "A4"
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 0)
    assert made.print_title_rows == "$1:$1"
    assert made.freeze_panes == "A2"
    assert made.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert all(cell.alignment.wrap_text for row in made.iter_rows() for cell in row)
    assert made["A1"].font.b
    assert not made["A2"].font.b
    assert made["A2"].border.left.style == "thin"
    assert made.max_row == 62


def test_a_narrow_table_stands_upright():
    made = load_workbook(io.BytesIO(book_of((20, 20), [["甲", "乙"]]))).active
    assert made.page_setup.orientation == "portrait"


def test_a_workbook_names_its_title_its_maker_its_day_and_its_language():
    made = parts(book_of(WIDE, ROWS))
    said = properties(made)
    assert said["title"] == "推演"
    assert said["creator"] == said["lastModifiedBy"] == "示范点创建评定系统"
    assert said["created"] == said["modified"] == "2026-03-02T01:30:00Z"
    assert said["language"] == "zh-CN"
    assert not TRACES.search(b"".join(made.values()))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_taken_for_a_formula(sign):
    made = load_workbook(io.BytesIO(book_of((20,), [["头"], [f"{sign}1+1"]]))).active
    assert made["A2"].value == f"{sign}1+1"
    assert made["A2"].data_type == "s", "a text, whatever it begins with"
