"""What happened to a case, as tables: only what every reader of the case page may read.

Left out, wherever a function narrows its rows: marks and records that no decision released,
replies that were not handed in, words among the applicant's own people, confidential opinions, and
of objections all but that there was one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Submission
from designation.organizations import names
from designation.rounds.models import Secrecy
from standards import values
from workflows import declared
from workflows.case.facts import Case
from workflows.case.handed_in import hide_unsent_replies
from workflows.stages.objections.models import Objection
from workflows.stages.opinions.facts import counts, with_what_counts
from workflows.stages.opinions.models import Opinion, OpinionLine
from workflows.stages.selection.models import SelectionRow
from workflows.stages.verification import standing
from workflows.stages.verification.models import Visit

from . import folders
from .tables import day, named

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is that of its file, without ending."""

    name: str
    heads: Sequence[Any]
    rows: Rows


def answers(case: Case, submission: Submission) -> Table:
    """A submission to read; ``case`` is read as it was handed in. A line a check."""
    files: dict[str, list[str]] = {}
    for one in case.evidence:
        for code in one.item_codes:
            files.setdefault(code, []).append(one.title)
    for link in case.links:
        files.setdefault(link.item.code, []).append(f"{link.title}（{link.address}）")
    rows: Rows = []
    for item in case.standard.items:
        answer = case.answers.get(item.code)
        concluded = str(answer.get_conclusion_display()) if answer and answer.conclusion else ""
        beside = [concluded, answer.note if answer else "", "；".join(files.get(item.code, ()))]
        for check in item.checks:
            shown = values.show(check, case.declared.get(check.code))
            rows.append([item.code, item.text, check.code, shown, *beside])
    heads = (
        _("条目"),
        _("条目内容"),
        _("检查点"),
        _("填报值"),
        _("自评结论"),
        _("说明"),
        _("材料"),
    )
    return Table(_("第 %(number)s 次提交") % {"number": submission.number}, heads, rows)


def marks(case: Case) -> Table:
    released = case.application.marks.filter(released_at__isnull=False)
    rows = [
        [
            mark.item.code,
            str(mark.get_verdict_display()),
            mark.comment,
            named(mark.marked_by, mark.marked_at),
            mark.marked_at,
            mark.submission.number,
            _("已被替换") if mark.voided_at else "",
        ]
        for mark in released.select_related("item", "marked_by", "submission")
    ]
    heads = (_("条目"), _("结论"), _("审核意见"), _("审核人"), _("时间"), _("版次"), _("备注"))
    return Table(_("逐条审核意见"), heads, rows)


def corrections(case: Case) -> Table:
    hide_unsent_replies(case.sent_back)
    rows = [
        [one.words, one.reason, one.reply, one.closed_at, _("已收回") if one.taken_back_at else ""]
        for one in case.sent_back
    ]
    heads = (_("补正事项"), _("退回原因"), _("补正说明"), _("办结时间"), _("备注"))
    return Table(_("补正清单"), heads, rows)


def released_visits(rows: QuerySet[Visit]) -> list[Visit]:
    """Those that were concluded, the first first, with all that their records hold."""
    found = rows.filter(standing.released()).order_by("pk")
    return list(found.prefetch_related("members__person", "measurements__item"))


def visit(title: str, one: Visit, case: Case) -> list[Table]:
    """The record of a visit, and what was found on each item; ``title`` begins their names."""
    team = [
        [
            named(member.person, one.released_at or case.now),
            _("组长") if member.is_leader else "",
            member.no_interest_declared_at,
            member.signed_at,
            member.left_at,
        ]
        for member in one.members.all()
    ]
    facts: Rows = [
        [_("核查事由"), str(one.get_reason_display())],
        [_("核查地点"), one.place],
        [_("到达时间"), one.started_at],
        [_("离开时间"), one.ended_at],
        [_("核查情况"), one.summary],
        [],
        [_("姓名"), _("组长"), _("回避承诺时间"), _("签字时间"), _("退出时间")],
        *team,
    ]
    found = [_measured(row, case) for row in one.measurements.all()]
    heads = (_("条目"), _("核查结论"), _("实测"), _("核查依据"), _("核查人"), _("时间"))
    record = Table(f"{title}{_('记录')}", (_("计划核查日期"), one.planned_on), facts)
    return [record, Table(f"{title}{_('结果')}", heads, found)]


