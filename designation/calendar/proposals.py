"""A calendar year as a file proposes it: read line by line, and judged before it is official."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from designation.site.refusal import Finding, Refusal

from . import festivals
from .models import CalendarException
from .week import DAY, is_weekday

Kind = CalendarException.Kind


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


def lines(path: Path) -> list[Line]:
    """Raises ValueError, naming the line that cannot be read or whose day came before."""
    read: dict[date, Line] = {}
    # Spreadsheets write a byte order mark at the head of the file.
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            line = _line(path, reader.line_num, row)
            if line.day in read:
                raise ValueError(
                    f"{path.name}, line {line.number}: {line.day} stands twice, "
                    f"first in line {read[line.day].number}."
                )
            read[line.day] = line
    return list(read.values())


def _line(path: Path, number: int, row: Mapping[str | None, str | None]) -> Line:
    try:
        if None in row:
            raise ValueError("more than two cells")  # noqa: TRY301 - told as the others are
        day, kind = date.fromisoformat(row["date"] or ""), Kind(row["kind"] or "")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{path.name}, line {number}: expected date,kind with an ISO date "
            f"and one of {', '.join(Kind.values)}."
        ) from error
    return Line(number, day, kind)


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

    def remarks(self) -> Iterator[str]:
        """What to compare with care: lines without effect, and festivals not made good nearby.

        A notice names days off that are off anyway; and it has left a Sunday as it was (2015).
        """
        for line in self.lines:
            if line.kind == Kind.HOLIDAY and not line.has_effect:
                yield f"line {line.number}: {line.day} is a {line.day:%A}, off anyway: no effect."
        for festival in festivals.statutory(self.year):
            given = self._weekdays_off_around(festival)
            if given < len(festival.days):
                yield f"{festival.name}: {given} weekdays off around it, {len(festival.days)} due."

    def check(self) -> None:
        """Raises NotWhole with every fault, by line where a line is at fault."""
        faults = [*self._misplaced(), *self._missing(), *self._imbalance()]
        if faults:
            rule = f"{self.year} does not look whole"
            raise NotWhole(Finding("not_whole", rule, fault) for fault in faults)

    def _misplaced(self) -> Iterator[str]:
        for line in self.lines:
            if line.day.year != self.year:
                yield f"line {line.number}: {line.day} lies outside {self.year}."
            elif line.kind == Kind.MAKE_UP and not line.has_effect:
                yield f"line {line.number}: {line.day} is a {line.day:%A}, worked anyway."

    def _missing(self) -> Iterator[str]:
        for festival in festivals.statutory(self.year):
            worked = [str(day) for day in festival.days if not self.is_off(day)]
            if worked:
                yield f"{festival.name}: {', '.join(worked)} must be off and is not."

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
            yield (
                f"Weekdays off less weekend days worked make {self.given}, and {self.expected} "
                "days off are due: a line is missing or too many. Where the notice itself gives "
                "another number, name it with --days-off."
            )


def proposed(path: Path, *, days_off: int | None = None) -> ProposedYear:
    """The one year of a file. Raises ValueError for a file without lines, and as ``lines``."""
    read = lines(path)
    if not read:
        raise ValueError(f"{path.name} holds no day.")
    years = Counter(line.day.year for line in read)
    return ProposedYear(years.most_common(1)[0][0], tuple(read), days_off)


def table(year: ProposedYear) -> Iterator[str]:
    """The year to compare with the notice: its exceptions month by month, and its festivals."""
    yield f"{year.year}     off on weekdays / worked on weekends / working days"
    total = 0
    for month in range(1, 13):
        worked = sum(not year.is_off(day) for day in _days(year.year, month))
        total += worked
        off, made_up = (_listed(year, month, kind) for kind in (Kind.HOLIDAY, Kind.MAKE_UP))
        yield f"{year.year}-{month:02}  {off or '-'} / {made_up or '-'} / {worked}"
    days = sum(1 for month in range(1, 13) for _day in _days(year.year, month))
    yield f"{days} days: {total} worked, {days - total} off."
    for festival in festivals.statutory(year.year):
        yield f"{festival.name}: {_spoken(festival.days)}"
    yield f"Days off beside weekends: {year.given}, due: {year.expected}."


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += DAY


def _listed(year: ProposedYear, month: int, kind: Kind) -> str:
    return _spoken(
        day for day, found in sorted(year.kinds.items()) if found == kind and day.month == month
    )


def _spoken(days: Iterable[date]) -> str:
    return ", ".join(f"{day:%m-%d %a}" for day in days)
