"""A file brought in: its rows kept to be judged, looked through and accepted."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _

from designation.papers import numbers
from designation.site import clock, endings
from designation.site.jobs import asking
from designation.site.jobs.kinds import CHUNK
from designation.site.jobs.models import UNDER_WAY, Job
from designation.site.refusal import Refusal
from designation.site.sameness import key_of

from ...organizations.models import Person, Role
from ...organizations.scoping import Administered
from ...organizations.spellings import account, division_code
from ..models import CountyTable, TableRow
from . import accepting, reading, titles
from .columns import sheet
from .judging import organization_key
from .parts import AT_ONCE, PARTS, brings, left, record

_SPELLINGS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("code", "area_code", "superior_code", "home_code"), division_code),
    "username": account,
    "document_number": numbers.normal,
}


@endings.act()
def bring(name: str, content: bytes, *, actor: Person) -> CountyTable:
    """Keep the rows of a file, and have them judged: at once, or by a worker where they are many.

    What the area's former tables said goes, but for parts that wait to be accepted and that this
    one does not hold: whoever accepts them has not seen them yet. Raises Refusal for who brings
    none, and Unreadable.
    """
    if not brings(actor):
        raise Refusal.because("not_allowed", _("只有系统管理员可以上传录入表。"))
    area = Administered(actor, Role.SYSTEM_ADMINISTRATOR).area()
    table = CountyTable.objects.create(
        jurisdiction=area, name=name[:120], uploaded_by=actor, uploaded_at=clock.now()
    )
    count, held = 0, set[str]()
    rows = _rows(table, reading.read(name, content))
    while some := list(islice(rows, CHUNK)):
        count += len(TableRow.objects.bulk_create(some))
        held.update(row.sheet for row in some)
    if not count:
        raise reading.Unreadable(_("表里一行也没有填。请从第 4 行起填写，再上传。"))
    _let_go_before(table, held)
    record(table, "table.bring", actor=actor, role=Role.SYSTEM_ADMINISTRATOR, rows=count)
    if count > AT_ONCE:
        asking.ask(accepting.CHECK, lambda job: _given(table, job), actor=actor)
    else:
        accepting.judge_all(table, actor=actor)
    return table


def _let_go_before(table: CountyTable, held: Collection[str]) -> None:
    """Of the area's tables before this one, which holds these sheets."""
    former = CountyTable.objects.filter(jurisdiction=table.jurisdiction).exclude(pk=table.pk)
    over = Q(job__isnull=True) | ~Q(job__state__in=UNDER_WAY)
    rows = TableRow.objects.filter(table__in=former.filter(over))
    for part in PARTS.values():
        mine = rows.filter(sheet__in=part.sheets)
        if not set(part.sheets) & set(held):
            mine = mine.exclude(table__in=left(mine).values("table"))
        mine.delete()


def _given(table: CountyTable, job: Job) -> CountyTable:
    table.job = job
    table.save(update_fields=["job"])
    return table


def _rows(table: CountyTable, found: Iterable[reading.Read]) -> Iterator[TableRow]:
    for read in found:
        values, faults = _in_one_spelling(read.values), list(read.faults)
        amiss = {column for column, _message in faults}
        faults += [
            (column.name, _("这一格必须填写。"))
            for column in sheet(read.sheet).columns
            if column.key and column.name not in values and column.name not in amiss
        ]
        if read.sheet == "titles" and "valid_until" not in values:
            faults.append(("valid_until", _no_term()))
        yield TableRow(
            table=table,
            sheet=read.sheet,
            number=read.number,
            values=values,
            key=_key(read.sheet, values),
            name_key=key_of(_name(read.sheet, values)),
            faults=[*faults, *((*remark, False) for remark in read.remarks)],
        )


def _no_term() -> str:
    return _(
        "文件没有写明有效期的，按当时命名办法规定的年限算出最后一天填写；办法也没有规定的，"
        "先请审定机关书面明确，再填写、上传。"
    )


def _in_one_spelling(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _SPELLINGS.get(name, str)(text) for name, text in values.items()}


def _name(sheet_code: str, values: dict[str, str]) -> str:
    return values.get(_CALLED_BY.get(sheet_code, "name_zh"), "")


# By what else than its name a row is found: a title with those of its document.
_CALLED_BY = {"people": "full_name", "titles": "document_number"}


def _key(sheet_code: str, values: dict[str, str]) -> str:
    if sheet_code == "jurisdictions":
        return values.get("code", "")[:400]
    if sheet_code == "organizations":
        return organization_key(values.get("area_code", ""), values.get("name_zh", ""))
    if sheet_code == "people":
        return values.get("username", "")[:400]
    if sheet_code == "titles":
        return titles.key(values)
    told = (values.get(name, "") for name in ("username", "role", "area_code", "starts_on"))
    return " ".join((key_of(values.get("organization", "")), *told))[:400]
