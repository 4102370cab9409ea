"""An .xlsx into lines: rows as they are shown, and what else the workbook holds."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from .archives import Unreadable, check_archive, damaged
from .lines import MAX_LINES, Content, Line, Unread
from .tables import Cell, Table

MAX_CELLS = 2_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
# 0, 0.00, #,##0.0 and their percentages: how a figure is shown is then beyond doubt.
_PLAIN_FORMAT = re.compile(r"(?P<groups>#,##)?0(?:\.(?P<places>0{1,10}))?(?P<percent>%)?(?:_ )?")
_GENERAL = ("General", "@", "")
_HIDDEN = ("1", "true")
_TEXT_PARTS = re.compile(r"xl/(?:comments|threadedComments/|drawings/|charts/|diagrams/)[^_].*xml$")
_PICTURES = re.compile(r"xl/media/")


@dataclass
class Sheet:
    """What a sheet says of its rows and columns beside their values; all counted from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)

    def hides(self, row: int, column: int) -> bool:
        return row in self.hidden_rows or self.hides_column(column)

    def hides_column(self, column: int) -> bool:
        return any(a <= column <= b for a, b in self.hidden_columns)


def read(content: bytes) -> Content:
    """The rows of an .xlsx. Raises Unreadable for one that is damaged or not computed."""
    check_archive(content, "xl/workbook.xml")
    try:
        _check_computed(content)
        return _Workbook(content).read()
    except Unreadable:
        raise
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise damaged() from damage


