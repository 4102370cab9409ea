"""No document fails for a character: a box stands for it, and a remark says where and which."""

import sys
import unicodedata
from io import BytesIO

import pytest
import typst
from docx import Document
from pypdf import PdfReader

from standards.printing import coverage, pdf, word
from standards.printing.annexes import Annex, AnnexSection, Clause
from standards.printing.sheets import Question, Sheet, SheetItem, SheetSection
from tests.hostile import HOSTILE


def annex_of(*texts, title="标题"):
    clauses = tuple(
        Clause(text, place=f"SQ-{number:02d}") for number, text in enumerate(texts, start=1)
    )
    return Annex("附件", title, (), (AnnexSection("一、标题", clauses),), ("来源：文件。",))


def sheet_of(text):
    item = SheetItem("SQ-01", text, "", (Question(text, text, (text,)),), (text,))
    return Sheet(
        "自评表",
        False,
        (),
        (("组织", text), ("批次", "一")),
        ("问", "答"),
        (SheetSection("一、标题", (item,)),),
        (),
        (),
    )


def text_of(made):
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def words_of(made):
    return [paragraph.text for paragraph in Document(BytesIO(made)).paragraphs]


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_every_document_comes_whatever_was_typed(sample):
    """Even as it was typed: what is published or older than the cleaning is printed too."""
    pdf.annex_pdf(annex_of(sample.typed, title=sample.typed))
    pdf.sheet_pdf(sheet_of(sample.typed))
    word.annex_docx(annex_of(sample.typed))
    word.sheet_docx(sheet_of(sample.typed))


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("👍", "U+1F44D"),
        ("👨‍👩‍👧", "U+1F468+U+1F469+U+1F467"),
        ("👍🏽", "U+1F44D+U+1F3FD"),
        ("\ue000", "U+E000"),
        ("\U000f0000", "U+F0000"),
        ("\u0378", "U+0378"),
        ("\U0003fffd", "U+3FFFD"),
        ("\U000323b0", "U+323B0"),
        ("ᠮ", "U+182E"),
        ("ก", "U+0E01"),
        ("\u0f56", "U+0F56"),
    ],
)
def test_a_box_stands_for_what_no_font_holds_and_the_remark_names_item_and_character(sign, name):
    printed = text_of(pdf.annex_pdf(annex_of("党员大会", f"做得{sign}好")))
    assert "党员大会" in printed
    assert "做得□好" in printed
    assert f"代替。SQ-02：{name}。" in printed
    assert "SQ-01：" not in printed


def test_what_the_fonts_hold_is_printed_without_a_remark():
    told = annex_of("（示范）300 ㎡ Ⅱ类①“两新”—·…𠮷田𰻞 Café ПРИВЕТ αβγ")
    assert coverage.printable(told) is told
    assert "代替" not in text_of(pdf.annex_pdf(told))


def test_a_title_that_cannot_be_printed_is_named_too():
    printed = text_of(pdf.annex_pdf(annex_of("党员大会", title="示范👍点")))
    assert "示范□点" in printed
    assert "题名和表头：U+1F44D。" in printed


def test_a_word_file_keeps_what_its_reader_may_have_a_font_for():
    made = words_of(word.annex_docx(annex_of("做得👍好\ue000", "甲\x07乙\ufffe")))
    assert "做得👍好\ue000" in made
    assert "甲□乙□" in made
    assert made[-1] == "下列字符没有字体可印，以“□”代替。SQ-02：U+0007、U+FFFE。"


def test_a_sheet_names_its_item():
    printed = text_of(pdf.sheet_pdf(sheet_of("好👍")))
    assert "SQ-01：U+1F44D" in printed


def test_many_different_characters_do_not_make_an_endless_remark():
    signs = "".join(chr(0x1F400 + place) for place in range(60))
    printed = text_of(pdf.annex_pdf(annex_of(signs)))
    assert printed.count("U+1F4") == 20


def test_a_character_that_its_font_refuses_in_company_is_boxed_at_last(monkeypatch):
    """Fonts draw ‿ by name and refuse it in the typesetter; so do those that nobody thought of."""
    printed = text_of(pdf.annex_pdf(annex_of("甲‿乙")))
    assert "甲□乙" in printed
    monkeypatch.setattr(coverage, "held", lambda _sign: True)
    monkeypatch.setattr(coverage, "in_the_faces", lambda _sign: True)
    assert "做得□好" in text_of(pdf.annex_pdf(annex_of("做得👍好")))


def test_another_fault_of_the_typesetter_is_not_hidden(monkeypatch):
    def broken(*_arguments):
        raise typst.TypstError("file not found")

    monkeypatch.setattr(pdf, "_set", broken)
    with pytest.raises(typst.TypstError):
        pdf.annex_pdf(annex_of("甲"))


def test_one_character_of_every_kind_in_one_document_prints():
    every = {}
    for code in range(0x20, sys.maxunicode, 7):
        sign = chr(code)
        every.setdefault((code // 0x80, unicodedata.category(sign)), sign)
    signs = [sign for sign in every.values() if unicodedata.category(sign) != "Cs"]
    printed = text_of(pdf.annex_pdf(annex_of(" ".join(signs))))
    assert "□" in printed
