"""A list as a file (导出): what a line of it holds, declared once a list by its room.

What the list may be narrowed by is its ``Filters``, whose rows are those of the page: by the same
scoping function, asked again whenever a file is made. ``designation.exports`` makes the file.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from . import clock
from .lists import Filters
from .registered import Registered


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its ``heading``, and the ``value`` that a row has in it.

    A value is a text, a whole number, a day, a moment or None; ``width`` is in characters.
    """

    code: str
    heading: Any
    value: Callable[[Any], Any]
    width: int = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """By whom a list is asked for, and how: as much of a request as filters and scopes read."""

    user: Any
    GET: Any


@dataclass(frozen=True, slots=True)
class Table:
    """A list that may be taken away.

    ``page`` is the name of its address; ``rows`` the rows that whoever asks may see, with all that
    ``columns`` say of one: it raises Http404 for whoever may not open the page. ``roles`` are those
    of which one lets a person take it away; None lets everybody who is signed in.
    """

    code: str
    title: Any
    page: str
    filters: type[Filters]
    rows: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    roles: Callable[[], Collection[str]] | None = None

    def narrowed(self, asked: Any) -> Filters:
        """The list as ``asked`` (a request, or ``Asked``) narrows and sorts it."""
        return self.filters(asked.GET, self.rows(asked), request=asked)

    def chosen(self, codes: Collection[str]) -> tuple[Column, ...]:
        """Those of the columns, in their order; a code that there is no more is left out."""
        return tuple(column for column in self.columns if column.code in codes)


def local(moment: datetime | None) -> datetime | None:
    """A moment as it is written in a table: the time of day in Asia/Shanghai."""
    return moment and moment.astimezone(clock.SHANGHAI).replace(tzinfo=None, microsecond=0)


_TABLES: Registered[Table] = Registered("table")
_BY_FILTERS: dict[type[Filters], Table] = {}


def register(*tables: Table) -> None:
    """Make the tables of a room known; called when it starts."""
    for table in tables:
        _TABLES[table.code] = table
        _BY_FILTERS[table.filters] = table


def known() -> tuple[Table, ...]:
    """Every table, in the order in which the rooms started."""
    return tuple(_TABLES.values())


def of(code: str) -> Table:
    """Raises NotRegistered."""
    return _TABLES[code]


def of_list(filters: type[Filters]) -> Table | None:
    """The table of the list that is narrowed by these; None where it is not taken away."""
    return _BY_FILTERS.get(filters)
