"""Annexes, sheets and papers as .docx, which WPS and Word open; measures after GB/T 9704-2012.

The faces asked for are the official ones: a word processor without them says so itself.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ..language import of_the_record
from . import coverage, fonts, provenance
from .annexes import Annex
from .papers import Opinion, Paper, Part
from .sheets import Sheet, SheetItem, SheetSection

_LINE = Pt(28.95)
_BODY = Pt(16)
_TITLE = Pt(22)
_SMALL = Pt(12)
_PAGE_NUMBER = Pt(14)
# Of the sheet.
_TEXT = Pt(10.5)
_SMALLER = Pt(9)
# Of a paper.
_PAPER = Pt(12)
# 28 characters of 16 pt fill 156 mm when each is a little closer to the next; by character, since
# word processors read the character grid of a page in different ways. Word counts in 1/20 pt.
_CLOSER = "-5"
_LINE_PITCH = "579"
_LEFT_SHARE = 0.58
_JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


def annex_docx(annex: Annex, *, dated: datetime | None = None) -> bytes:
    with of_the_record():
        annex = coverage.printable(annex, coverage.fits_xml)
        document = _document(_BODY, top=37, bottom=35, left=28, right=26)
        provenance.say_in_word(document, annex.title, dated)
    section = document.sections[0]
    _set_grid(section)
    _number_pages(document, section)
    _add(document, annex.mark, role="heading", line=_LINE)
    _add(document, "", line=_LINE)
    _add(document, annex.title, role="title", size=_TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in annex.under_title:
        _add(document, line, size=_PAGE_NUMBER, align=WD_ALIGN_PARAGRAPH.CENTER)
    _add(document, "", line=_LINE)
    for part in annex.sections:
        title = _add(document, part.title, role="heading", line=_LINE, indent=2)
        title.paragraph_format.keep_with_next = True
        for clause in part.clauses:
            _set_closer(_add(document, clause.text, line=_LINE, indent=2, align=_JUSTIFIED))
            if clause.basis:
                _add(document, clause.basis, size=_SMALL, indent=2)
    _add(document, "", line=_LINE)
    for remark in annex.remarks:
        _add(document, remark, size=_SMALL)
    return _saved(document)


def sheet_docx(sheet: Sheet, *, dated: datetime | None = None) -> bytes:
    sheet = coverage.printable(sheet, coverage.fits_xml)
    document = _document(_TEXT, top=20, bottom=18, left=20, right=16)
    provenance.say_in_word(document, sheet.title, dated)
    _add(document, sheet.title, role="title", size=Pt(18), align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in sheet.under_title:
        _add(document, line, size=_TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _facts(document, sheet)
    _add(document, "", size=Pt(4))
    table = _table(document, 2, (_LEFT_SHARE, 1 - _LEFT_SHARE))
    _head(table, sheet.columns)
    for section in sheet.sections:
        _section_rows(table, section, blank=sheet.blank)
    for line in (*sheet.closing, *sheet.remarks):
        paragraph = _add(document, line, size=_SMALLER if line in sheet.remarks else _TEXT)
        paragraph.paragraph_format.space_before = Pt(6)
    return _saved(document)


def paper_docx(paper: Paper, *, dated: datetime | None = None) -> bytes:
    paper = coverage.printable(paper, coverage.fits_xml)
    document = _document(_PAPER, top=25, bottom=22, left=26, right=22)
    provenance.say_in_word(document, paper.title, dated)
    if paper.mark:
        head = document.sections[0].header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(head, paper.mark, "heading", _BODY)
    _add(document, paper.title, role="title", size=Pt(20), align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in paper.under_title:
        _add(document, line, size=_PAPER, align=WD_ALIGN_PARAGRAPH.CENTER)
    if paper.facts:
        _facts(document, paper)
    for part in paper.parts:
        _part(document, part)
    for opinion in paper.opinions:
        _opinion(document, opinion)
    for remark in paper.remarks:
        _add(document, remark, size=_SMALLER)
    return _saved(document)


def _part(document: WordDocument, part: Part) -> None:
    title = _add(document, part.title, role="heading", size=_PAPER)
    title.paragraph_format.space_before = Pt(6)
    title.paragraph_format.keep_with_next = True
    for line in part.lines:
        _add(document, line, size=_PAPER, indent=2)
    if part.columns:
        shares = tuple(width / sum(part.widths) for width in part.widths)
        table = _table(document, len(part.columns), shares)
        _head(table, part.columns)
        for texts in part.rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                _fill(cell, [text])


def _opinion(document: WordDocument, opinion: Opinion) -> None:
    """A frame of its own: what was said, or room to write it, above the lines to sign."""
    _add(document, "", size=Pt(6))
    (cell,) = _table(document, 1, (1.0,)).add_row().cells
    _fill(cell, [opinion.title], role="heading")
    _fill(cell, opinion.said or ["", "", ""], first=False)
    for line in opinion.lines:
        # Who signs does not stand alone at the top of a page.
        cell.paragraphs[-1].paragraph_format.keep_with_next = True
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, line, "body", _TEXT)


def _facts(document: WordDocument, of: Sheet | Paper) -> None:
    table = _table(document, 4, (0.2, 0.3, 0.2, 0.3))
    for left, right in zip(of.facts[::2], of.facts[1::2], strict=True):
        cells = table.add_row().cells
        for cell, text, role in zip(cells, (*left, *right), ("heading", "body") * 2, strict=True):
            _fill(cell, [text], role=role)


def _head(table: Table, columns: tuple[str, ...]) -> None:
    row = table.add_row()
    for cell, text in zip(row.cells, columns, strict=True):
        _fill(cell, [text], role="heading")
    repeated = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no name for it


def _section_rows(table: Table, section: SheetSection, *, blank: bool) -> None:
    _fill(_whole_row(table, "E6E6E6"), [section.title], role="heading")
    for item in section.items:
        _item_rows(table, item, blank=blank)


def _item_rows(table: Table, item: SheetItem, *, blank: bool) -> None:
    whole = _whole_row(table, "F6F6F6")
    _fill(whole, [item.title], role="heading")
    _fill(whole, [item.text, *filter(None, [item.basis])], first=False)
    for question in item.questions:
        left, right = table.add_row().cells
        _fill(left, [question.asked, *filter(None, [question.evidence])])
        _fill(right, question.room or ["", "", ""])
    _fill(_whole_row(table), [*item.ending, *(["", ""] if blank else [])])


def _whole_row(table: Table, shade: str = "") -> _Cell:
    left, right = table.add_row().cells
    cell = left.merge(right)
    if shade:
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            shading.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no name for it
    return cell


def _fill(cell: _Cell, lines: Iterable[str], *, role: str = "body", first: bool = True) -> None:
    """Write lines into a cell; ``first``: the paragraph that every cell begins with takes one."""
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if first and place == 0 else cell.add_paragraph()
        _write(paragraph, line, role, _TEXT)
        for run in paragraph.runs:
            run.bold = role == "heading"


def _table(document: WordDocument, columns: int, shares: tuple[float, ...]) -> Table:
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share))
    return table


def _document(size: Pt, *, top: int, bottom: int, left: int, right: int) -> WordDocument:
    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.name = size, fonts.wanted("body")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    return document


def _add(
    document: WordDocument,
    text: str,
    *,
    role: str = "body",
    size: Pt = _BODY,
    line: Pt | None = None,
    indent: int = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """A paragraph; ``indent`` counts characters of its size, ``line`` is an exact height."""
    paragraph = document.add_paragraph()
    _write(paragraph, text, role, size)
    shape = paragraph.paragraph_format
    shape.alignment = align
    if line is not None:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    if indent:
        shape.first_line_indent = Emu(size * indent)
    return paragraph


def _write(paragraph: Paragraph, text: str, role: str, size: Pt) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if not text:
        return
    run = paragraph.add_run(text)
    run.font.size = size
    family = fonts.wanted(role)
    run.font.name = family
    faces = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - python-docx names the Latin face only
    faces.set(qn("w:eastAsia"), family)


def _set_grid(section: Section) -> None:
    """22 lines, as the page is ruled."""
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no name for it
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001 - as above
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _LINE_PITCH)


def _set_closer(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), _CLOSER)
        size = run._element.get_or_add_rPr().find(qn("w:sz"))  # noqa: SLF001 - as above
        size.addprevious(spacing)


def _number_pages(document: WordDocument, section: Section) -> None:
    """Odd pages on the right, even ones on the left, one character in; 7 mm under the text."""
    document.settings.odd_and_even_pages_header_footer = True
    section.footer_distance = Mm(23)
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    odd.alignment, even.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    odd.paragraph_format.right_indent = even.paragraph_format.left_indent = _PAGE_NUMBER
    for paragraph in (odd, even):
        _write(paragraph, "— ", "body", _PAGE_NUMBER)
        _page_field(paragraph)
        _write(paragraph, " —", "body", _PAGE_NUMBER)


def _page_field(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = _PAGE_NUMBER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)  # noqa: SLF001 - python-docx has no name for fields


def _saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
