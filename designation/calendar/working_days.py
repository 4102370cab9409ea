"""Counting working days by the loaded calendar.

Source: Civil Code, articles 201 and 203 (the opening day is not counted; a period ends at 24:00
of its last day); a round may count the opening day instead. A span that leaves the years with
official data is refused, never guessed. What these functions return is stored with its deadline:
a later change of the calendar never shortens a running period.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from designation.calendar.loading import calendar_changed
from designation.calendar.models import CalendarException, CalendarYear
from designation.calendar.week import DAY, is_weekday
from designation.site import clock
from designation.site.clock import SHANGHAI


class CalendarUnknown(LookupError):
    """A day lies in a year without official data; ``str()`` says what to do."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            _(
                "%(year)s 年的工作日历尚未启用，不能计算期限。"
                "请系统管理员在“工作日历”中按国办通知载入，并由另一人确认。"
            )
            % {"year": year}
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first_day`` to ``last_day``, both included; ``days`` of them are working days.

    ``counts_first_day`` is the rule that counted them, stored beside the two days.
    """

    first_day: date
    last_day: date
    days: int
    counts_first_day: bool

    @property
    def ends_at(self) -> datetime:
        """24:00 of the last day in Asia/Shanghai, as a UTC moment."""
        return end_of_day(self.last_day)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """``exceptions`` maps a date to whether it is worked; all other days follow the week."""

    years: frozenset[int]
    exceptions: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        """Raises CalendarUnknown outside the years with official data."""
        if day.year not in self.years:
            # Another process may have loaded the year: the next question asks the database.
            forget()
            raise CalendarUnknown(day.year)
        return self.exceptions.get(day, is_weekday(day))

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        day += DAY
        while not self.is_working(day):
            day += DAY
        return day

    def add(self, day: date, days: int) -> date:
        """The ``days``-th working day after ``day``.

        Raises ValueError below one day, CalendarUnknown when the count leaves the known years.
        """
        if days < 1:
            raise ValueError("A period has at least one working day.")
        for _step in range(days):
            day = self.next_working_day(day)
        return day

    def period(self, start: date, days: int, *, counts_first_day: bool = False) -> Period:
        """The period of ``days`` working days that opens with the act of ``start``.

        With ``counts_first_day`` a working ``start`` is the first of them; otherwise the count
        and the period begin on the day after. Raises as ``add``.
        """
        if not counts_first_day:
            return Period(start + DAY, self.add(start, days), days, counts_first_day)
        return Period(start, self.add(start - DAY, days), days, counts_first_day)

    def calendar_period(self, start: date, days: int, *, counts_first_day: bool = False) -> Period:
        """The period of ``days`` calendar days that opens with the act of ``start``.

        It begins as ``period`` does. Raises as ``add``.
        """
        if days < 1:
            raise ValueError("A period has at least one day.")
        first = start if counts_first_day else start + DAY
        last = self.or_next_working_day(first + (days - 1) * DAY)
        return Period(first, last, self.between(first - DAY, last), counts_first_day)

    def or_next_working_day(self, day: date) -> date:
        """The day itself where it is worked, else the first working day after it.

        So ends a period of calendar days whose last day is off (民法典 203); that weekends are off
        as festivals are is our reading.
        """
        return self.next_working_day(day - DAY)

    def deadline(self, moment: datetime, days: int) -> datetime:
        """24:00 of the ``days``-th working day after the day of ``moment``, in UTC.

        Raises as ``add``.
        """
        return end_of_day(self.add(moment.astimezone(SHANGHAI).date(), days))

    def left(self, moment: datetime, due_at: datetime) -> int:
        """Working days after the day of ``moment`` up to the deadline; 0 when none or past.

        Raises CalendarUnknown when the way there leaves the known years.
        """
        return self.between(moment.astimezone(SHANGHAI).date(), last_day(due_at))

    def between(self, day: date, last: date) -> int:
        """Working days after ``day`` up to ``last``; 0 when none. Raises as ``left``."""
        count = 0
        while day < last:
            day += DAY
            count += self.is_working(day)
        return count

    def away(self, day: date, days: int) -> date:
        """The ``days``-th working day after ``day``; below zero, at or before ``day``.

        Where the known years end on the way it is the first day beyond them, and nothing is raised:
        no term is counted there.
        """
        step = DAY if days > 0 else -DAY
        day = day if days < 0 else day + step
        left = abs(days)
        while day.year in self.years:
            left -= self.is_working(day)
            if left == 0:
                break
            day += step
        return day


def end_of_day(day: date) -> datetime:
    return start_of_day(day + DAY)


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def last_day(due_at: datetime) -> date:
    """The day to which a moment belongs as an end: 24:00 is that of the day before."""
    return (due_at.astimezone(SHANGHAI) - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class _Kept:
    calendar: WorkingCalendar
    read_at: datetime


# Of this process. Another may have changed a year: within this time it is found out (our default).
_KEPT_FOR = timedelta(minutes=1)
_kept: _Kept | None = None


def calendar() -> WorkingCalendar:
    """The calendar as it counts now, read in one statement and kept a minute; see ``forget``."""
    global _kept  # noqa: PLW0603 - one calendar a process
    kept, now = _kept, clock.now()
    if kept is None or abs(now - kept.read_at) > _KEPT_FOR:
        kept = _kept = _Kept(_read(), now)
    return kept.calendar


def _read() -> WorkingCalendar:
    rows = list(CalendarYear.objects.values_list("year", "exceptions__date", "exceptions__kind"))
    return WorkingCalendar(
        years=frozenset(year for year, _date, _kind in rows),
        exceptions={
            day: kind == CalendarException.Kind.MAKE_UP for _year, day, kind in rows if day
        },
    )


@receiver(calendar_changed)
def forget(**_sent: Any) -> None:
    """Let go of the kept calendar; the next question reads it anew. Happens at each change."""
    global _kept  # noqa: PLW0603 - as above
    _kept = None
