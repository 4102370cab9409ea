"""The report of a round (统计报告), in the record's language: what its office files and sends up.

The figures are those of the pages, table by table, with the sentences that an office writes
around them. Names and opinions of people are in none.
"""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from designation.applications.models import Stage
from designation.organizations.models import Person
from designation.rounds.models import Round
from designation.site import clock
from standards.language import of_the_record
from standards.printing import word
from standards.printing.papers import Paper, Part

from . import contents, funnel, rules

# A part of a paper in Chinese bears its number so.
_NUMBERS = "一二三四五六七八九"
# Of the columns of a table the first, which has words, to the others.
_FIRST, _OTHERS = 4, 2


@of_the_record()
def file(round_: Round, person: Person) -> bytes:
    return word.paper_docx(paper(round_, person), dated=clock.now())


@of_the_record()
def file_name(round_: Round) -> str:
    return f"{round_.name_zh}{_('统计报告')}.docx"


def paper(round_: Round, person: Person) -> Paper:
    found = funnel.of(rules.applications(person, round_, ""))
    tables = [*contents.of_round(round_, person), *contents.of_items(round_, person)]
    return Paper(
        title=f"{round_.name_zh}{_('统计报告')}",
        mark="",
        under_title=(round_.managing_office, _day(clock.now())),
        facts=_facts(round_),
        parts=(_summary(found), *(_part(number, one) for number, one in enumerate(tables, 1))),
        opinions=(),
        remarks=(_("本报告的数字由系统按办理记录算出，不涉及任何个人，不用于考核、排名。"),),
    )


def _facts(round_: Round) -> tuple[tuple[str, str], ...]:
    return (
        (_("主办单位"), round_.organizer),
        (_("承办单位"), round_.managing_office),
        (_("批准机关"), round_.approving_body),
        (_("批准文号"), round_.approval_document_number),
        (_("申报时间"), f"{_day(round_.opens_at)}—{_day(round_.closes_at)}"),
        (_("统计时间"), _day(clock.now())),
    )


def _summary(found: funnel.Funnel) -> Part:
    ended: Any = sum(sum(ends.values()) for ends in found.left.values())
    said = {str(stage): found.reached(stage) for stage in funnel.STEPS} | {"ended": ended}
    lines = (
        _(
            "本批次共收到申报 %(submitted)d 件，其中初审推荐 %(recommended)d 件，"
            "县级核验合格 %(verified)d 件，经会议研究拟命名 %(chosen)d 件，"
            "公示 %(on_notice)d 件，命名 %(designated)d 件。"
        )
        % said,
        _("未通过、未入选或者撤回的 %(ended)d 件，其余 %(under_way)d 件仍在办理。")
        % (said | {"under_way": said[Stage.SUBMITTED] - said[Stage.DESIGNATED] - ended}),
    )
    return Part(f"{_NUMBERS[0]}、{_('总体情况')}", lines)


def _part(number: int, table: contents.Table) -> Part:
    title = f"{_NUMBERS[number]}、{table.title}"
    if not table.lines:
        return Part(title, (_("没有。"),))
    return Part(
        title,
        (table.note,) if table.note else (),
        (table.head, *table.columns),
        (_FIRST, *(_OTHERS for _column in table.columns)),
        tuple((line.words, *(one.text for one in line.figures)) for line in table.lines),
    )


def _day(moment: datetime) -> str:
    return date_format(localtime(moment, clock.SHANGHAI), "Y年n月j日")
