"""Judging the rows of a table, and entering those of a part that was accepted.

What is entered is what the preview showed: each row is judged anew just before. One that has come
to say something else is not entered; the preview is shown again, with what is new in it.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.register.models import Designation
from designation.register.rules import own_units
from designation.site import endings, seen_whole
from designation.site.jobs import asking
from designation.site.jobs.models import Job
from designation.site.refusal import Refusal
from designation.site.sameness import key_of

from ...organizations.models import Person, Seat
from .. import entering, seating
from ..models import CountyTable, Outcome, TableRow
from . import titles
from .judging import Judging
from .parts import AT_ONCE, ENTRIES, PARTS, TITLES, Part, accepts, record
from .verdicts import Verdict

# The code of the kind of job that judges a table; those that enter bear the code of their part.
CHECK = "table_check"
_JUDGED = ("outcome", "differences", "findings", "is_other")


class OtherNow(Refusal):
    """The preview is no longer what was seen: nothing was entered, and it shows the difference."""


def judge_all(table: CountyTable, *, actor: Person) -> None:
    """Judge every row that is not entered yet."""
    judge(table.rows.filter(is_entered=False), Judging(table, actor))
    settle(table)


def judge(rows: Iterable[TableRow], judging: Judging) -> int:
    """Judge these rows and keep what each would do; how many."""
    judged = []
    for row in rows:
        _keep(row, judging.judge(row))
        judged.append(row)
    TableRow.objects.bulk_update(judged, _JUDGED, batch_size=AT_ONCE)
    return len(judged)


def settle(table: CountyTable) -> None:
    """Keep the digests of what the preview shows, once all is judged."""
    table.digests = {code: _digest(part.rows(table)) for code, part in PARTS.items()}
    table.is_other = table.rows.filter(is_other=True).exists()
    table.save(update_fields=["digests", "is_other"])


def as_shown(table: CountyTable, part: Part) -> list[str]:
    """What the form that accepts a part carries of it."""
    return [table.digests.get(part.code, "")]


def obstacle(table: CountyTable, part: Part) -> str:
    """Why the part cannot be accepted now, as a sentence; "" when it can."""
    if table.job is not None and table.job.is_under_way:
        return _("正在办理，请等它结束。")
    if table.rows.filter(outcome="").exists():
        return _("还没有核对完。请把文件再上传一次。")
    if part.rows(table).filter(outcome=Outcome.FAULT).exists():
        return _("还有出错的行：请在文件里改好，再上传一次。在那之前什么也不录入。")
    if part is not ENTRIES and ENTRIES.left(table).exists():
        return _("这一部分要等辖区、组织和人员录入之后，才能确认。")
    if not part.left(table).exists():
        return _("没有要录入的内容。")
    return ""


def accept(table: CountyTable, part: Part, *, actor: Person, seen: Mapping[str, Any]) -> bool:
    """Enter what the preview of a part showed: at once, or by a worker where it is much.

    Returns whether it was entered at once. ``seen`` is the form below the preview. Raises OtherNow
    where the preview is not what was seen, and Refusal for who does not accept it and for a part
    that cannot be, or is another's for a title of the actor's own organization.
    """
    with endings.act():
        held = CountyTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
        if not accepts(actor, part, held):
            raise Refusal.because("not_allowed", _("这一部分不由您确认。"))
        if why := obstacle(held, part) or _their_own(held, part, actor):
            raise Refusal.because("cannot_be_accepted", why)
        if not seen_whole.is_as_seen(seen, as_shown(held, part)):
            raise _other_now()
        if part.left(held).count() > AT_ONCE:
            asking.ask(part.code, lambda job: _under_way(held, job), actor=actor)
            return False
        try:
            with transaction.atomic():
                enter(part.left(held).order_by("pk"), Judging(held, actor))
                if part.left(held).exists():
                    raise _other_now()
        except OtherNow as other:
            refused: OtherNow | None = other
            judge_all(held, actor=actor)
        else:
            refused = None
            finish(held, part, actor=actor)
    if refused is not None:
        # Only now: what the preview shows anew is kept.
        raise refused
    return True


def _given_to(units: Collection[int], table: CountyTable, actor: Person) -> list[int]:
    """The numbers of the rows that would give one of these organizations a title."""
    if not units:
        return []
    rows, judging = TITLES.left(table).order_by("pk"), Judging(table, actor)
    bears = titles.named(units)
    found = [row for row in rows if key_of(row.values.get("organization", "")) in bears]
    holders = ((row, judging.judge(row).values.get("holder")) for row in found)
    return [row.number for row, holder in holders if holder and holder.pk in units]


def _their_own(table: CountyTable, part: Part, actor: Person) -> str:
    """Why another has to accept it, as it would give a title to the actor's own organization."""
    code = table.jurisdiction.code
    if part is not TITLES or not (own := _given_to(own_units(actor, code), table, actor)):
        return ""
    told = _(
        "第 %(rows)s 行是您或者您代为办理的人所在组织的称号，您应当回避。请由其他审定人确认录入。"
    )
    return told % {"rows": "、".join(map(str, own))}


