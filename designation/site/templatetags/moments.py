"""Moments and dates as people read them: 2026年4月29日(周三)17:30."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from designation.site.clock import SHANGHAI
from standards.language import is_english

register = template.Library()


_WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def _weekday(day: date) -> str:
    return str(_WEEKDAYS[day.weekday()])


@register.filter
def day(value: date | None) -> str:
    """A date with its weekday; empty for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    if is_english():
        return f"{date_format(value, 'j F Y')} ({_weekday(value)})"
    return f"{value.year}年{value.month}月{value.day}日({_weekday(value)})"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in Asia/Shanghai, to the minute; empty for none.

    Midnight that ends a day is shown as 24:00 of that day only by ``deadline``.
    """
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI)
    space = " " if is_english() else ""
    return f"{day(local.date())}{space}{local:%H:%M}"
