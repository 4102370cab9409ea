"""Loading calendar years: those that come with the system, and later ones from a file."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.dispatch import Signal

from .models import CalendarException, CalendarYear

DATA = Path(__file__).parent / "data" / "exceptions.csv"
SOURCE = "chinesecalendar 1.11.0"

# Sent after the commit that changed the calendar; who keeps a copy reads it anew.
calendar_changed = Signal()


def known_years() -> frozenset[int]:
    """The years with official data."""
    return frozenset(CalendarYear.objects.values_list("year", flat=True))


@transaction.atomic
def load(path: Path = DATA, source: str = SOURCE, *, replace: bool = False) -> int:
    """Load the years of ``path`` that are not there yet; returns how many were written.

    The file (UTF-8) has the columns ``date`` (ISO) and ``kind`` (holiday or make_up), a year at
    least one line. With ``replace`` years that are there are written anew; deadlines already
    stored keep their day. Raises ValueError, naming the line, when one cannot be read.
    """
    rows = _rows(path)
    years = {day.year for day, _kind in rows}
    if replace:
        CalendarYear.objects.filter(year__in=years).delete()
    new = sorted(years - known_years())
    CalendarYear.objects.bulk_create(CalendarYear(year=y, source_document=source) for y in new)
    CalendarException.objects.bulk_create(
        CalendarException(date=day, year_id=day.year, kind=kind)
        for day, kind in rows
        if day.year in new
    )
    if new:
        transaction.on_commit(lambda: calendar_changed.send(sender=CalendarYear))
    return len(new)


def _rows(path: Path) -> list[tuple[date, CalendarException.Kind]]:
    # Spreadsheets write a byte order mark at the head of the file.
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows: dict[date, CalendarException.Kind] = {}
        for row in reader:
            try:
                day = date.fromisoformat(row["date"])
                kind = CalendarException.Kind(row["kind"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path.name}, line {reader.line_num}: expected date,kind with an ISO date "
                    f"and one of {', '.join(CalendarException.Kind.values)}."
                ) from error
            if rows.setdefault(day, kind) != kind:
                raise ValueError(f"{path.name}, line {reader.line_num}: {day} stands twice.")
    return list(rows.items())
