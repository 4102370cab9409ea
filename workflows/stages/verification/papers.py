"""The record of a visit (核查记录) on paper: as it went into the decision that released it.

In the record's language, whatever the page's (decision 028): its words are no texts to translate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from designation.papers.dates import in_words
from standards import values, wording
from standards.language import of_the_record
from standards.printing import pdf
from standards.printing.papers import Opinion, Paper, Part

from ...case.applicants import name_at
from ...case.facts import Case
from . import standing
from .apart import Apart
from .facts import OnSite
from .models import Measurement, Visit, VisitMember

_NONE = "—"
# Behind the second stands what was known before.
_COLUMNS = ("条目", "条目内容", "实测值", "结论", "核查依据")
_WIDTHS = (3, 8, 5, 5, 3, 6)


def released(case: Case) -> QuerySet[Visit]:
    """The visits of a case whose records are shown to whoever sees it."""
    rows = Visit.objects.filter(standing.released(), application=case.application)
    return rows.order_by("pk")


@of_the_record()
def record_pdf(case: Case, visit: Visit) -> bytes:
    return pdf.paper_pdf(_paper(case, visit, _along(case)), dated=visit.released_at)


@of_the_record()
def apart_pdf(found: Apart) -> bytes:
    """That of a visit which no application carries along, once it is concluded."""
    paper = _paper(found, found.visit, _apart(found))
    return pdf.paper_pdf(paper, dated=found.visit.released_at)


@of_the_record()
def file_name(case: Case) -> str:
    return f"{case.application.organization.name_zh}核查记录.pdf"


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a record says besides what was found: of what it is, and what was known before.

    ``known`` by check code stands in a ``column`` of its own.
    """

    title: str
    column: str
    known: Mapping[str, Any]
    facts: tuple[tuple[str, str], ...] = ()


def _along(case: Case) -> _Beside:
    about = f"{case.application.round.name_zh} · {case.application.standard.title}"
    return _Beside(about, "填报值", case.declared)


def _apart(found: Apart) -> _Beside:
    """What was found before counts there, and not what was declared."""
    before = values.from_rows(row.values for row in OnSite.of(found).former.values())
    title = found.visit.title
    facts = (("称号名册编号", title.number),) if title else ()
    return _Beside(found.application.standard.title, "上次实测值", before, facts)


def _paper(case: Case, visit: Visit, beside: _Beside) -> Paper:
    members = list(visit.members.select_related("person"))
    rows = visit.measurements.select_related("item")
    made_at = visit.ended_at or visit.released_at or case.now
    return Paper(
        title="实地核查记录",
        mark="",
        under_title=(beside.title,),
        facts=(
            ("被核查单位", name_at(case.application, made_at, visit.planned_on)),
            *beside.facts,
            ("核查地点", visit.place),
            ("核查事由", str(visit.get_reason_display())),
            ("计划核查日期", in_words(visit.planned_on)),
            ("到达时间", _moment(visit.started_at)),
            ("离开时间", _moment(visit.ended_at)),
        ),
        parts=(
            Part("核查情况", tuple(visit.summary.splitlines()) or (_NONE,)),
            Part(
                "逐条核查结果",
                columns=(*_COLUMNS[:2], beside.column, *_COLUMNS[2:]),
                widths=_WIDTHS,
                rows=tuple(_row(case, row, beside.known) for row in rows),
            ),
        ),
        opinions=(
            Opinion("核查组", tuple(_signed(member, visit) for member in members)),
            Opinion("被核查单位意见", ("签字：________________　　________年____月____日",)),
        ),
        remarks=("登记后只以注明日期的附记更改。",),
    )


def _row(case: Case, row: Measurement, known: Mapping[str, Any]) -> tuple[str, ...]:
    item = case.standard.item(row.item.code)
    measured = values.from_rows([row.values])
    said = [
        [
            wording.answered(check, value)
            for check in item.checks
            if (value := given.get(check.code)) is not None
        ]
        for given in (known, measured)
    ]
    before, found = ("；".join(one) or _NONE for one in said)
    verdict = str(row.get_verdict_display()) if row.verdict else _NONE
    return (item.code, item.text, before, found, verdict, row.basis or _NONE)


def _signed(member: VisitMember, visit: Visit) -> str:
    day = localtime(member.signed_at or visit.released_at).date()
    name = member.person.name_on(day)
    aside = "已承诺无须回避" if member.no_interest_declared_at else ""
    signed = f"{_moment(member.signed_at)}签字" if member.signed_at else "未签字"
    return "　".join(filter(None, [name, "组长" if member.is_leader else "", aside, signed]))


def _moment(at: datetime | None) -> str:
    return f"{in_words(localtime(at).date())}{localtime(at):%H:%M}" if at else _NONE
