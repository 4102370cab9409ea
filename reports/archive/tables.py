"""Tables of an archive: plain CSV, which every program reads for as long as it is kept.

A text that a spreadsheet would run is marked as text, as in every list that is taken away.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from designation.organizations.models import Person
from designation.site import clock, tables
from standards.printing import spreadsheets


def csv_file(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    said = ([_as_text(value) for value in row] for row in (heads, *rows))
    return "".join(spreadsheets.csv_lines(said)).encode()


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value or "")


def moment(at: datetime) -> str:
    return f"{tables.local(at):%Y-%m-%d %H:%M}"


def day(at: datetime) -> date:
    return at.astimezone(clock.SHANGHAI).date()


def named(person: Person | None, at: datetime) -> str:
    """By the name that the person bore then; "" where nobody acted."""
    return person.name_on(day(at)) if person else ""
