"""The file of a calendar year: CSV, .xlsx or JSON, read into rows of a day and a kind."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from standards.characters import plain
from standards.importing.archives import Unreadable, check_archive, damaged
from standards.importing.documents import decoded

__all__ = ["ENDINGS", "MAX_BYTES", "Row", "Unreadable", "rows", "too_large"]

# Our defaults: a year of exceptions is a few kilobytes, and holds fewer rows than days.
MAX_BYTES = 1024 * 1024
MAX_ROWS = 1000
_DAY_HEADS = ("date", "日期")
_KIND_HEADS = ("kind", "类型", "安排")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the head, as written. ``number`` counts from 1 as a person would.

    In JSON it counts the entries. ``is_wider`` than its head: it holds a cell that nothing names.
    """

    number: int
    day: str
    kind: str
    is_wider: bool = False


def rows(name: str, content: bytes) -> list[Row]:
    """The rows of a file that hold something, the head left out.

    Raises Unreadable for a file that is too large, damaged, of another kind, or without the head.
    """
    if len(content) > MAX_BYTES:
        raise too_large()
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Unreadable(_("只能读取 .xlsx、.csv 和 .json 文件。"))
    found = list(reader(content))
    if len(found) > MAX_ROWS:
        raise Unreadable(_("文件行数过多。一份文件只写一年中与周末规律不同的日子。"))
    return found


def too_large() -> Unreadable:
    return Unreadable(_("文件超过 1 MB。一年的日历只有几十行，请检查是否选错了文件。"))


def _csv(content: bytes) -> Iterator[Row]:
    text = decoded(content)
    # Spreadsheets write what was copied from them with tabs.
    mark = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        numbered = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise damaged() from error
    return _below_head(numbered)


def _xlsx(content: bytes) -> Iterator[Row]:
    check_archive(content, "xl/workbook.xml")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # What a sheet says of its own size is not to be believed.
        sheet.reset_dimensions()
        cells = list(sheet.iter_rows(max_row=MAX_ROWS + 2, values_only=True))
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise damaged() from damage
    told = ([_written(cell) for cell in row] for row in cells)
    return _below_head(enumerate(told, start=1))


def _written(cell: Any) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")


def _below_head(numbered: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    filled = ((number, cells) for number, cells in numbered if any(map(plain, cells)))
    head = [plain(cell).lower() for cell in next(filled, (0, ()))[1]]
    day, kind = (_place(head, names) for names in (_DAY_HEADS, _KIND_HEADS))
    if day is None or kind is None:
        raise Unreadable(_("第一行应是表头，并有“日期”和“类型”两列（或 date 和 kind）。"))
    for number, cells in filled:
        padded = [*cells, *[""] * len(head)]
        is_wider = any(map(plain, cells[len(head) :]))
        yield Row(number, plain(padded[day]), plain(padded[kind]), is_wider)


def _place(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((place for place, cell in enumerate(head) if cell in names), None)


def _json(content: bytes) -> Iterator[Row]:
    """A list of objects with date and kind, or an object that holds it under ``days``."""
    try:
        told = json.loads(decoded(content))
    except (ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise damaged() from error
    entries = told.get("days") if isinstance(told, dict) else told
    if not isinstance(entries, list):
        raise Unreadable(_("JSON 文件应是一个列表，每一项写明 date 和 kind。"))
    for number, entry in enumerate(entries, start=1):
        said = entry if isinstance(entry, dict) else {}
        yield Row(number, plain(str(said.get("date", ""))), plain(str(said.get("kind", ""))))


_READERS: dict[str, Callable[[bytes], Iterable[Row]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
}
ENDINGS = tuple(_READERS)
