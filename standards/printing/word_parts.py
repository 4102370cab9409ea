"""What Word files are made of: a page and its grid, paragraphs and tables, page numbers.

Measures of an official document after GB/T 9704-2012.
"""

from collections.abc import Iterable
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

from . import fonts

LINE = Pt(28.95)
BODY = Pt(16)
TITLE = Pt(22)
PAGE_NUMBER = Pt(14)
# Of tables.
TEXT = Pt(10.5)
# 28 characters of 16 pt fill 156 mm when each is a little closer to the next; by character, since
# word processors read the character grid of a page in different ways. Word counts in 1/20 pt.
_CLOSER = "-5"
_LINE_PITCH = "579"


def new_document(size: Pt, *, top: int, bottom: int, left: int, right: int) -> WordDocument:
    """An empty page with margins in millimetres."""
    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.name = size, fonts.wanted("body")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    return document


def add(
    document: WordDocument,
    text: str,
    *,
    role: str = "body",
    size: Pt = BODY,
    line: Pt | None = None,
    indent: int = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """A paragraph; ``indent`` counts characters of its size, ``line`` is an exact height."""
    paragraph = document.add_paragraph()
    write(paragraph, text, role, size)
    shape = paragraph.paragraph_format
    shape.alignment = align
    if line is not None:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    if indent:
        shape.first_line_indent = Emu(size * indent)
    return paragraph


def write(paragraph: Paragraph, text: str, role: str, size: Pt) -> None:
    """Write a run in the face of its role; an empty text leaves the paragraph empty."""
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


def new_table(document: WordDocument, columns: int, shares: tuple[float, ...]) -> Table:
    """A table as wide as the text, without rows."""
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share))
    return table


def head_row(table: Table, columns: tuple[str, ...]) -> None:
    """A row that is repeated on every page."""
    row = table.add_row()
    for cell, text in zip(row.cells, columns, strict=True):
        fill(cell, [text], role="heading")
    repeated = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no name for it


def fill(cell: _Cell, lines: Iterable[str], *, role: str = "body", first: bool = True) -> None:
    """Write lines into a cell; ``first``: the paragraph that every cell begins with takes one."""
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if first and place == 0 else cell.add_paragraph()
        write(paragraph, line, role, TEXT)
        for run in paragraph.runs:
            run.bold = role == "heading"


def set_grid(section: Section) -> None:
    """22 lines, as the page is ruled."""
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no name for it
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001 - as above
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _LINE_PITCH)


def set_closer(paragraph: Paragraph) -> None:
    """28 characters a line."""
    for run in paragraph.runs:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), _CLOSER)
        size = run._element.get_or_add_rPr().find(qn("w:sz"))  # noqa: SLF001 - as above
        size.addprevious(spacing)


def number_pages(document: WordDocument, section: Section) -> None:
    """Odd pages on the right, even ones on the left, one character in; 7 mm under the text."""
    document.settings.odd_and_even_pages_header_footer = True
    section.footer_distance = Mm(23)
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    odd.alignment, even.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    odd.paragraph_format.right_indent = even.paragraph_format.left_indent = PAGE_NUMBER
    for paragraph in (odd, even):
        write(paragraph, "— ", "body", PAGE_NUMBER)
        _page_field(paragraph)
        write(paragraph, " —", "body", PAGE_NUMBER)


def _page_field(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = PAGE_NUMBER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)  # noqa: SLF001 - python-docx has no name for fields


def saved(document: WordDocument) -> bytes:
    """The file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()
