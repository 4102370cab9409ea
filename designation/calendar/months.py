"""A calendar year as people look at one: twelve months of weeks, each day with what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .festivals import statutory
from .models import CalendarException, CalendarYear
from .proposals import Kind, days
from .week import is_weekday

_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """``kind`` is how it departs from the week, "" where it does not; ``festival`` its name."""

    day: date
    kind: str
    festival: object = ""
    is_changed: bool = False

    @property
    def mark(self) -> str:
        """What stands below its number: off on a weekday, worked on a weekend."""
        if not self.kind:
            return ""
        return _("休") if self.kind == Kind.HOLIDAY else _("班")

    @property
    def is_working(self) -> bool:
        return self.kind == Kind.MAKE_UP or (not self.kind and is_weekday(self.day))


@dataclass(frozen=True, slots=True)
class Month:
    """``weeks`` begin on Monday; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def working_days(self) -> int:
        return sum(day.is_working for week in self.weeks for day in week if day)


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    months: tuple[Month, ...]

    @property
    def working_days(self) -> int:
        return sum(month.working_days for month in self.months)

    @property
    def days(self) -> int:
        """365 or 366."""
        return sum(1 for month in self.months for week in month.weeks for day in week if day)


def shown(
    number: int, kinds: Mapping[date, str], changed: Mapping[date, object] | None = None
) -> Year:
    """The year with its exceptions; ``changed`` are days that now count otherwise."""
    festivals = {day: one.name for one in statutory(number) for day in one.days}
    told = {
        day: Day(day, str(kinds.get(day, "")), festivals.get(day, ""), day in (changed or {}))
        for month in range(1, 13)
        for day in days(number, month)
    }
    return Year(number, tuple(_month(number, month, told) for month in range(1, 13)))


def _month(year: int, month: int, told: Mapping[date, Day]) -> Month:
    cells: list[Day | None] = [None] * date(year, month, 1).weekday()
    cells += [told[day] for day in days(year, month)]
    cells += [None] * (-len(cells) % _DAYS_A_WEEK)
    weeks = range(0, len(cells), _DAYS_A_WEEK)
    return Month(date(year, month, 1), tuple(tuple(cells[n : n + _DAYS_A_WEEK]) for n in weeks))


def official(number: int) -> Year | None:
    """A year as it counts now; None for one without official data. Two statements at most."""
    if not CalendarYear.objects.filter(year=number).exists():
        return None
    rows = CalendarException.objects.filter(year=number).values_list("date", "kind")
    return shown(number, dict(rows))


def side_by_side(year: Year, before: Year | None) -> Iterator[tuple[Month, Month | None]]:
    """Each month with that of the year before, where that is known."""
    earlier = before.months if before else (None,) * len(year.months)
    yield from zip(year.months, earlier, strict=True)


def weekdays() -> tuple[str, ...]:
    """The heads of a month's columns."""
    return (
        pgettext("weekday", "一"),
        pgettext("weekday", "二"),
        pgettext("weekday", "三"),
        pgettext("weekday", "四"),
        pgettext("weekday", "五"),
        pgettext("weekday", "六"),
        pgettext("weekday", "日"),
    )