class _Workbook:
    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.book = _opened(content, data_only=True)
        self.lines: list[Line] = []
        self.left_out: list[Unread] = []
        self.rows = self.cells = 0

    def read(self) -> Content:
        parts = sheet_parts(self.archive)
        for sheet in self.book.worksheets:
            told = layout(self.archive, parts.get(sheet.title))
            if sheet.sheet_state == "visible":
                self._shown(sheet, told)
            else:
                words = [word for row in self._cells(sheet) for word in self._words(row)]
                self._leave_out(
                    f"{sheet.title}：{' '.join(words)}", _("隐藏的工作表，没有读作条文")
                )
            for edge in told.edges:
                self._leave_out(edge, _("页眉或页脚中的文字，没有读作条文"))
        self.left_out += _other_parts(self.archive)
        return Content(self.lines, self.left_out)

    def _leave_out(self, words: str, reason: str, line: int = 0) -> None:
        if words.strip():
            self.left_out.append(Unread(line, words.strip(), reason))

    def _cells(self, sheet: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a sheet. What it says of its own size is not to be believed."""
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            self.rows, self.cells = self.rows + 1, self.cells + len(row)
            if self.rows > MAX_LINES or self.cells > MAX_CELLS:
                raise Unreadable(_("表格行数过多。请只保留标准的正文后再上传。"))
            yield row

    def _words(self, row: tuple[Any, ...]) -> list[str]:
        return [words for cell in row if (words := _shown(cell)[0])]

    def _shown(self, sheet: Any, told: Sheet) -> None:
        reads = Table(is_row_one_line=True)
        for number, row in enumerate(self._cells(sheet), start=1):
            cells, unseen = [], []
            for column, cell in enumerate(row, start=1):
                words, is_whole = _shown(cell)
                if words and told.hides(number, column):
                    unseen.append(words)
                    continue
                if words and not is_whole:
                    place = f"{get_column_letter(column)}{number}：{words}"
                    self._leave_out(place, _("单元格的显示格式没有读出，请对照原文"), self.rows)
                above = _is_below(told.merged, number, column)
                if words or above:
                    cells.append(Cell(column, words.split("\n"), above and not words, is_whole))
            self._leave_out(" ".join(unseen), _("隐藏的行或列，没有读作条文"), self.rows)
            if any(cell.text for cell in cells):
                self.lines += reads.row(self.rows, cells)
        self.left_out += reads.left_out()


def _opened(content: bytes, *, data_only: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def _is_below(merged: list[tuple[int, int, int, int]], row: int, column: int) -> bool:
    """Whether the cell lies in a merged one that begins further up in its column."""
    return any(left == column and top < row <= bottom for left, top, _right, bottom in merged)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its title."""
    relations = {
        part.get("Id"): part.get("Target", "").removeprefix("/xl/").removeprefix("./")
        for part in _root(archive, "xl/_rels/workbook.xml.rels")
    }
    sheets = _root(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {sheet.get("name"): f"xl/{relations.get(sheet.get(_RELATION))}" for sheet in sheets}


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def layout(archive: zipfile.ZipFile, name: str | None) -> Sheet:
    """What the part of a sheet says of its rows, columns and merged cells."""
    told = Sheet()
    if name is None or name not in archive.namelist():
        return told
    with archive.open(name) as part:
        for _event, element in etree.iterparse(part, resolve_entities=False, no_network=True):
            kind = element.tag.removeprefix(_MAIN)
            if kind == "row" and _is_hidden(element, "ht"):
                told.hidden_rows.add(int(element.get("r")))
            elif kind == "col" and _is_hidden(element, "width"):
                told.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
            elif kind == "mergeCell":
                left, top, right, bottom = (
                    edge or 0 for edge in range_boundaries(element.get("ref"))
                )
                told.merged.append((left, top, right, bottom))
            elif kind.startswith(("oddH", "oddF", "evenH", "evenF", "firstH", "firstF")):
                told.edges.append(re.sub(r"&(?:\"[^\"]*\"|[A-Z])", "", element.text or ""))
            if kind in ("row", "c"):
                element.clear()
    return told


def _is_hidden(element: Any, size: str) -> bool:
    """Whether a row or column is, or is drawn together to nothing."""
    return element.get("hidden") in _HIDDEN or float(element.get(size) or 1) == 0


def _shown(cell: Any) -> tuple[str, bool]:
    """What the sheet shows of a cell, and whether that is beyond doubt."""
    value = cell.value
    if value is None or isinstance(value, str):
        return (value or "").strip(), True
    if isinstance(value, bool):
        return str(value).upper(), True
    if isinstance(value, date | datetime | time):
        return value.isoformat().removesuffix("T00:00:00"), False
    if not isinstance(value, int | float):
        return str(value), False
    return figure(value, cell.number_format or "")


def figure(value: float, written: str) -> tuple[str, bool]:
    """The figure as its format shows it, and whether that is beyond doubt."""
    exact = Decimal(format(value, ".15g"))
    found = _PLAIN_FORMAT.fullmatch(written)
    if found is None:
        return format(exact, "f"), written in _GENERAL
    shown = exact * 100 if found["percent"] else exact
    places = len(found["places"] or "")
    rounded = format(shown, f"{',' if found['groups'] else ''}.{places}f")
    return f"{rounded}{found['percent'] or ''}", True


def _other_parts(archive: zipfile.ZipFile) -> Iterator[Unread]:
    """Comments, drawings and charts, readings above the signs, and pictures."""
    names = archive.namelist()
    for name in names:
        if _TEXT_PARTS.match(name):
            root = _root(archive, name)
            words = " ".join(
                part.text.strip()
                for part in root.iter()
                if isinstance(part.tag, str)
                and part.tag.rpartition("}")[2] in ("t", "v", "text")
                and (part.text or "").strip()
            )
            if words:
                yield Unread(0, words, _("批注或图形中的文字，没有读作条文"))
    if "xl/sharedStrings.xml" in names:
        above = _root(archive, "xl/sharedStrings.xml").iter(f"{_MAIN}rPh")
        words = " ".join(part.text or "" for block in above for part in block.iter(f"{_MAIN}t"))
        if words.strip():
            yield Unread(0, words, _("注音，没有读作条文"))
    pictures = sum(bool(_PICTURES.match(name)) for name in names)
    if pictures:
        told = _("图片 %(count)d 张") % {"count": pictures}
        yield Unread(0, told, _("图片中的文字没有读入，请对照原文"))


def _check_computed(content: bytes) -> None:
    """Refuses a formula whose value the file does not hold: its text would be lost in silence."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return
    formulas, computed = _opened(content, data_only=False), _opened(content, data_only=True)
    for asked, told in zip(formulas.worksheets, computed.worksheets, strict=True):
        asked.reset_dimensions()
        told.reset_dimensions()
        rows = zip(
            asked.iter_rows(values_only=True), told.iter_rows(values_only=True), strict=False
        )
        for formulas_of, values in rows:
            pairs = zip(formulas_of, values, strict=False)
            if any(str(formula).startswith("=") and value is None for formula, value in pairs):
                raise Unreadable(_("表格中有没有算出结果的公式。请用表格软件打开并另存后再上传。"))
