"""Asking for the file of a list: made at once where it is short, by a job where it is long."""

import tempfile
from collections.abc import Sequence
from typing import IO

from django.http import QueryDict
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Person
from designation.site import clock, endings, tables
from designation.site.jobs import asking
from designation.site.jobs.models import Job
from designation.site.lists import Filters
from designation.site.refusal import Finding, Refusal
from designation.site.tables import Asked, Table
from standards.language import of_the_record
from standards.printing.spreadsheets import MOST_ROWS

from . import conditions, files, keeping, rules
from .models import Export, Format

# What the file is; the code of its kind of job too.
LIST = "list"
# Our default: more rows than this are written by a worker.
MOST_AT_ONCE = 2_000
# Rows read from the database at a time.
CHUNK = 500
# Above the rows stand title, conditions, moment and heads.
_HEAD = 4


def asked(export: Export, person: Person) -> Asked:
    """The list that the export asks for, as ``person`` would open it now."""
    return Asked(person, QueryDict(export.asked))


def list_of(export: Export) -> Table:
    return tables.of(export.subject)


@endings.act()
def ask(
    table: Table, query: str, *, columns: Sequence[str], file_format: str, actor: Person
) -> Export:
    """Have the list that ``query`` narrows made as a file with these columns.

    Raises Refusal for a list that is not the person's, for more rows than a sheet takes, and
    while another file of the person's is being made.
    """
    if not rules.may_take(actor, table):
        raise Refusal.because("not_allowed", _("这个列表不在您的职责范围内，不能导出。"))
    count = table.narrowed(Asked(actor, QueryDict(query))).qs.count()
    if file_format == Format.XLSX and count > MOST_ROWS - _HEAD:
        told = _("行数太多，Excel 表放不下。请选 CSV，或先筛选。")
        raise Refusal([Finding("too_many_rows", "", told, field="format")])
    with of_the_record():
        title = str(table.title)
    export = Export(
        maker=actor,
        what=LIST,
        subject=table.code,
        title=title,
        asked=query,
        columns=list(columns),
        format=file_format,
        asked_at=clock.now(),
        seats=rules.held_by(actor),
    )
    if count > MOST_AT_ONCE:
        return by_a_worker(export)
    export.save()
    return _at_once(export, table)


def by_a_worker(export: Export) -> Export:
    """Put it in the queue. Raises Refusal while another file of the person's is being made."""

    def make(job: Job) -> Export:
        export.job = job
        export.save()
        return export

    asking.ask(export.what, make, actor=export.maker, slot=f"export {export.maker_id}")
    return export


def _at_once(export: Export, table: Table) -> Export:
    filters = table.narrowed(asked(export, export.maker))
    with tempfile.TemporaryFile() as spool, tempfile.TemporaryFile() as file:
        lines = begun(export, table, filters, spool)
        lines.add(list(filters.qs))
        lines.file.write(file)
        stored = keeping.store(export, file)
    finished(export, table, filters, rows=lines.count, stored=stored)
    return export


def begun(export: Export, table: Table, filters: Filters, spool: IO[bytes]) -> files.Lines:
    """The file with its heads: title, conditions in words, when it was made and for whom."""
    with of_the_record():
        told = "；".join(conditions.said(filters)) or _("（未设筛选条件）")
        above = [
            _("筛选条件：%(told)s") % {"told": told},
            _("导出时间：%(at)s　导出人：%(who)s")
            % {"at": f"{tables.local(clock.now()):%Y-%m-%d %H:%M}", "who": export.maker.full_name},
        ]
    return files.begun(export.format, export.title, above, table.chosen(export.columns), spool)


def finished(
    export: Export, table: Table, filters: Filters, *, rows: int, stored: dict[str, object]
) -> None:
    """Say that it is there, and put on the record who took what away."""
    keeping.made(export, rows=rows, stored=stored)
    role, place = rules.as_whom(export.maker, table)
    with of_the_record():
        narrowed = conditions.for_the_log(filters)
        heads = [str(column.heading) for column in table.chosen(export.columns)]
    events.append(
        events.Entry(
            actor=export.maker,
            action="list.export",
            subject=export,
            jurisdiction_code=place,
            role=role,
            details={
                "list": export.title,
                "asked": narrowed,
                "columns": heads,
                "format": export.format,
                "rows": rows,
                "sha256": export.sha256,
            },
        )
    )


@endings.act()
def cancel(export: Export, *, actor: Person) -> bool:
    """Call off what is being made for oneself; False when it had ended already."""
    mine = rules.own(actor).select_related("job").filter(pk=export.pk).first()
    return mine is not None and mine.job is not None and asking.cancel(mine.job)
