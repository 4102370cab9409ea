"""The parts of a table, each accepted by its own administrator, or by who decides on titles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from designation.audit import events
from designation.site.jobs.models import UNDER_WAY

from ...organizations.models import Person, Role
from ...organizations.rules import seats
from ..models import CountyTable, Outcome, TableRow

# Our default: a table of more rows is judged and entered by a worker.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that are accepted together, and who accepts them. ``code`` names its job as well.

    ``title`` heads its form, ``told`` says what comes of ``press``, ``done`` what came of it.
    """

    code: str
    sheets: tuple[str, ...]
    role: Role
    title: Promise
    told: Promise
    press: Promise
    done: Promise

    def rows(self, table: CountyTable) -> QuerySet[TableRow]:
        return table.rows.filter(sheet__in=self.sheets)

    def left(self, table: CountyTable) -> QuerySet[TableRow]:
        """Those that entering would still do something with."""
        return left(self.rows(table))


def left(rows: QuerySet[TableRow]) -> QuerySet[TableRow]:
    """As ``Part.left``, of rows of whatever tables."""
    return rows.filter(is_entered=False).exclude(outcome=Outcome.SAME)


ENTRIES = Part(
    "table_entries",
    ("jurisdictions", "organizations", "people"),
    Role.SYSTEM_ADMINISTRATOR,
    title=_("录入辖区、组织和人员"),
    told=_("确认后，按下面的预览录入，逐条记入日志。没有变化的不动。"),
    press=_("确认录入"),
    done=_("已录入。"),
)
SEATS = Part(
    "table_seats",
    ("seats",),
    Role.SECURITY_ADMINISTRATOR,
    title=_("授予岗位"),
    told=_("确认后，按下面的预览授予岗位，逐条记入日志，并通知本人。"),
    press=_("确认授予"),
    done=_("岗位已授予。接着在“密码条”给还没有密码的人发链接。"),
)
TITLES = Part(
    "table_titles",
    ("titles",),
    Role.DECIDING_OFFICER,
    title=_("把以前授予的称号录入名册"),
    told=_("确认后，按下面的预览录入名册并注明“由旧名册录入”，向社会公开，逐条记入日志。"),
    press=_("确认录入名册"),
    done=_("已录入名册。"),
)
PARTS = {part.code: part for part in (ENTRIES, SEATS, TITLES)}
ROLES = tuple(part.role for part in PARTS.values())


def shown(person: Person) -> QuerySet[CountyTable]:
    """The tables of the area over which the person accepts a part; Http404 for others."""
    held = seats(person)
    if not held.areas(*ROLES):
        raise Http404
    return CountyTable.objects.filter(held.within("jurisdiction__code", *ROLES)).select_related(
        "jurisdiction", "uploaded_by", "job"
    )


def waiting_for(person: Person) -> QuerySet[CountyTable]:
    """The tables of which the person may accept a part now; in one statement, none for others.

    As ``accepting.obstacle`` says of each.
    """
    held = seats(person)
    if not held.areas(*ROLES):
        return CountyTable.objects.none()
    rows = TableRow.objects.filter(table=OuterRef("pk")).order_by()
    entries = rows.filter(sheet__in=ENTRIES.sheets)
    found = Q()
    for part in PARTS.values():
        mine = rows.filter(sheet__in=part.sheets)
        can_be = Q(Exists(left(mine))) & ~Q(Exists(mine.filter(outcome=Outcome.FAULT)))
        if part is not ENTRIES:
            can_be &= ~Q(Exists(left(entries)))
        found |= held.within("jurisdiction__code", part.role) & can_be
    judged = ~Q(Exists(rows.filter(outcome="")))
    tables = CountyTable.objects.filter(found, judged).exclude(job__state__in=UNDER_WAY)
    return tables.select_related("uploaded_by")


def remarked(rows: QuerySet[TableRow]) -> QuerySet[TableRow]:
    """Those that could be entered, and of which something is said all the same."""
    return rows.exclude(findings=[]).exclude(outcome__in=("", Outcome.FAULT))


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
