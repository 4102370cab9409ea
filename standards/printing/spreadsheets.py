"""Tables as .xlsx that can be printed as they are: A4, one page wide, their head on every page."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from ..language import of_the_record
from . import coverage, provenance

# A spreadsheet takes a text that begins with one of these for a formula, in some languages in
# full width too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_LINE = Side(style="thin")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
# Characters of the standard width that stand on an upright A4 page; our measure, for 11 pt.
_UPRIGHT = 90
_A4 = 9
_MARGIN = 0.5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Any) -> Any:
    """The value so that no spreadsheet runs it when it opens a file of plain text."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_SIGNS):
        return f"'{value}"
    return value


def add_sheet(
    book: Workbook, title: str, rows: Iterable[Sequence[Any]], widths: Sequence[int]
) -> None:
    """A sheet of a write-only book; the first row is the head, widths are in characters."""
    sheet = book.create_sheet(title)
    _lay_out(sheet, widths)
    for place, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_head=place == 0) for value in row])


def _lay_out(sheet: Any, widths: Sequence[int]) -> None:
    """Before the first row: a write-only sheet says this first."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page = sheet.page_setup
    page.paperSize, page.fitToWidth, page.fitToHeight = _A4, 1, 0
    page.orientation = "landscape" if sum(widths) > _UPRIGHT else "portrait"
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    with of_the_record():
        sheet.oddFooter.center.text = _("第 %(page)s 页，共 %(pages)s 页") % {
            "page": "&P",
            "pages": "&N",
        }


def _cell(sheet: Any, value: Any, *, is_head: bool) -> Any:
    is_text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, coverage.boxed(value, coverage.fits_xml) if is_text else value)
    if is_text:
        # Said to be text, it is no formula, whatever it begins with.
        cell.data_type = "s"
    cell.alignment, cell.border = _WRAPPED, _GRID
    if is_head:
        cell.font = Font(bold=True)
    return cell


class _Line:
    """What ``csv.writer`` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file; the mark at its head tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(map(safe, row))


def write_table(
    title: str,
    rows: Iterable[Sequence[Any]],
    widths: Sequence[int],
    file: IO[bytes],
    *,
    dated: datetime,
) -> None:
    """A book of one sheet, named as the book is."""
    book = Workbook(write_only=True)
    add_sheet(book, title, rows, widths)
    write(book, file, title=title, dated=dated)


def write(book: Workbook, file: IO[bytes], *, title: str, dated: datetime | None) -> None:
    """Write the book with its title, maker, moment and language."""
    said = book.properties
    said.title, said.creator, said.lastModifiedBy = title, provenance.MADE_BY, provenance.MADE_BY
    said.language = provenance.CHINESE
    said.created = said.modified = provenance.made_at(dated)
    # Not by ``book.save``, which says that it was modified by the machine's clock.
    with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()
