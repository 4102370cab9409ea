"""Annexes, sheets and papers as .docx, which WPS and Word open; measures after GB/T 9704-2012.

The faces asked for are the official ones: a word processor without them says so itself.
"""

from datetime import datetime

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell

from ..language import of_the_record
from . import coverage, provenance
from .annexes import Annex
from .papers import Opinion, Paper, Part
from .sheets import Sheet, SheetItem, SheetSection
from .word_parts import (
    BODY,
    LINE,
    PAGE_NUMBER,
    TEXT,
    TITLE,
    add,
    fill,
    head_row,
    new_document,
    new_table,
    number_pages,
    saved,
    set_closer,
    set_grid,
    write,
)

_SMALL = Pt(12)
# Of the sheet.
_SMALLER = Pt(9)
# Of a paper.
_PAPER = Pt(12)
_LEFT_SHARE = 0.58
_JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


def annex_docx(annex: Annex, *, dated: datetime | None = None) -> bytes:
    with of_the_record():
        annex = coverage.printable(annex, coverage.fits_xml)
        document = new_document(BODY, top=37, bottom=35, left=28, right=26)
        provenance.say_in_word(document, annex.title, dated)
    section = document.sections[0]
    set_grid(section)
    number_pages(document, section)
    add(document, annex.mark, role="heading", line=LINE)
    add(document, "", line=LINE)
    add(document, annex.title, role="title", size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in annex.under_title:
        add(document, line, size=PAGE_NUMBER, align=WD_ALIGN_PARAGRAPH.CENTER)
    add(document, "", line=LINE)
    for part in annex.sections:
        title = add(document, part.title, role="heading", line=LINE, indent=2)
        title.paragraph_format.keep_with_next = True
        for clause in part.clauses:
            set_closer(add(document, clause.text, line=LINE, indent=2, align=_JUSTIFIED))
            if clause.basis:
                add(document, clause.basis, size=_SMALL, indent=2)
    add(document, "", line=LINE)
    for remark in annex.remarks:
        add(document, remark, size=_SMALL)
    return saved(document)


def sheet_docx(sheet: Sheet, *, dated: datetime | None = None) -> bytes:
    sheet = coverage.printable(sheet, coverage.fits_xml)
    document = new_document(TEXT, top=20, bottom=18, left=20, right=16)
    provenance.say_in_word(document, sheet.title, dated)
    add(document, sheet.title, role="title", size=Pt(18), align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in sheet.under_title:
        add(document, line, size=TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _facts(document, sheet)
    add(document, "", size=Pt(4))
    table = new_table(document, 2, (_LEFT_SHARE, 1 - _LEFT_SHARE))
    head_row(table, sheet.columns)
    for section in sheet.sections:
        _section_rows(table, section, blank=sheet.blank)
    for line in (*sheet.closing, *sheet.remarks):
        paragraph = add(document, line, size=_SMALLER if line in sheet.remarks else TEXT)
        paragraph.paragraph_format.space_before = Pt(6)
    return saved(document)


def paper_docx(paper: Paper, *, dated: datetime | None = None) -> bytes:
    paper = coverage.printable(paper, coverage.fits_xml)
    document = new_document(_PAPER, top=25, bottom=22, left=26, right=22)
    provenance.say_in_word(document, paper.title, dated)
    if paper.mark:
        head = document.sections[0].header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(head, paper.mark, "heading", BODY)
    add(document, paper.title, role="title", size=Pt(20), align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in paper.under_title:
        add(document, line, size=_PAPER, align=WD_ALIGN_PARAGRAPH.CENTER)
    if paper.facts:
        _facts(document, paper)
    for part in paper.parts:
        _part(document, part)
    for opinion in paper.opinions:
        _opinion(document, opinion)
    for remark in paper.remarks:
        add(document, remark, size=_SMALLER)
    return saved(document)


def _part(document: WordDocument, part: Part) -> None:
    title = add(document, part.title, role="heading", size=_PAPER)
    title.paragraph_format.space_before = Pt(6)
    title.paragraph_format.keep_with_next = True
    for line in part.lines:
        add(document, line, size=_PAPER, indent=2)
    if part.columns:
        shares = tuple(width / sum(part.widths) for width in part.widths)
        table = new_table(document, len(part.columns), shares)
        head_row(table, part.columns)
        for texts in part.rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                fill(cell, [text])


def _opinion(document: WordDocument, opinion: Opinion) -> None:
    """A frame of its own: what was said, or room to write it, above the lines to sign."""
    add(document, "", size=Pt(6))
    (cell,) = new_table(document, 1, (1.0,)).add_row().cells
    fill(cell, [opinion.title], role="heading")
    fill(cell, opinion.said or ["", "", ""], first=False)
    for line in opinion.lines:
        # Who signs does not stand alone at the top of a page.
        cell.paragraphs[-1].paragraph_format.keep_with_next = True
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(paragraph, line, "body", TEXT)


def _facts(document: WordDocument, of: Sheet | Paper) -> None:
    table = new_table(document, 4, (0.2, 0.3, 0.2, 0.3))
    for left, right in zip(of.facts[::2], of.facts[1::2], strict=True):
        cells = table.add_row().cells
        for cell, text, role in zip(cells, (*left, *right), ("heading", "body") * 2, strict=True):
            fill(cell, [text], role=role)


def _section_rows(table: Table, section: SheetSection, *, blank: bool) -> None:
    fill(_whole_row(table, "E6E6E6"), [section.title], role="heading")
    for item in section.items:
        _item_rows(table, item, blank=blank)


def _item_rows(table: Table, item: SheetItem, *, blank: bool) -> None:
    whole = _whole_row(table, "F6F6F6")
    fill(whole, [item.title], role="heading")
    fill(whole, [item.text, *filter(None, [item.basis])], first=False)
    for question in item.questions:
        left, right = table.add_row().cells
        fill(left, [question.asked, *filter(None, [question.evidence])])
        fill(right, question.room or ["", "", ""])
    fill(_whole_row(table), [*item.ending, *(["", ""] if blank else [])])


def _whole_row(table: Table, shade: str = "") -> _Cell:
    left, right = table.add_row().cells
    cell = left.merge(right)
    if shade:
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            shading.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no name for it
    return cell
