"""Until when an order to correct may run. Pure.

At least one day of the title is left behind it: who has not corrected by then may be revoked on
that day, before the title runs out by itself and nobody answers for anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
# How many days an order runs, and how many more it is given once; our default.
ORDER_DAYS = 30


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be the last of an order; none where ``first`` is behind ``last``."""

    first: date
    last: date

    @property
    def are_none(self) -> bool:
        return self.first > self.last

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def last_of_the_title(until: date) -> date:
    """The last day that an order of a title may have, for all that the title's term says."""
    return until - DAY


def days_after(begins: date, *, today: date, until: date) -> Days:
    """For time that begins after that day: not past when it is entered, and thirty days at most.

    It begins after the day of the document; more time after the last day of what was given.
    """
    latest = begins + ORDER_DAYS * DAY
    return Days(max(begins + DAY, today), min(latest, last_of_the_title(until)))
