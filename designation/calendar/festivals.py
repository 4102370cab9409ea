"""The statutory days off of a year, by 《全国年节及纪念日放假办法》 as it stood in that year.

Which weekdays are off and which weekend days are worked is told by each year's notice; on which
days the festivals themselves fall, and how many they are, follows from the law and the sky.
"""

from dataclasses import dataclass
from datetime import date

from chinese_calendar import get_solar_terms
from lunardate import LunarDate

from .week import DAY

# The law was changed with effect from these years (国务院令第270、513、644、795号).
_TENDAYS, _WITH_EVE, _WITHOUT_EVE, _THIRTEENDAYS = 2000, 2008, 2014, 2025
# Solar terms and lunar months are known up to here.
FIRST, LAST = _TENDAYS, 2099


@dataclass(frozen=True, slots=True)
class Festival:
    """``days`` are off by law; one that lies on a weekend is made good on a working day."""

    name: str
    days: tuple[date, ...]


def statutory(year: int) -> tuple[Festival, ...]:
    """The festivals of ``year`` that everybody has off. Raises ValueError outside FIRST to LAST."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"The days off by law are known for {FIRST} to {LAST}, not for {year}.")
    labour_days = 3 if year < _WITH_EVE else 2 if year >= _THIRTEENDAYS else 1
    lasting = (
        Festival("New Year 元旦", (date(year, 1, 1),)),
        Festival("Spring Festival 春节", _spring_festival(year)),
        Festival("Labour Day 劳动节", _from(date(year, 5, 1), labour_days)),
        Festival("National Day 国庆节", _from(date(year, 10, 1), 3)),
    )
    if year < _WITH_EVE:
        return lasting
    return (
        *lasting,
        Festival("Qingming 清明节", (_qingming(year),)),
        Festival("Dragon Boat Festival 端午节", (_lunar(year, 5, 5),)),
        Festival("Mid-Autumn Festival 中秋节", (_lunar(year, 8, 15),)),
    )


def days_off(year: int) -> int:
    """How many days off the law gives in ``year``: 10, 11 from 2008, 13 from 2025."""
    return sum(len(festival.days) for festival in statutory(year))


def _spring_festival(year: int) -> tuple[date, ...]:
    first = _lunar(year, 1, 1)
    if year >= _THIRTEENDAYS:
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
