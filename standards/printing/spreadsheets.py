"""Tables as .xlsx that can be printed as they are: A4, one page wide, their head on every page."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
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
_TITLE, _PLAIN = Font(bold=True, size=16), Font()
# Not merged: a table with merged cells can be neither sorted nor read in again.
_CENTRED = Alignment(horizontal="centerContinuous", vertical="center")
_FROM_THE_LEFT = Alignment(horizontal="left", vertical="center")
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_LONGEST_NAME_OF_SHEET = 31
# Rows that a sheet has.
MOST_ROWS = 1_048_576
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


class PrintedTable:
    """A book of one sheet as an office prints it, filled row by row: memory stays flat.

    Above the heads stand the title, over all columns, and a line for each of ``above``. It prints
    across on A4, one page wide, the heads on every page, and nothing beside the table.
    """

    def __init__(
        self, title: str, above: Sequence[str], heads: Sequence[str], widths: Sequence[int]
    ) -> None:
        self.title, self.columns, self.last = title, len(heads), 0
        self.book = Workbook(write_only=True)
        self.sheet: Any = self.book.create_sheet(_name_of_sheet(title))
        _lay_out(self.sheet, widths, head=len(above) + 2)
        self.sheet.page_setup.orientation = "landscape"
        self._over_all_columns(title, _TITLE, _CENTRED)
        for line in above:
            self._over_all_columns(line, _PLAIN, _FROM_THE_LEFT)
        self._append([_cell(self.sheet, head, is_head=True) for head in heads])

    def _over_all_columns(self, text: str, font: Font, alignment: Alignment) -> None:
        cell = _cell(self.sheet, text, is_head=False)
        cell.font, cell.alignment, cell.border = font, alignment, Border()
        beside = [WriteOnlyCell(self.sheet) for _column in range(1, self.columns)]
        for empty in beside:
            empty.alignment = alignment
        self._append([cell, *beside])

    def _append(self, cells: list[Any]) -> None:
        self.sheet.append(cells)
        self.last += 1

    def add(self, row: Sequence[Any]) -> None:
        """Texts, numbers, days, moments (of local time, without a zone) and None."""
        self._append([_cell(self.sheet, value, is_head=False) for value in row])

    def write(self, file: IO[bytes], *, dated: datetime) -> None:
        """Write the whole book; nothing can be added any more."""
        self.sheet.print_area = f"A1:{get_column_letter(self.columns)}{self.last}"
        write(self.book, file, title=self.title, dated=dated)


def _name_of_sheet(title: str) -> str:
    """At most 31 signs, and none that a spreadsheet keeps for addresses."""
    return re.sub(r"[\\/*?:\[\]']", " ", title)[:_LONGEST_NAME_OF_SHEET]


def _lay_out(sheet: Any, widths: Sequence[int], *, head: int = 1) -> None:
    """Before the first row: a write-only sheet says this first. ``head``: the row of the heads."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
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
    elif isinstance(value, date):
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
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
    yield "\ufeff"
    yield from map(csv_line, rows)


def csv_line(row: Iterable[Any]) -> str:
    """One line, with its end."""
    return str(csv.writer(_Line()).writerow(map(safe, row)))


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
