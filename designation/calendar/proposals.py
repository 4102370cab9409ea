"""A calendar year as a file proposes it: read line by line, and judged before it is official."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from designation.site.dates import day_in
from designation.site.refusal import Finding, Refusal

from . import festivals, year_files
from .models import CalendarException
from .week import DAY, is_weekday

Kind = CalendarException.Kind
# How a kind is written in a file: our codes, and the words of notices and their tables.
_WRITTEN = {
    "holiday": Kind.HOLIDAY,
    "放假": Kind.HOLIDAY,
    "休": Kind.HOLIDAY,
    "make_up": Kind.MAKE_UP,
    "补班": Kind.MAKE_UP,
    "上班": Kind.MAKE_UP,
    "班": Kind.MAKE_UP,
}


class NotRead(Refusal):
    """Lines of the file cannot be read; each is named."""


class NotWhole(Refusal):
    """The year is not as a year must be; ``str()`` names each fault on a line of its own."""

    def __str__(self) -> str:
        return "\n".join([f"{self.findings[0].rule}:", *(one.message for one in self.findings)])


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts the lines of the file from 1, its head included."""

    number: int
    day: date
    kind: Kind

    @property
    def has_effect(self) -> bool:
        """Whether it says otherwise than the week does."""
        return (self.kind == Kind.HOLIDAY) == is_weekday(self.day)


def lines(rows: Iterable[year_files.Row]) -> list[Line]:
    """Raises NotRead, naming each line that cannot be read or whose day came before."""
    read: dict[date, Line] = {}
    faults: list[str] = []
    for row in rows:
        line = _line(row)
        if line is None:
            told = _(
                "第 %(number)s 行：应写明日期（例如 2027-01-01）和类型（放假或补班），不写别的。"
            )
            faults.append(told % {"number": row.number})
        elif line.day in read:
            faults.append(
                _("第 %(number)s 行：%(day)s 重复，第 %(first)s 行已有。")
                % {"number": row.number, "day": line.day, "first": read[line.day].number}
            )
        else:
            read[line.day] = line
    if faults:
        raise NotRead(Finding("line_not_read", "", fault) for fault in faults)
    return list(read.values())


def _line(row: year_files.Row) -> Line | None:
    kind = _WRITTEN.get(row.kind.lower())
    if kind is None or row.is_wider:
        return None
    try:
        return Line(row.number, day_in(row.day), kind)
    except ValueError:
        return None


@dataclass(frozen=True)
class ProposedYear:
    """One year of exceptions. ``days_off``: how many the notice gives, where it is not the law's.

    The notice gives another number when it adds a day (as in 2015), or borrows one across the
    turn of the year.
    """

    year: int
    lines: tuple[Line, ...]
    days_off: int | None = None

    @cached_property
    def kinds(self) -> Mapping[date, Kind]:
        """The exceptions that have an effect."""
        return {
            line.day: line.kind
            for line in self.lines
            if line.has_effect and line.day.year == self.year
        }

    def is_off(self, day: date) -> bool:
        return self.kinds.get(day, None if is_weekday(day) else Kind.HOLIDAY) == Kind.HOLIDAY

    @property
    def expected(self) -> int:
        return festivals.days_off(self.year) if self.days_off is None else self.days_off

    @property
    def given(self) -> int:
        """Weekdays off less weekend days worked for them."""
        counted = Counter(self.kinds.values())
        return counted[Kind.HOLIDAY] - counted[Kind.MAKE_UP]

    @property
    def working_days(self) -> int:
        return sum(not self.is_off(day) for month in range(1, 13) for day in days(self.year, month))

    def remarks(self) -> Iterator[str]:
        """What to compare with care: lines without effect, and festivals not made good nearby.

        A notice names days off that are off anyway; and it has left a Sunday as it was (2015).
        """
        for line in self.lines:
            if line.kind == Kind.HOLIDAY and not line.has_effect:
                yield _("第 %(number)s 行：%(day)s 是%(weekday)s，本来就休息，不起作用。") % _said(
                    line
                )
        for festival in festivals.statutory(self.year):
            given = self._weekdays_off_around(festival)
            if given < len(festival.days):
                yield _("%(festival)s：前后在工作日放假 %(given)s 天，法定 %(due)s 天。") % {
                    "festival": festival.name,
                    "given": given,
                    "due": len(festival.days),
                }

    def check(self) -> None:
        """Raises NotWhole with every fault, by line where a line is at fault."""
        faults = [*self._misplaced(), *self._missing(), *self._imbalance()]
        if faults:
            rule = _("%(year)s 年的日历不完整") % {"year": self.year}
            raise NotWhole(Finding("not_whole", rule, fault) for fault in faults)

    def _misplaced(self) -> Iterator[str]:
        for line in self.lines:
            if line.day.year != self.year:
                yield _("第 %(number)s 行：%(day)s 不在 %(year)s 年。") % _said(line, self.year)
            elif line.kind == Kind.MAKE_UP and not line.has_effect:
                yield _(
                    "第 %(number)s 行：%(day)s 是%(weekday)s，本来就上班；补班只能在周六、周日。"
                ) % _said(line)

    def _missing(self) -> Iterator[str]:
        for festival in festivals.statutory(self.year):
            worked = [str(day) for day in festival.days if not self.is_off(day)]
            if worked:
                yield _(
                    "%(festival)s：%(days)s 按《全国年节及纪念日放假办法》应放假，文件中没有。"
                ) % {
                    "festival": festival.name,
                    "days": ", ".join(worked),
                }

    def _weekdays_off_around(self, festival: festivals.Festival) -> int:
        """Weekdays off among the days off in one piece in which the festival lies."""
        first, last = festival.days[0], festival.days[-1]
        while self.is_off(first - DAY):
            first -= DAY
        while self.is_off(last + DAY):
            last += DAY
        span = (first + number * DAY for number in range((last - first).days + 1))
        return sum(is_weekday(day) for day in span)

    def _imbalance(self) -> Iterator[str]:
        if self.given != self.expected:
            yield _(
                "工作日放假天数减去周末补班天数是 %(given)s，应是 %(expected)s：缺行或多行。"
                "通知本身另有规定的，请在“放假天数”中写明。"
            ) % {"given": self.given, "expected": self.expected}


