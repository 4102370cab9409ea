"""The stretch of time that a check looks at, by its scope (standards.models.Scope).

The source document says 本年度 and 本届班子任期以来 and leaves the dates to the county. Our
default for a year: the twelve months before the round opens.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both looked at; ``ends`` is None for one that runs to the present."""

    begins: date
    ends: date | None = None


def looked_at(
    scope: str, *, opens_on: date, year: Period | None = None, term_began_on: date | None = None
) -> Period | None:
    """The period of a check of ``scope`` in a round that opens on ``opens_on``.

    ``year`` is the round's own, where the county fixed one. None for what is asked of the day of
    application, and for a term whose first day is not known yet.
    """
    if scope == "year":
        return year or Period(_a_year_before(opens_on), opens_on - timedelta(days=1))
    if scope == "term" and term_began_on is not None:
        return Period(term_began_on)
    return None


def _a_year_before(day: date) -> date:
    """The same day a year earlier; 1 March where 29 February has none."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)
