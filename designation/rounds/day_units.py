"""Periods whose days a round lets count as working days or as calendar days, in words."""

from django.utils.translation import gettext as _

from .models import DayUnit


def days_in_words(days: int, unit: str) -> str:
    if unit == DayUnit.CALENDAR:
        return _("%(days)s 个自然日") % {"days": days}
    return _("%(days)s 个工作日") % {"days": days}
