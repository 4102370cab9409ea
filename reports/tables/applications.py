"""The table of applications (汇总表) as an office prints it: one row each, in the list's order."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Refusal
from standards.language import of_the_record
from standards.printing import spreadsheets
from workflows import declared
from workflows.case.scoping import county_roles

# What one table may hold, our default: a county's rounds of many years; beyond it one narrows.
MOST_ROWS = 10_000
_WIDTHS = (6, 32, 18, 28, 14, 16, 18, 14, 12, 8)


class TooManyRows(Refusal):
    """More applications than a table holds."""


@of_the_record()
def rows(applications: QuerySet[Application]) -> list[list[Any]]:
    """A heading, then a row an application, in the order of the list. Two statements.

    Raises TooManyRows.
    """
    columns = ("organization__jurisdiction", "round", "term")
    found = list(applications.select_related(*columns)[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        told = _("这张表超过 %(most)s 行。请先筛选，再分几次导出。") % {"most": MOST_ROWS}
        raise TooManyRows.because("too_many_rows", told)
    bodies = _names_of_bodies(found)
    return [_heading(), *(_row(number, one, bodies) for number, one in enumerate(found, start=1))]


def _heading() -> list[Any]:
    return [
        _("序号"),
        _("申报组织"),
        _("所在乡镇（街道）"),
        _("批次"),
        _("类别"),
        _("环节"),
        _("办理方"),
        _("进入本环节"),
        _("办理期限"),
        _("逾期"),
    ]


def _row(number: int, one: Application, bodies: dict[int, str]) -> list[Any]:
    held_by = [str(one.get_holder_role_display()), bodies.get(one.holder_organization_id or 0, "")]
    return [
        number,
        one.organization.name_zh,
        one.organization.jurisdiction.name_zh,
        one.round.name_zh,
        str(one.get_category_display()),
        str(declared.place(one.stage).words),
        " ".join(word for word in held_by if word),
        _day(one.stage_since),
        _day(one.due_at),
        _("是") if one.due_at and clock.is_over(one.due_at) else "",
    ]


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d}" if moment else ""


def _names_of_bodies(found: Iterable[Application]) -> dict[int, str]:
    keys = {one.holder_organization_id for one in found if one.holder_organization_id}
    return dict(Organization.objects.filter(pk__in=keys).values_list("pk", "name_zh"))


def write_workbook(table: list[list[Any]], file: IO[bytes]) -> None:
    """A sheet that prints on A4 across, its head on every page."""
    with of_the_record():
        title = _("申报汇总表")
    spreadsheets.write_table(title, table, _WIDTHS, file, dated=clock.now())


def record(actor: Person, *, kind: str, count: int, asked: dict[str, str]) -> None:
    """Put on the record that the table was taken away: how many rows, and narrowed by what."""
    role, code = _as_whom(actor)
    details = {"format": kind, "rows": count, "asked": asked}
    events.append(
        events.Entry(
            actor=actor,
            action="applications.table",
            subject=actor,
            jurisdiction_code=code,
            role=role,
            details=details,
        )
    )


def _as_whom(actor: Person) -> tuple[Role, str]:
    """The seat by which the person looks after many, and the code of its place."""
    looking_after = (Role.FIRST_REVIEWER, *county_roles())
    seat = next(held for held in seats(actor).held if held.role in looking_after)
    if seat.area:
        return seat.role, seat.area.ljust(12, "0")
    bodies = Organization.objects.filter(pk__in=seats(actor).organizations(seat.role))
    return seat.role, bodies.values_list("jurisdiction__code", flat=True)[0]
