"""That next year's calendar is missing: said on the first page of those who bring it in."""

from dataclasses import dataclass

from designation.organizations.models import Person
from designation.organizations.rules import seats
from designation.site import clock

from . import rules
from .models import CalendarLoad
from .working_days import calendar

# The State Council's notice comes out from October to December; from this month on it is asked for.
_WARNED_FROM = 11


@dataclass(frozen=True, slots=True)
class Due:
    """``loads`` wait to be confirmed by this person; ``missing`` is the year nobody has loaded.

    ``who`` may load it, in words, where this person may not.
    """

    loads: list[CalendarLoad]
    missing: int | None = None
    may_load: bool = False
    who: str = ""


def due_for(person: Person) -> Due | None:
    """What the person's first page says of the calendar; None for nothing.

    Nothing is asked for those who bring no years in; else one statement, and one more where the
    names of others are told.
    """
    if rules.confirming_role(person) is None:
        return None
    waiting = list(rules.shown_loads(person).filter(outcome=""))
    mine = [load for load in waiting if load.loaded_by_id != person.pk]
    today = clock.today()
    missing = None if today.month < _WARNED_FROM else _missing(today.year + 1, waiting)
    if missing is None:
        return Due(mine) if mine else None
    if rules.loading_role(person):
        return Due(mine, missing, may_load=True)
    codes = sorted(area.ljust(12, "0") for area in seats(person).areas(*rules.CONFIRMING))
    return Due(mine, missing, who=rules.who_loads(codes[0]))


def _missing(year: int, waiting: list[CalendarLoad]) -> int | None:
    is_there = year in calendar().years or year in {load.year for load in waiting}
    return None if is_there else year
