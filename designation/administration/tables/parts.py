"""The two parts of a table, each accepted by its own administrator."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from designation.audit import events

from ...organizations.models import Person, Role
from ...organizations.rules import seats
from ..models import CountyTable, Outcome, TableRow

# Our default: a table of more rows is judged and entered by a worker.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that are accepted together, and who accepts them. ``code`` names its job as well."""

    code: str
    sheets: tuple[str, ...]
    role: Role

    def rows(self, table: CountyTable) -> QuerySet[TableRow]:
        return table.rows.filter(sheet__in=self.sheets)

    def left(self, table: CountyTable) -> QuerySet[TableRow]:
        """Those that entering would still do something with."""
        return self.rows(table).filter(is_entered=False).exclude(outcome=Outcome.SAME)


ENTRIES = Part(
    "table_entries", ("jurisdictions", "organizations", "people"), Role.SYSTEM_ADMINISTRATOR
)
SEATS = Part("table_seats", ("seats",), Role.SECURITY_ADMINISTRATOR)
PARTS = {part.code: part for part in (ENTRIES, SEATS)}
_READERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def shown(person: Person) -> QuerySet[CountyTable]:
    """The tables of the area over which the person is one of the two; Http404 for others."""
    held = seats(person)
    if not held.areas(*_READERS):
        raise Http404
    return CountyTable.objects.filter(held.within("jurisdiction__code", *_READERS)).select_related(
        "jurisdiction", "uploaded_by", "job"
    )


def accepts(person: Person, part: Part, table: CountyTable) -> bool:
    return seats(person).holds_over(table.jurisdiction.code, part.role)


def brings(person: Person) -> bool:
    """Whether the person uploads tables."""
    return seats(person).is_system_administrator


def counted(rows: Iterable[str], table: CountyTable) -> dict[tuple[str, str], int]:
    """How many rows there are of each sheet and outcome; what was entered counts as ``entered``."""
    found = table.rows.filter(sheet__in=rows).values_list("sheet", "outcome", "is_entered")
    counts: dict[tuple[str, str], int] = {}
    for sheet, outcome, is_entered, count in found.annotate(count=Count("pk")).order_by():
        name = "entered" if is_entered else outcome
        counts[sheet, name] = counts.get((sheet, name), 0) + count
    return counts


def record(table: CountyTable, action: str, *, actor: Person, role: Role, rows: int) -> None:
    """Append to the log what was done with so many of its rows."""
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=table,
            jurisdiction_code=table.jurisdiction.code,
            role=role,
            details={"rows": rows},
        )
    )
