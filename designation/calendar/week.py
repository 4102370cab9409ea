"""The week's own rule: Monday to Friday is worked, until the official calendar says otherwise."""

from datetime import date, timedelta

DAY = timedelta(days=1)
_SATURDAY = 5


def is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY
