"""Days and moments read in the spellings people use. A moment is Chinese local time."""

import re
from datetime import date, datetime, time, timedelta

from standards.characters import plain
from standards.importing.numerals import number_of

from .clock import SHANGHAI

_FIGURE = r"([0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    r"([0-9]{4}|[〇零一二三四五六七八九]{4})\s*[年./\-。、 ]\s*"
    + _FIGURE
    + r"\s*[月./\-。、 ]\s*"
    + _FIGURE
    + r"\s*[日号]?\s*(?:\(?(?:周|星期)[一二三四五六日天]\)?)?"
)
_RUN_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MOMENT = re.compile(
    r"(.*?)(?:\s|T|(?<=[日号)]))\s*"
    r"(凌晨|早上|上午|中午|下午|晚上)?\s*([0-9]{1,2})\s*(?:[:时点]\s*([0-9]{1,2})?\s*分?)"
    r"(?::([0-9]{1,2})(?:\.[0-9]+)?)?"
)
_LONGEST = 40
# Our default: what lies beyond is mistyped, and nothing is reckoned at the ends of time.
_YEARS = range(1900, 2200)
_AFTER_NOON = ("下午", "晚上")
_NOON = 12
_MIDNIGHT = 24


def day_in(text: str) -> date:
    """2026年3月2日, 2026.3.2, 2026/3/2, ２０２６－３－２, 二〇二六年三月二号, 20260302.

    Raises ValueError for anything else, for a day that the calendar does not have, and for a year
    that can only be a slip of the pen.
    """
    typed = _short(text)
    found = _DAY.fullmatch(typed) or _RUN_TOGETHER.fullmatch(typed)
    if found is None:
        raise ValueError(f"no day: {typed}")
    year, month, day = found.groups()
    if _year(year) not in _YEARS:
        raise ValueError(f"no year of ours: {year}")
    return date(_year(year), int(number_of(month)), int(number_of(day)))


def _short(text: str) -> str:
    typed = plain(text)
    if len(typed) > _LONGEST:
        raise ValueError("too long for a date")
    return typed


def _year(written: str) -> int:
    return int("".join(sign if sign.isdigit() else str(int(number_of(sign))) for sign in written))


def moment_in(text: str) -> datetime:
    """A day as ``day_in`` reads it and a time of day: 17:30, 17：30, 17时30分, 下午5点30分, 24:00.

    Raises ValueError for anything else.
    """
    typed = _short(text)
    found = _MOMENT.fullmatch(typed)
    if found is None:
        raise ValueError(f"no moment: {typed}")
    day, half, hour, minute, second = found.groups()
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    if half in _AFTER_NOON and hours < _NOON:
        hours += _NOON
    read, ends_the_day = day_in(day), (hours, minutes, seconds) == (_MIDNIGHT, 0, 0)
    if ends_the_day:
        read, hours = read + timedelta(days=1), 0
    return datetime.combine(read, time(hours, minutes, seconds), SHANGHAI)
