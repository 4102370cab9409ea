"""How the period of a notice is counted, as its round says; stored with the rule that counted."""

from datetime import date, datetime

from designation.calendar.week import DAY
from designation.calendar.working_days import calendar, end_of_day
from designation.rounds.models import DayUnit
from designation.rounds.notice_periods import notice_period
from designation.site import clock

from .models import Notice


def fix_period(notice: Notice, at: datetime) -> None:
    """Write first day, last day and end of a notice that is published ``at``.

    Raises CalendarUnknown where the period leaves the years with an official calendar.
    """
    round_ = notice.round
    period = notice_period(round_, at.astimezone(clock.SHANGHAI).date(), calendar())
    notice.published_at = at
    notice.first_day, notice.last_day = period.first_day, period.last_day
    notice.ends_at = period.ends_at
    notice.working_days, notice.counts_first_day = period.days, period.counts_first_day
    notice.counts_calendar_days = round_.notice_unit == DayUnit.CALENDAR


# What of a notice more time changes.
LENGTHENED = ("last_day", "ends_at", "working_days")


def lengthen(notice: Notice, last: date, days: int) -> None:
    """Write the end of a notice until ``last`` that lasts so many days more, of those it counts.

    Raises CalendarUnknown as above.
    """
    known = calendar()
    if notice.counts_calendar_days:
        notice.last_day = known.or_next_working_day(last + days * DAY)
    else:
        notice.last_day = known.add(last, days)
    notice.ends_at = end_of_day(notice.last_day)
    notice.working_days = (notice.working_days or 0) + known.between(last, notice.last_day)
