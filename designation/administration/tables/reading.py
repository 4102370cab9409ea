"""A filled-in table into rows: found by their headings, whatever stands where.

What could harm is refused before anything is read, as in every office file
(``standards.importing.archives``). The rows are read one after the other and never held together.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from designation.site.dates import day_in
from designation.site.refusal import Refusal
from standards.characters import line, sameness_key
from standards.importing import workbooks
from standards.importing.archives import Unreadable, check_archive, damaged
from standards.importing.documents import check_size
from standards.printing import spreadsheets

from .columns import Column, Sheet, sheets

__all__ = ["MOST_ROWS", "Read", "Unreadable", "read"]

# Our default: ten counties' worth of organizations. More is sent in several files.
MOST_ROWS = 30_000
# Of merged cells and of headings so many are named at once; our default.
_NAMED = 10
# Excel counts days: these lie between 1950 and 2199, and no figure of eight digits does.
_DAYS = range(18264, 109_575)
_NOT_A_HEADING_SIGN = "*＊:："
_CELL = "unreadable_cell"
# The sheet that says how the others are filled in: it comes with the template, holds no rows.
GUIDE = "填写说明"


@dataclass(frozen=True, slots=True)
class Read:
    """One row that says something: its sheet, its number as the spreadsheet counts, its values.

    ``values`` by name of the column, without empty cells; a day is written as in ISO 8601, a word
    of a list as its code. ``faults`` are pairs of a column's name and what to do, ``remarks`` such
    of what whoever accepts the row should have seen.
    """

    sheet: str
    number: int
    values: Mapping[str, str]
    faults: Sequence[tuple[str, str]]
    remarks: Sequence[tuple[str, str]] = ()


def read(name: str, content: bytes) -> Iterator[Read]:
    """The rows of an .xlsx that hold something, those of the template left out.

    Raises Unreadable, before the first row or on the way, for a file that is none of ours, with
    all that is wrong with its headings at once.
    """
    check_size(content)
    if PurePath(name).suffix.lower() != ".xlsx":
        raise Unreadable(_("只能读取 .xlsx 文件。请用表格软件另存为 .xlsx 后再上传。"))
    check_archive(content, "xl/workbook.xml")
    try:
        yield from _Book(content).rows()
    except Unreadable:
        raise
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise damaged() from damage


class _Book:
    def __init__(self, content: bytes) -> None:
        # Formulas are seen as what they are: their values are not what anybody typed. Of a text
        # it is told which part is struck out.
        self.book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, rich_text=True
        )
        self.pages = _ours(self.book)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = workbooks.sheet_parts(archive)
            self.layouts = {
                page.title: workbooks.layout(archive, parts.get(page.title))
                for _sheet, page in self.pages
            }
        _refuse_merged(self.layouts)
        self.found = self.cells = 0

    def rows(self) -> Iterator[Read]:
        columns = {sheet.code: self._headed(sheet, page) for sheet, page in self.pages}
        for sheet, page in self.pages:
            head, named = columns[sheet.code]
            for number, cells in self._cells(page):
                if number > head and (row := self._row(sheet, page, number, cells, named)):
                    self.found += 1
                    if self.found > MOST_ROWS:
                        raise Unreadable(
                            _("这份表超过 %(most)d 行。请拆成几份，分几次上传。")
                            % {"most": MOST_ROWS}
                        )
                    yield row

    def _cells(self, page: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows that hold a value, with their numbers."""
        page.reset_dimensions()
        for number, row in enumerate(page.iter_rows(), start=1):
            self.cells += len(row)
            # What a file says of its own rows is not to be believed.
            if number > spreadsheets.MOST_ROWS or self.cells > workbooks.MAX_CELLS:
                raise Unreadable(_("表格太大。请删去空行、空列和多余的格式后再上传。"))
            if any(cell.value is not None for cell in row):
                yield number, row

    def _headed(self, sheet: Sheet, page: Any) -> tuple[int, dict[int, Column]]:
        """The number of the row of headings, and the column in each place, counted from 0."""
        number, row = next(self._cells(page), (0, ()))
        known = {sameness_key(column.heading): column for column in sheet.columns}
        named: dict[int, Column] = {}
        for place, cell in enumerate(row):
            heading = line(str(cell.value or "")).strip(_NOT_A_HEADING_SIGN)
            if not heading:
                continue
            column = known.get(sameness_key(heading))
            where = {"sheet": sheet.title, "column": get_column_letter(place + 1), "told": heading}
            if column is None:
                told = _("“%(sheet)s”表 %(column)s 列的表头“%(told)s”不认识。") % where
                raise Unreadable(told + _expected(sheet))
            if column in named.values():
                told = _("“%(sheet)s”表有两列的表头都是“%(told)s”，请删去一列。") % where
                raise Unreadable(told)
            named[place] = column
        missing = [c.heading for c in sheet.columns if c.key and c not in named.values()]
        if number and missing:
            raise Unreadable(
                _("“%(sheet)s”表缺少“%(told)s”列。")
                % {"sheet": sheet.title, "told": "”“".join(missing)}
                + _expected(sheet)
            )
        return number, named

    def _row(
        self,
        sheet: Sheet,
        page: Any,
        number: int,
        cells: Sequence[Any],
        named: Mapping[int, Column],
    ) -> Read | None:
        """The row; None for one without a word, and for one of the template's own."""
        written: dict[str, str] = {}
        faults: list[tuple[str, str]] = []
        for place, cell in enumerate(cells):
            column = named.get(place)
            try:
                text = _text(cell, column, self.book.epoch)
            except Refusal as fault:
                faults.append((column.name if column else "", str(fault)))
                continue
            if column is None and text:
                letter = get_column_letter(place + 1)
                told = _("%(column)s 列没有表头，却有内容“%(text)s”：请补上表头，或删去。")
                faults.append(("", told % {"column": letter, "text": text[:40]}))
            elif column is not None and text:
                written[column.name] = text
        if not faults and sheet.is_ours(written):
            return None
        faults += self._unseen(page, number, cells, named)
        values = {}
        for column in sheet.columns:
            if said := written.get(column.name):
                try:
                    values[column.name] = _value(column, said)
                except Refusal as fault:
                    faults.append((column.name, str(fault)))
        return Read(sheet.code, number, values, faults, _struck(cells, named))

    def _unseen(
        self, page: Any, number: int, cells: Sequence[Any], named: Mapping[int, Column]
    ) -> Iterator[tuple[str, str]]:
        """That what a row says was not seen by whoever looked at the sheet."""
        layout = self.layouts[page.title]
        if page.sheet_state != "visible":
            told = _("“%(sheet)s”表是隐藏的。请取消隐藏或删去，再上传。")
            yield "", told % {"sheet": page.title}
        elif number in layout.hidden_rows:
            yield "", _("这一行是隐藏的。请取消隐藏（包括筛选）或删去，再上传。")
        for place, cell in enumerate(cells):
            if _says(cell) and layout.hides_column(place + 1):
                told = _("%(column)s 列是隐藏的，却有内容。请取消隐藏或删去，再上传。")
                column = named.get(place)
                letter = get_column_letter(place + 1)
                yield column.name if column else "", told % {"column": letter}


