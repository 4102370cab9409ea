"""A published notice day by day: which days counted, and why the others did not.

Pure: the calendar and the counts are given. Counted by the calendar as it stands now; the period
itself was fixed at publication, and a later change of the calendar never moves it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from designation.calendar.week import DAY, is_weekday
from designation.calendar.working_days import WorkingCalendar


class DayKind(models.TextChoices):
    """What a day was to a notice."""

    OPENING = "opening", _("发布当日，次日起计算")
    WORKING = "working", _("工作日")
    MAKE_UP = "make_up", _("补班，按工作日计")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("放假")
    BROKEN_OFF = "broken_off", _("公示已终止")


_WORKED = (DayKind.WORKING, DayKind.MAKE_UP)
_OFF = (DayKind.WEEKEND, DayKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Span:
    """On which days a notice is published, counts, and was broken off, if it was."""

    published_on: date
    first_day: date
    last_day: date
    stopped_on: date | None = None
    counts_calendar_days: bool = False


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """``place``: which of the counted days it is; None where it does not count."""

    day: date
    kind: DayKind
    place: int | None
    objections: int = 0


def day_by_day(
    span: Span, calendar: WorkingCalendar, objections: Mapping[date, int]
) -> tuple[NoticeDay, ...]:
    """Every day from the publication to the last day, both included.

    Raises CalendarUnknown where the calendar does not reach.
    """
    place, told = 0, []
    counted = (*_WORKED, *_OFF) if span.counts_calendar_days else _WORKED
    for day in _days(min(span.published_on, span.first_day), span.last_day):
        kind = kind_of(day, span, calendar)
        counts = kind in counted
        place += counts
        told.append(NoticeDay(day, kind, place if counts else None, objections.get(day, 0)))
    return tuple(told)


def kind_of(day: date, span: Span, calendar: WorkingCalendar) -> DayKind:
    """The day of the break is not whole: it does not count."""
    if span.stopped_on is not None and day >= span.stopped_on:
        return DayKind.BROKEN_OFF
    if day < span.first_day:
        return DayKind.OPENING
    if calendar.is_working(day):
        return DayKind.WORKING if is_weekday(day) else DayKind.MAKE_UP
    return DayKind.HOLIDAY if day in calendar.exceptions else DayKind.WEEKEND


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
