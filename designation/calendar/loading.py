"""Loading calendar years: those that come with the system, and later ones from a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.dispatch import Signal

from . import proposals
from .models import CalendarException, CalendarYear
from .proposals import ProposedYear

DATA = Path(__file__).parent / "data" / "exceptions.csv"
SOURCE = "chinesecalendar 1.11.0"

# Sent after the commit that changed the calendar; who keeps a copy reads it anew.
calendar_changed = Signal()


def known_years() -> frozenset[int]:
    """The years with official data."""
    return frozenset(CalendarYear.objects.values_list("year", flat=True))


@transaction.atomic
def load(
    path: Path = DATA,
    source: str = SOURCE,
    *,
    replace: bool = False,
    days_off: int | None = None,
) -> int:
    """Make the years of ``path`` official that are not there yet; returns how many were written.

    The file (UTF-8) has the columns ``date`` (ISO) and ``kind`` (holiday or make_up), and holds
    one year; that which comes with the system holds many. ``days_off``: see ``ProposedYear``.
    With ``replace`` a year that is there is written anew; deadlines already stored keep their
    day. Raises NotWhole for a year that does not look whole, and ValueError, naming the line,
    for one that cannot be read.
    """
    kinds = _own(path) if path == DATA else _judged(path, days_off)
    years = {day.year for day in kinds}
    if replace:
        CalendarYear.objects.filter(year__in=years).delete()
    new = sorted(years - known_years())
    _write(new, source, {day: kind for day, kind in kinds.items() if day.year in new})
    return len(new)


def _own(path: Path) -> dict[date, str]:
    """Years long past and proven day by day against their source."""
    return {line.day: line.kind for line in proposals.lines(path)}


def _judged(path: Path, days_off: int | None) -> Mapping[date, str]:
    year = proposals.proposed(path, days_off=days_off)
    year.check()
    return year.kinds


def is_there_otherwise(year: ProposedYear) -> bool:
    """Whether the year is official already, with other days."""
    rows = CalendarException.objects.filter(year=year.year).values_list("date", "kind")
    return year.year in known_years() and dict(rows) != dict(year.kinds)


def _write(years: Sequence[int], source: str, kinds: Mapping[date, str]) -> None:
    CalendarYear.objects.bulk_create(CalendarYear(year=y, source_document=source) for y in years)
    CalendarException.objects.bulk_create(
        CalendarException(date=day, year_id=day.year, kind=kind) for day, kind in kinds.items()
    )
    if years:
        transaction.on_commit(lambda: calendar_changed.send(sender=CalendarYear))
