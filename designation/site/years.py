"""The same day of a later year or month."""

from calendar import monthrange
from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day some years later, of the 29 of February the 28.

    So 《民法典》 counts a period of years: its first day is not counted, and it ends with the day
    of the same date, or where there is none with the last of the month.
    """
    return months_after(day, 12 * years)


def earliest(day: date, years: int) -> date:
    """The first day from which so many years are not over on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
