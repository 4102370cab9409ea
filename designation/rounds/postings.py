"""Posting at the applicant's own board before it hands in: whether a round asks it, how long.

Off unless a round says so. Both days that are printed count (our default; those who publish count
from first to last printed day).
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from designation.calendar.week import DAY
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.site import clock
from designation.site.clock import SHANGHAI
from designation.site.refusal import Finding
from designation.site.templatetags.moments import day

from .day_units import days_in_words
from .models import DayUnit, Round

BEGINS, ENDS = "posted_from", "posted_to"


def is_asked(round_: Round) -> bool:
    return round_.posting_days is not None


def asked_in_words(round_: Round) -> str:
    """For how many days at least; "" where nothing is asked."""
    days = round_.posting_days
    return "" if days is None else days_in_words(days, round_.posting_unit)


def counted(round_: Round, begins: date, ends: date) -> int:
    """The days from the first to the last that the round counts, both included.

    Raises CalendarUnknown where working days are counted in a year without official data.
    """
    days = range((ends - begins).days + 1)
    if round_.posting_unit == DayUnit.CALENDAR:
        return len(days)
    working = calendar()
    return sum(working.is_working(begins + n * DAY) for n in days)


def faults(round_: Round, begins: date | None, ends: date | None) -> list[Finding]:
    """What is wrong with the days of a posting, each at its field; days not given are not asked."""
    found = [
        fault
        for name, given in ((BEGINS, begins), (ENDS, ends))
        if given is not None
        for fault in _out_of_the_round(round_, name, given)
    ]
    if found or begins is None or ends is None:
        return found
    if ends < begins:
        told = _("结束日期不能早于开始日期，请核对。")
        return [Finding("posting_runs_backward", "", told, field=ENDS)]
    return list(_too_short(round_, begins, ends))


def _out_of_the_round(round_: Round, name: str, given: date) -> Iterable[Finding]:
    opened_on = round_.opens_at.astimezone(SHANGHAI).date()
    if given > clock.today():
        told = _("公示日期不能晚于今天；公示期满后再登记。")
        yield Finding("posting_in_future", "", told, field=name)
    elif given < opened_on:
        told = _("公示日期不能早于申报开始的%(day)s，请核对。") % {"day": day(opened_on)}
        yield Finding("posting_too_early", "", told, field=name)


def _too_short(round_: Round, begins: date, ends: date) -> Iterable[Finding]:
    try:
        count = counted(round_, begins, ends)
    except CalendarUnknown as unknown:
        # The day that lies in that year, else the span between them.
        name = BEGINS if begins.year == unknown.year else ENDS
        yield Finding("posting_calendar_missing", "", str(unknown), field=name)
        return
    if count < (round_.posting_days or 0):
        told = _("本批次要求公示不少于%(asked)s，起止两日都计入；所填日期只有%(count)s，请核对。")
        said = {"asked": asked_in_words(round_), "count": days_in_words(count, round_.posting_unit)}
        yield Finding("posting_too_short", "", told % said, field=ENDS)


def fits(round_: Round) -> bool:
    """Whether who posts from the opening day on can still hand in before the round closes.

    A year without official data is told by who asks for the calendar.
    """
    if round_.posting_days is None:
        return True
    opens, closes = (at.astimezone(SHANGHAI).date() for at in (round_.opens_at, round_.closes_at))
    try:
        return counted(round_, opens, closes) >= round_.posting_days
    except CalendarUnknown:
        return True
