"""When people are reminded of a term, by the calendar as it counts today.

Two working days before its last day, on it, on the first working day after, and on the third one
to whoever stands above: our defaults. On a last day that is not worked it comes on the working day
before. Nothing is planned ahead and stored: a change of the calendar, or more time, moves what has
not come yet. Pure.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from .models import TermReminder
from .working_days import WorkingCalendar

Kind = TermReminder.Kind

# A reminder has come on a day when the term's last day lies before so many working days from it.
_LAST_DAY_BEFORE: Mapping[Kind, int] = MappingProxyType(
    {Kind.BEFORE: 3, Kind.ON_THE_DAY: 1, Kind.AFTER: -1, Kind.TO_SUPERIOR: -3}
)
ONCE_OVER = (Kind.AFTER, Kind.TO_SUPERIOR)
# Our default: what is late by more working days when it would be told stands on the board alone,
# so that nobody gets a heap of old ones when reminding begins, or begins again.
_LATE_ENOUGH = -20


def came_on(today: date, calendar: WorkingCalendar) -> Mapping[Kind, date]:
    """For each reminder the day before which the last day of a term lies to which it has come."""
    return {kind: calendar.away(today, days) for kind, days in _LAST_DAY_BEFORE.items()}


def given_up(today: date, calendar: WorkingCalendar) -> date:
    """Of terms whose last day lies before it nobody is told any more."""
    return calendar.away(today, _LATE_ENOUGH)


def latest(last: date, today: date, calendar: WorkingCalendar) -> Kind | None:
    """The last reminder that has come on ``today`` for a term whose last day is ``last``."""
    came = [kind for kind, bound in came_on(today, calendar).items() if last < bound]
    return came[-1] if came else None


def from_on(kind: Kind) -> list[Kind]:
    """``kind`` and those that come after it."""
    kinds = list(Kind)
    return kinds[kinds.index(kind) :]
