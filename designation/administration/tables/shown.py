"""The preview of a table in words: counts by sheet, and each row with what would become of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..models import CountyTable, Outcome, TableRow
from .columns import sheet, sheets
from .parts import counted


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How many rows of one sheet would do what."""

    code: str
    title: str
    fault: int
    new: int
    changed: int
    same: int
    entered: int


def counts(table: CountyTable) -> list[SheetCount]:
    """In one statement; sheets without a row are left out."""
    found = counted([one.code for one in sheets()], table)
    names = (*Outcome.values, "entered")
    return [
        SheetCount(one.code, one.title, **{name: found.get((one.code, name), 0) for name in names})
        for one in sheets()
        if any(code == one.code for code, _outcome in found)
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: where it stands, what it says, and what would become of it."""

    row: TableRow
    title: str
    said: list[tuple[str, str]]
    differences: list[tuple[str, str, str]]
    findings: list[tuple[str, str, bool]]


def rows(found: Iterable[TableRow]) -> list[Shown]:
    return [_shown(row) for row in found]


def _shown(row: TableRow) -> Shown:
    of: Any = sheet(row.sheet)
    return Shown(
        row,
        of.title,
        [(c.heading, c.said(row.values[c.name])) for c in of.columns if c.name in row.values],
        [(of.heading(name), *said) for name, said in row.differences.items()],
        [(of.heading(name), message, blocks) for name, message, blocks in row.findings],
    )