def _other_now() -> OtherNow:
    told = _("有内容在您打开预览之后变了，还没有录入。请看过现在的预览，再确认一次。")
    return OtherNow.because("other_now", told)


def _under_way(table: CountyTable, job: Job) -> CountyTable:
    table.job = job
    table.save(update_fields=["job"])
    return table


def enter(rows: QuerySet[TableRow], judging: Judging) -> None:
    """Enter those of the rows that are as they were shown; the others are marked, and shown anew.

    The superior of an organization is entered before it, wherever it stands in the file.
    """
    done: set[int] = set()
    for row in rows:
        _enter(row, judging, done)


def _enter(row: TableRow, judging: Judging, done: set[int]) -> None:
    if row.pk in done:
        return
    done.add(row.pk)
    for other in judging.needed(row):
        _enter(other, judging, done)
    verdict = judging.judge(row)
    try:
        if verdict.is_as(row) and not verdict.waits:
            _write(verdict, judging.actor)
            row.is_entered = row.outcome != Outcome.SAME
        else:
            _keep(row, verdict)
    except Refusal as refused:
        # Somebody was faster, between the judging and the writing.
        told = tuple(("", finding.message, True) for finding in refused.findings)
        _keep(row, Verdict(Outcome.FAULT, findings=told))
    row.save(update_fields=[*_JUDGED, "is_entered"])


def _write(verdict: Verdict, actor: Person) -> None:
    if verdict.kind is None or verdict.outcome == Outcome.FAULT:
        return
    if verdict.kind is Seat:
        told = dict(verdict.values)
        place = (told.pop("person"), told.pop("role"), told.pop("place"))
        seating.give_seat(*place, actor=actor, **told)
    elif verdict.kind is Designation:
        titles.enter(verdict.values, actor=actor)
    elif verdict.held is None:
        entering.add(verdict.kind, verdict.values, actor=actor)  # type: ignore[arg-type]
    else:
        entering.change(verdict.held, verdict.values, actor=actor)


def finish(table: CountyTable, part: Part, *, actor: Person) -> None:
    """Keep what the preview shows now, and record what was entered."""
    settle(table)
    entered = part.rows(table).filter(is_entered=True).count()
    record(table, "table.accept", actor=actor, role=part.role, rows=entered)


def _keep(row: TableRow, verdict: Verdict) -> None:
    """What the row would do; ``is_other`` where it was shown to do something else."""
    row.is_other = bool(row.outcome) and not verdict.is_as(row)
    row.outcome, row.differences = verdict.outcome, dict(verdict.differences)
    row.findings = [list(finding) for finding in verdict.findings]


def _digest(rows: QuerySet[TableRow]) -> str:
    """Over what each row would do; "" where there is none."""
    digest, count = hashlib.sha256(), 0
    told = rows.order_by("pk").values_list("pk", "outcome", "differences", "is_entered")
    for row in told.iterator():
        digest.update(json.dumps(row, sort_keys=True).encode())
        count += 1
    return digest.hexdigest() if count else ""


@endings.act()
def stop(table: CountyTable, *, actor: Person) -> bool:
    """Call off what a worker does; what was entered stays. False when it had ended already.

    Raises Refusal for who accepts no part of the table.
    """
    if not any(accepts(actor, part, table) for part in PARTS.values()):
        raise Refusal.because("not_allowed", _("这份表不由您办理。"))
    return table.job is not None and asking.cancel(table.job)