def _measured(row: Any, case: Case) -> list[Any]:
    known = {check.code: check for check in case.standard.item(row.item.code).checks}
    shown = "；".join(
        f"{code} {values.show(known[code], value)}"
        for code, value in values.from_rows([row.values]).items()
        if code in known
    )
    who = named(row.measured_by, row.measured_at)
    return [
        row.item.code,
        str(row.get_verdict_display()),
        shown,
        row.basis,
        who,
        row.measured_at,
    ]


def opinions(case: Case) -> Table:
    """Of each department what counts; of a confidential answer that there is one."""
    lines = with_what_counts(OpinionLine.objects.filter(application=case.application))
    rows = [
        [line.list.department.name_zh, line.list.question, line.list.sent_at, *_answer(line)]
        for line in lines
    ]
    heads = (_("部门"), _("征求意见的问题"), _("发出时间"), _("答复"), _("说明"), _("文件"))
    return Table(_("部门意见"), heads, rows)


def _answer(line: OpinionLine) -> list[str]:
    opinion = counts(line)
    if opinion is None:
        return [_("未答复"), "", ""]
    if opinion.source == Opinion.Source.UNANSWERED:
        return [_("未答复"), opinion.reason, ""]
    if line.list.secrecy != Secrecy.OPEN:
        return [_("已答复（保密）"), "", ""]
    document = (opinion.document_name, opinion.document_number, opinion.document_date)
    said = " ".join(str(part) for part in document if part)
    return [_("有") if opinion.is_found else _("没有"), opinion.remark, said]


def meetings(case: Case) -> Table:
    chosen = SelectionRow.objects.filter(application=case.application)
    rows = [
        [
            row.selection.meeting_name,
            row.selection.meeting_on,
            row.selection.meeting_attendance,
            row.selection.meeting_result,
            str(row.get_outcome_display()),
            row.votes,
            row.reason,
        ]
        for row in chosen.select_related("selection")
    ]
    heads = (
        _("研究会议"),
        _("会议日期"),
        _("到会情况"),
        _("研究结果"),
        _("对本单位的决定"),
        _("得票"),
        _("理由"),
    )
    return Table(_("择优研究"), heads, rows)


def objections(case: Case) -> Table:
    """That there was one, and how it ended; what was said is the objection officer's to read."""
    raised = Objection.objects.filter(entry__application=case.application).order_by("pk")
    rows = [[one.received_at, str(one.get_status_display()), one.closed_at] for one in raised]
    return Table(_("异议"), (_("收到时间"), _("状态"), _("办结时间")), rows)


def title(case: Case) -> Table:
    """The line of the register, and what became of it since."""
    given = getattr(case.application, "designation", None)
    rows: Rows = []
    if given is not None:
        rows = [
            [
                given.number,
                str(step.get_act_display()),
                step.effective_on,
                step.until,
                (step.decision or given.decision).document_number,
                (step.decision or given.decision).deciding_body,
                step.reason,
            ]
            for step in given.steps.select_related("decision")
        ]
    heads = (
        _("名册编号"),
        _("事项"),
        _("生效日期"),
        _("有效期至"),
        _("发文字号"),
        _("审定机关"),
        _("理由"),
    )
    return Table(_("命名"), heads, rows)


def history(case: Case) -> Table:
    """Every passage but those among the applicant's own people."""
    told = [one for one in case.decisions if not declared.is_among_themselves(one.transition)]
    names.read(names.who_acted(told))
    rows = [
        [
            one.at,
            _words(one.transition),
            str(declared.place(one.to_stage).words),
            names.by_whom(one, day(one.at)),
            str(one.get_actor_role_display()),
            one.opinion,
            one.submission.number if one.submission else "",
        ]
        for one in told
    ]
    heads = (_("时间"), _("动作"), _("环节"), _("办理人"), _("角色"), _("意见"), _("版次"))
    return Table(_("办理历程"), heads, rows)


def _words(transition: str) -> str:
    known = declared.passages().get(transition)
    return str(known.words) if known else transition


def of_the_course(case: Case) -> Iterable[tuple[str, Table]]:
    """Every table with its folder; one without a line is left out."""
    yield folders.REVIEWED, marks(case)
    yield folders.REVIEWED, corrections(case)
    yield folders.REVIEWED, opinions(case)
    for number, one in enumerate(released_visits(case.application.visits.all()), start=1):
        title_of_it = _("第 %(number)s 次核查") % {"number": number}
        for table in visit(title_of_it, one, case):
            yield folders.VERIFIED, table
    yield folders.PUBLISHED, meetings(case)
    yield folders.PUBLISHED, objections(case)
    yield folders.PUBLISHED, title(case)
