"""The annex prints a standard word for word, on the page that official documents have."""

from io import BytesIO

import pytest
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from designation.site import clock
from standards import catalogue, publishing
from standards.importing import documents
from standards.models import StandardVersion
from standards.printing import fonts, pdf, word
from standards.printing.annexes import Annex, AnnexSection, Clause, annex
from tests.conftest import START

pytestmark = pytest.mark.django_db
PRINTED = ["JG", "NC", "SQ"]


def in_word(version):
    return Document(BytesIO(word.annex_docx(annex(version))))


def in_pdf(version):
    made = pdf.annex_pdf(annex(version), dated=version.published_at)
    return PdfReader(BytesIO(made))


def pages_of(reader):
    """The text of each page, without the line of its number."""
    return ["\n".join(page.extract_text().split("\n")[:-1]) for page in reader.pages]


@pytest.mark.parametrize("category", PRINTED)
def test_the_word_file_holds_the_text_character_by_character(category):
    version = catalogue.current(category)
    paragraphs = [paragraph.text for paragraph in in_word(version).paragraphs]

    told = annex(version)
    text = "".join(paragraphs[1 : len(paragraphs) - len(told.remarks)])
    assert paragraphs[0] == "附件"
    assert text == catalogue.rebuild_text(version)


@pytest.mark.parametrize("category", PRINTED)
def test_the_pdf_holds_the_text_character_by_character(category):
    version = catalogue.current(category)
    printed = "".join("".join(pages_of(in_pdf(version))).split())

    assert "".join(catalogue.rebuild_text(version).split()) in printed


@pytest.mark.parametrize("category", PRINTED)
def test_what_was_printed_is_read_back_item_by_item(category):
    version = catalogue.current(category)
    lines = [
        line.text for line in documents.read("附件.docx", word.annex_docx(annex(version))).lines
    ]

    for item in version.items.all():
        assert f"{item.number_printed}{item.text}" in lines


def test_a_page_of_the_pdf_has_22_lines_of_28_characters():
    clauses = tuple(Clause("示" * 200) for _clause in range(8))
    told = Annex("附件", "标题", (), (AnnexSection("一、标题", clauses),), ())

    second = pages_of(PdfReader(BytesIO(pdf.annex_pdf(told))))[1].split("\n")

    assert len(second) == 22
    assert max(len(line) for line in second) == 28


def test_margins_and_grid_of_the_word_file_are_those_of_an_official_document():
    document = in_word(catalogue.current("NC"))
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))

    assert [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.bottom_margin,
            section.right_margin,
        )
    ] == [210, 297, 37, 28, 35, 26]
    assert grid.get(qn("w:linePitch")) == "579"


def test_page_numbers_stand_on_the_outer_side():
    first, second = in_pdf(catalogue.current("NC")).pages[:2]

    assert number_at(first, "— 1 —") > float(first.mediabox.width) / 2
    assert number_at(second, "— 2 —") < float(second.mediabox.width) / 2


def number_at(page, number):
    """How far from the left edge the page's number begins, in points."""
    found = []

    def seen(text, page_matrix, text_matrix, _font, _size):
        if number.replace(" ", "") in text.replace(" ", ""):
            a, _b, c, _d, e, _f = page_matrix
            found.append(text_matrix[4] * a + text_matrix[5] * c + e)

    page.extract_text(visitor_text=seen)
    return found[-1]


def test_odd_and_even_pages_of_the_word_file_have_their_numbers_too():
    document = in_word(catalogue.current("NC"))
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer.paragraphs[0]._p.xml


def test_a_sample_is_marked_and_names_the_base_of_each_item():
    told = annex(catalogue.sample("GQ"))

    assert told.under_title == (
        "（参照公开依据拟写，并非文件原文）",
        "（草稿，尚未发布，不能用于申报）",
    )
    assert all(clause.basis for section in told.sections for clause in section.clauses)
    own = [clause.basis for section in told.sections for clause in section.clauses]
    assert any("由我们拟写" in basis for basis in own)
    assert "并非文件原文" in "".join(pages_of(in_pdf(catalogue.sample("GQ"))))


