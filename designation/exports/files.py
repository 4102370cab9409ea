"""The file of a list: written row by row, whatever their number."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any, Protocol

from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.tables import Column
from standards.language import of_the_record
from standards.printing import spreadsheets

from .models import Format

_WIDTH_OF_NUMBER = 6


class TableFile(Protocol):
    """``add`` takes the values of a row in the order of the columns."""

    def add(self, row: Sequence[Any]) -> None: ...

    def write(self, file: IO[bytes]) -> None: ...


class _Xlsx:
    def __init__(self, title: str, above: Sequence[str], columns: Sequence[Column]) -> None:
        widths = [_WIDTH_OF_NUMBER, *(column.width for column in columns)]
        self.table = spreadsheets.PrintedTable(title, above, _heads(columns), widths)

    def add(self, row: Sequence[Any]) -> None:
        self.table.add(row)

    def write(self, file: IO[bytes]) -> None:
        self.table.write(file, dated=clock.now())


class _Csv:
    """Heads and rows alone, for another program to read; kept on the disk until it is written."""

    def __init__(self, spool: IO[bytes], columns: Sequence[Column]) -> None:
        self.spool = spool
        for line in spreadsheets.csv_lines([_heads(columns)]):
            self.spool.write(line.encode())

    def add(self, row: Sequence[Any]) -> None:
        said = [_as_text(value) for value in row]
        self.spool.write(spreadsheets.csv_line(said).encode())

    def write(self, file: IO[bytes]) -> None:
        self.spool.seek(0)
        while piece := self.spool.read(_PIECE):
            file.write(piece)


_PIECE = 1 << 20


def _heads(columns: Sequence[Column]) -> list[str]:
    return [_("序号"), *(str(column.heading) for column in columns)]


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value


class Lines:
    """Rows of the database as rows of the file, numbered, worded for the record."""

    def __init__(self, file: TableFile, columns: Sequence[Column]) -> None:
        self.file, self.columns, self.count = file, columns, 0

    @of_the_record()
    def add(self, rows: Sequence[Any]) -> None:
        for row in rows:
            self.count += 1
            self.file.add([self.count, *(column.value(row) for column in self.columns)])


@of_the_record()
def begun(
    file_format: str,
    title: str,
    above: Sequence[str],
    columns: Sequence[Column],
    spool: IO[bytes],
) -> Lines:
    """A file with its heads, and no row yet; ``spool`` holds what has no file of its own."""
    made: TableFile = (
        _Xlsx(title, above, columns) if file_format == Format.XLSX else _Csv(spool, columns)
    )
    return Lines(made, columns)