def _ours(book: Any) -> list[tuple[Sheet, Any]]:
    """The sheets that the file has. Raises Unreadable for one that is none of the table's."""
    known = {sameness_key(sheet.title): sheet for sheet in sheets()}
    titles = "”“".join(sheet.title for sheet in sheets())
    found, strange = [], []
    for page in book.worksheets:
        sheet = known.get(sameness_key(page.title))
        if sheet is not None:
            found.append((sheet, page))
        elif page.title != GUIDE and _says_something(page):
            strange.append(page.title)
    if strange or not found:
        told = _("工作表应叫“%(titles)s”。") % {"titles": titles}
        if strange:
            told = (
                _("工作表“%(strange)s”不认识。") % {"strange": "”“".join(strange[:_NAMED])} + told
            )
        raise Unreadable(told + _("请下载模板，把内容填在模板里。"))
    order = [sheet.code for sheet in sheets()]
    return sorted(found, key=lambda pair: order.index(pair[0].code))


def _says_something(page: Any) -> bool:
    page.reset_dimensions()
    first = page.iter_rows(max_row=_NAMED, max_col=_NAMED, values_only=True)
    return any(value is not None for row in first for value in row)


def _refuse_merged(layouts: Mapping[str, workbooks.Sheet]) -> None:
    told = [
        f"“{title}”{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        for title, layout in layouts.items()
        for left, top, right, bottom in layout.merged
    ]
    if told:
        raise Unreadable(
            _("有合并的单元格：%(where)s。请取消合并，每一行都填全，再上传。")
            % {"where": "、".join(told[:_NAMED]) + ("……" if len(told) > _NAMED else "")}
        )


