"""How data/exceptions.csv was made: facts taken from the chinesecalendar package.

``python -m designation.calendar.extraction > designation/calendar/data/exceptions.csv``
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TextIO

import chinese_calendar

from .week import is_weekday

_FIRST, _LAST = date(2004, 1, 1), date(2026, 12, 31)


def exceptions() -> Iterator[tuple[str, str]]:
    """Each day from 2004 to 2026 on which the week's rule does not hold, with its kind."""
    for offset in range((_LAST - _FIRST).days + 1):
        day = _FIRST + timedelta(days=offset)
        worked = chinese_calendar.is_workday(day)
        if worked != is_weekday(day):
            yield day.isoformat(), "make_up" if worked else "holiday"


def write(file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("date", "kind"))
    writer.writerows(exceptions())


if __name__ == "__main__":
    write(sys.stdout)
