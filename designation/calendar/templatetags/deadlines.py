"""Deadlines as people read them, counted in working days unless calendar days are."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from designation.site import clock
from designation.site.templatetags.moments import day, moment

from ..working_days import CalendarUnknown, calendar, last_day

register = template.Library()


@register.filter
def deadline(due_at: datetime | None) -> str:
    """The due moment; an end at midnight reads as 24:00 of the day it ends."""
    if due_at is None:
        return _("不限期")
    local = due_at.astimezone(clock.SHANGHAI)
    if local.hour == local.minute == 0:
        return f"{day((local - timedelta(days=1)).date())} 24:00"
    return moment(due_at)


@register.filter
def working_days_left(due_at: datetime | None) -> str:
    """剩 3 个工作日, 今天到期 or 已逾期; empty where no time runs."""
    if due_at is None:
        return ""
    if clock.is_over(due_at):
        return _("已逾期")
    try:
        left = calendar().left(clock.now(), due_at)
    except CalendarUnknown:
        return ""
    if left == 0:
        return _("今天到期")
    return ngettext("剩 %(count)s 个工作日", "剩 %(count)s 个工作日", left) % {"count": left}


@register.filter
def days_left(due_at: datetime | None, counts_calendar_days: bool = False) -> str:
    """As ``working_days_left``, or 剩 3 天 where those of the calendar are counted."""
    if not counts_calendar_days or due_at is None or clock.is_over(due_at):
        return working_days_left(due_at)
    left = (last_day(due_at) - clock.today()).days
    if left == 0:
        return _("今天到期")
    return ngettext("剩 %(count)s 天", "剩 %(count)s 天", left) % {"count": left}


@register.filter
def is_late(due_at: datetime | None) -> bool:
    return due_at is not None and clock.is_over(due_at)