def _expected(sheet: Sheet) -> str:
    return _("这张表的表头应是：%(headings)s。") % {
        "headings": "、".join(column.heading for column in sheet.columns)
    }


def _says(cell: Any) -> bool:
    return cell.value is not None and bool(str(cell.value).strip())


def _struck(cells: Sequence[Any], named: Mapping[int, Column]) -> list[tuple[str, str]]:
    """What of a row is struck out: a clerk's way to say that it counts no more."""
    said = [place for place, cell in enumerate(cells) if _says(cell)]
    struck = [place for place in said if _is_struck(cells[place])]
    if len(struck) > 1 and struck == said:
        return [("", _("整行划有删除线，请核对：不再算数的，请删去这一行。"))]
    told = _("划线的单元格：%(column)s 列划有删除线，请核对是否照录。")
    return [
        (
            named[place].name if place in named else "",
            told % {"column": get_column_letter(place + 1)},
        )
        for place in struck
    ]


def _is_struck(cell: Any) -> bool:
    """The cell, or a part of its text."""
    if cell.font is not None and cell.font.strike:
        return True
    runs = cell.value if isinstance(cell.value, CellRichText) else ()
    return any(isinstance(run, TextBlock) and run.font.strike for run in runs)


def _text(cell: Any, column: Column | None, epoch: datetime) -> str:
    """What a cell says, in one line. Raises Refusal for one that nobody typed as it is."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        raise Refusal.because(_CELL, _("这里是公式。请复制后“选择性粘贴”为数值，再上传。"))
    if kind == "e":
        raise Refusal.because(
            _CELL, _("这里是出错的公式（%(told)s）。请直接填写。") % {"told": value}
        )
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time):
        return _day_told(value, column)
    if isinstance(value, int | float):
        return _figure_told(value, column, epoch)
    return line(str(value))


def _day_told(value: datetime | date | time, column: Column | None) -> str:
    """A cell that the spreadsheet holds for a day."""
    if column is None or not column.is_day or isinstance(value, time):
        raise Refusal.because(
            _CELL, _("表格软件把这里当成了日期或时间。请把单元格格式改为“文本”，再重新填写。")
        )
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def _figure_told(value: float, column: Column | None, epoch: datetime) -> str:
    """A number: in a column of days the one that the spreadsheet counts them by."""
    if column is not None and column.is_day and value in _DAYS:
        return from_excel(value, epoch).date().isoformat()
    told, _is_whole = workbooks.figure(value, "")
    return told


def _value(column: Column, text: str) -> str:
    if column.choices:
        code = column.code_of(text)
        if code is None:
            raise Refusal.because(
                _CELL,
                _("“%(text)s”不在列表里，请填其中之一：%(offered)s。")
                % {"text": text[:40], "offered": "、".join(column.offered)},
            )
        return code
    if column.is_day:
        try:
            return day_in(text).isoformat()
        except ValueError:
            raise Refusal.because(_CELL, _("请填写日期，例如 2026年3月2日 或 2026-3-2。")) from None
    return text
