"""The calendar data that comes with the system."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from .models import CalendarException, CalendarYear

DATA = Path(__file__).parent / "data" / "exceptions.csv"
SOURCE = "chinesecalendar 1.11.0"


@transaction.atomic
def load(path: Path = DATA, source: str = SOURCE) -> int:
    """Load the years of ``path`` that are not there yet; returns how many were new.

    The file has the columns ``date`` (ISO) and ``kind`` (holiday or make_up), a year at least
    one line. Raises ValueError on another kind.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (date.fromisoformat(row["date"]), CalendarException.Kind(row["kind"]))
            for row in csv.DictReader(file)
        ]
    known = set(CalendarYear.objects.values_list("year", flat=True))
    new = sorted({day.year for day, _kind in rows} - known)
    CalendarYear.objects.bulk_create(CalendarYear(year=y, source_document=source) for y in new)
    CalendarException.objects.bulk_create(
        CalendarException(date=day, year_id=day.year, kind=kind)
        for day, kind in rows
        if day.year in new
    )
    return len(new)
