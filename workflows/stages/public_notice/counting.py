"""How the period of a notice is counted, as its round says; stored with the rule that counted."""

from datetime import datetime

from designation.calendar.working_days import calendar
from designation.site import clock

from .models import Notice


def fix_period(notice: Notice, at: datetime) -> None:
    """Write first day, last day and end of a notice that is published ``at``.

    Raises CalendarUnknown where the period leaves the years with an official calendar.
    """
    round_ = notice.round
    period = calendar().period(
        at.astimezone(clock.SHANGHAI).date(),
        round_.notice_days,
        counts_first_day=round_.notice_counts_first_day,
    )
    notice.published_at = at
    notice.first_day, notice.last_day = period.first_day, period.last_day
    notice.ends_at = period.ends_at
    notice.working_days, notice.counts_first_day = period.days, period.counts_first_day
