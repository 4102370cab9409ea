"""The same day of a later year."""

from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day some years later, of the 29 of February the 28.

    So 《民法典》 counts a period of years: its first day is not counted, and it ends with the day
    of the same date, or where there is none with the last of the month.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