def test_a_published_version_is_proved_by_its_number_day_and_hash():
    version = catalogue.current("NC")
    told = "".join(annex(version).remarks)

    assert "2021六类基层党组织建设示范标准" in told
    assert version.content_hash in told
    assert f"第 {version.number} 版" in told


def test_a_version_out_of_use_says_so(own):
    version = own.published
    publishing.retire(version)

    assert annex(version).under_title == ("（已停用的版本，仅供查阅）",)


def test_the_annex_is_chinese_on_an_english_page_too():
    with override("en"):
        told = annex(catalogue.sample("GQ"))

    assert told.under_title[0] == "（参照公开依据拟写，并非文件原文）"


def test_the_pdf_asked_for_on_an_english_page_is_chinese_to_its_last_line(monkeypatch):
    stand_in = fonts.face("body", ["Noto Serif SC"])
    monkeypatch.setattr(fonts, "faces", lambda: dict.fromkeys(fonts.ROLES, stand_in))

    with override("en"):
        made = PdfReader(BytesIO(pdf.annex_pdf(annex(catalogue.current("SQ")))))

    assert "Noto Serif SC 代 仿宋" in made.pages[-1].extract_text()


def test_the_same_version_gives_the_same_file():
    version = catalogue.current("SQ")
    one, two = (pdf.annex_pdf(annex(version), dated=version.published_at) for _time in range(2))

    assert one == two


def test_a_moment_with_microseconds_dates_a_file_by_its_second():
    told = annex(catalogue.current("SQ"))
    one, two = (
        pdf.annex_pdf(told, dated=START.replace(microsecond=microsecond))
        for microsecond in (0, 123_456)
    )

    assert one == two


def test_an_annex_costs_three_statements(django_assert_num_queries):
    version = catalogue.current("NC")
    with django_assert_num_queries(3):
        annex(version)


def test_a_draft_without_items_prints_its_title():
    version = StandardVersion.objects.create(
        category="NC", number=9, title_zh="空白标准", heading_printed="空白标准",
        provenance="verbatim", area_code="341821000000",
    )  # fmt: skip

    assert "空白标准" in "".join(pages_of(in_pdf(version)))


def test_the_official_face_comes_first_and_a_substitute_is_named():
    here = ["Noto Serif SC", "FangSong"]

    assert fonts.face("body", here) == fonts.Face("FangSong")
    assert fonts.face("title", here) == fonts.Face("Noto Serif SC", "小标宋")


def test_a_countys_own_face_comes_before_all(settings):
    settings.DOCUMENT_FONTS = {"title": "某县标宋"}

    assert fonts.face("title", ["方正小标宋简体", "某县标宋"]) == fonts.Face("某县标宋")
    assert fonts.wanted("title") == "某县标宋"
    assert fonts.face("title", ["Noto Serif SC"]) == fonts.Face("Noto Serif SC", "某县标宋")


def test_without_any_chinese_font_it_is_said_what_to_install():
    with pytest.raises(LookupError, match="fonts-noto-cjk"):
        fonts.face("body", ["Libertinus Serif"])


def test_the_document_says_which_face_stands_in(monkeypatch):
    stand_in = fonts.face("body", ["Noto Serif SC"])
    monkeypatch.setattr(fonts, "faces", lambda: dict.fromkeys(fonts.ROLES, stand_in))
    made = PdfReader(BytesIO(pdf.annex_pdf(annex(catalogue.current("SQ")))))

    assert "Noto Serif SC 代 仿宋" in made.pages[-1].extract_text()


def test_with_all_official_faces_nothing_is_said(monkeypatch):
    own = fonts.Face("Noto Serif SC")
    monkeypatch.setattr(fonts, "faces", lambda: dict.fromkeys(fonts.ROLES, own))
    made = PdfReader(BytesIO(pdf.annex_pdf(annex(catalogue.current("SQ")))))

    assert "字体替代" not in made.pages[-1].extract_text()


def test_the_moment_of_publication_is_the_day_in_shanghai(own):
    version = own.published
    assert clock.today().strftime("%Y年") in annex(version).remarks[-1]
