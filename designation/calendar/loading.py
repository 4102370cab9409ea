"""Making calendar years official: those that come with the system, and each that was confirmed."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.dispatch import Signal

from . import proposals, year_files
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
def load(*, replace: bool = False) -> int:
    """Make the years that come with the system official; returns how many were written.

    Those that are there stay, unless they are to be written anew (``replace``).
    """
    read = proposals.lines(year_files.rows(DATA.name, DATA.read_bytes()))
    kinds = {line.day: line.kind for line in read}
    years = {day.year for day in kinds}
    if replace:
        CalendarYear.objects.filter(year__in=years).delete()
    new = sorted(years - known_years())
    _write(new, SOURCE, {day: kind for day, kind in kinds.items() if day.year in new})
    return len(new)


@transaction.atomic
def make_official(year: ProposedYear, source: str) -> None:
    """Let a year count from now on, in place of what it was; deadlines set keep their day."""
    CalendarYear.objects.filter(year=year.year).delete()
    _write([year.year], source, year.kinds)


def differences(year: ProposedYear) -> dict[date, tuple[str, str]]:
    """By day the kind that counts now and the one proposed, where they differ; "" follows the week.

    Empty for a year that is not there yet.
    """
    if not CalendarYear.objects.filter(year=year.year).exists():
        return {}
    rows = CalendarException.objects.filter(year=year.year).values_list("date", "kind")
    now: dict[date, str] = dict(rows)
    told = {day: (now.get(day, ""), str(year.kinds.get(day, ""))) for day in {*now, *year.kinds}}
    return {day: told[day] for day in sorted(told) if told[day][0] != told[day][1]}


def _write(years: Sequence[int], source: str, kinds: Mapping[date, str]) -> None:
    CalendarYear.objects.bulk_create(CalendarYear(year=y, source_document=source) for y in years)
    CalendarException.objects.bulk_create(
        CalendarException(date=day, year_id=day.year, kind=kind) for day, kind in kinds.items()
    )
    if years:
        transaction.on_commit(lambda: calendar_changed.send(sender=CalendarYear))
