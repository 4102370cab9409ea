"""The statutory days off of a year, by 《全国年节及纪念日放假办法》 as it stood in that year.

Which weekdays are off and which weekend days are worked is told by each year's notice; on which
days the festivals themselves fall, and how many they are, follows from the law and the sky.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chinese_calendar import get_solar_terms
from django.utils.translation import gettext_lazy as _
from lunardate import LunarDate

from .week import DAY

# The law was changed with effect from these years (国务院令第270、513、644、795号).
_TEN_DAYS, _WITH_EVE, _WITHOUT_EVE, _THIRTEEN_DAYS = 2000, 2008, 2014, 2025
# Solar terms and lunar months are known up to here.
FIRST, LAST = _TEN_DAYS, 2099


@dataclass(frozen=True, slots=True)
class Festival:
    """``name`` is lazily translated. One of its ``days`` on a weekend is made good on another."""

    name: Any
    days: tuple[date, ...]


def statutory(year: int) -> tuple[Festival, ...]:
    """The festivals of ``year`` that everybody has off. Raises ValueError outside FIRST to LAST."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"The days off by law are known for {FIRST} to {LAST}, not for {year}.")
    labour_days = 3 if year < _WITH_EVE else 2 if year >= _THIRTEEN_DAYS else 1
    lasting = (
        Festival(_("元旦"), (date(year, 1, 1),)),
        Festival(_("春节"), _spring_festival(year)),
        Festival(_("劳动节"), _from(date(year, 5, 1), labour_days)),
        Festival(_("国庆节"), _from(date(year, 10, 1), 3)),
    )
    if year < _WITH_EVE:
        return lasting
    return (
        *lasting,
        Festival(_("清明节"), (_qingming(year),)),
        Festival(_("端午节"), (_lunar(year, 5, 5),)),
        Festival(_("中秋节"), (_lunar(year, 8, 15),)),
    )


def days_off(year: int) -> int:
    """How many days off the law gives in ``year``: 10, 11 from 2008, 13 from 2025."""
    return sum(len(festival.days) for festival in statutory(year))


def _spring_festival(year: int) -> tuple[date, ...]:
    first = _lunar(year, 1, 1)
    if year >= _THIRTEEN_DAYS:
        return _from(first - DAY, 4)
    return _from(first - DAY if _WITH_EVE <= year < _WITHOUT_EVE else first, 3)


def _from(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + number * DAY for number in range(count))


def _lunar(year: int, month: int, day: int) -> date:
    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _qingming(year: int) -> date:
    ((day, _name),) = get_solar_terms(date(year, 4, 3), date(year, 4, 7))
    return day
