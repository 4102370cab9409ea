"""The period of a notice as its round has it counted, in working days or in calendar days."""

from datetime import date
from typing import Protocol

from designation.calendar.working_days import Period, WorkingCalendar

from .models import DayUnit

# What no notice falls below, in working days: the least that a round may ask for. Of calendar days
# too, or a notice could be over while a festival lasts (our default).
LEAST_WORKING_DAYS = 3


class Rule(Protocol):
    """What of a round, or of its plan, says how long its notices last."""

    @property
    def notice_days(self) -> int: ...
    @property
    def notice_unit(self) -> str: ...
    @property
    def notice_counts_first_day(self) -> bool: ...


def notice_period(rule: Rule, published_on: date, calendar: WorkingCalendar) -> Period:
    """The period of a notice that is published on this day. Raises CalendarUnknown as it does."""
    by_calendar = rule.notice_unit == DayUnit.CALENDAR
    counted = calendar.calendar_period if by_calendar else calendar.period
    return counted(published_on, rule.notice_days, counts_first_day=rule.notice_counts_first_day)