def _said(line: Line, year: int = 0) -> dict[str, object]:
    return {
        "number": line.number,
        "day": line.day,
        "weekday": date_format(line.day, "l"),
        "year": year,
    }


def proposed(name: str, content: bytes, *, days_off: int | None = None) -> ProposedYear:
    """The one year of a file.

    Raises Unreadable as ``year_files.rows``; NotRead as ``lines``, for a file without days, and
    for a year whose festivals nobody knows.
    """
    read = lines(year_files.rows(name, content))
    if not read:
        raise NotRead.because("no_day", _("文件中没有日期。"))
    year = Counter(line.day.year for line in read).most_common(1)[0][0]
    if not festivals.FIRST <= year <= festivals.LAST:
        raise NotRead.because(
            "year_beyond",
            _("只能判断 %(first)s 至 %(last)s 年的节假日，不能判断 %(year)s 年。")
            % {"first": festivals.FIRST, "last": festivals.LAST, "year": year},
        )
    return ProposedYear(year, tuple(read), days_off)


def proposed_in(path: Path, *, days_off: int | None = None) -> ProposedYear:
    """As ``proposed``, of a file on this machine; raises OSError too."""
    return proposed(path.name, path.read_bytes(), days_off=days_off)


def table(year: ProposedYear) -> Iterator[str]:
    """The year to compare with the notice: its exceptions month by month, and its festivals."""
    yield _("%(year)s     工作日放假 / 周末补班 / 工作日数") % {"year": year.year}
    total = 0
    for month in range(1, 13):
        worked = sum(not year.is_off(day) for day in days(year.year, month))
        total += worked
        off, made_up = (_listed(year, month, kind) for kind in (Kind.HOLIDAY, Kind.MAKE_UP))
        yield f"{year.year}-{month:02}  {off or '-'} / {made_up or '-'} / {worked}"
    count = sum(1 for month in range(1, 13) for _day in days(year.year, month))
    yield _("共 %(days)s 天：上班 %(worked)s 天，休息 %(off)s 天。") % {
        "days": count,
        "worked": total,
        "off": count - total,
    }
    for festival in festivals.statutory(year.year):
        yield f"{festival.name}: {_spoken(festival.days)}"
    yield _("周末以外放假 %(given)s 天，应放 %(expected)s 天。") % {
        "given": year.given,
        "expected": year.expected,
    }


def days(year: int, month: int) -> Iterator[date]:
    """Each day of a month."""
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += DAY


def _listed(year: ProposedYear, month: int, kind: Kind) -> str:
    return _spoken(
        day for day, found in sorted(year.kinds.items()) if found == kind and day.month == month
    )


def _spoken(spoken: Iterable[date]) -> str:
    return ", ".join(f"{day:%m-%d} {date_format(day, 'D')}" for day in spoken)
