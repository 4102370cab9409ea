"""The papers of an application, in the record's language: form, report and list of evidence.

What the record does not hold (counts of members, who is to be called) is left to be written by
hand: our default, for least data.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications.models import Answer, Conclusion, PublishedLink, Submission
from designation.evidence import names as media
from designation.organizations import names
from designation.organizations.models import Role
from designation.register import queries as register
from designation.site import clock
from standards import wording
from standards.language import of_the_record
from standards.phrases import lead
from standards.printing import pdf, word
from standards.printing.papers import Opinion, Paper, Part

from ... import declared
from ...case import opinions
from ...case.facts import Case
from ...case.handed_in import submission_as_it_stands
from ...case.records import Decision
from . import printing

_NONE = "—"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the papers: what it is called, and how it is composed."""

    name: Any
    compose: Callable[[Case], Paper]


@of_the_record()
def file(case: Case, kind: str, suffix: str) -> bytes:
    """The paper of that ``kind`` as it stands; ``suffix`` is one of ``FORMATS``."""
    return FORMATS[suffix](KINDS[kind].compose(case), dated=case.now)


@of_the_record()
def file_name(case: Case, kind: str, suffix: str) -> str:
    return f"{case.application.organization.name_zh}{KINDS[kind].name}.{suffix}"


def _paper(case: Case, title: str, **parts: Any) -> Paper:
    """Marked as a draft unless it says what was handed in; then with what proves that."""
    submission = submission_as_it_stands(case)
    application = case.application
    given: dict[str, Any] = {"facts": (), "opinions": ()} | parts
    return Paper(
        title=title,
        mark="" if submission else _("草稿"),
        under_title=(f"{_named(case, submission, 'round')} · {application.standard.title}",),
        remarks=printing.proofs(submission) if submission else (_("尚未提交，仅供核对。"),),
        **given,
    )


def _named(case: Case, submission: Submission | None, what: str) -> str:
    """The name of the day on which it was handed in."""
    frozen = submission.content.get("names", {}) if submission else {}
    now: str = getattr(case.application, what).name_zh
    return str(frozen.get(what, now))


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


# 申报表


def _form(case: Case) -> Paper:
    application = case.application
    return _paper(
        case,
        _("示范点申报表"),
        facts=_facts(case),
        parts=(
            Part(_("曾获称号"), tuple(_titles(case)) or (_("无"),)),
            Part(_("申报简介"), tuple(application.summary.splitlines()) or (_NONE,)),
            Part(_("自评结果"), (_outcome(case),)),
            Part(
                _("承诺"),
                (_("本组织承诺：所填内容和所附材料真实，不涉密；如有不实，愿承担责任。"),),
            ),
        ),
        opinions=tuple(_opinions(case)),
    )


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    application, submission = case.application, submission_as_it_stands(case)
    organization, version = application.organization, application.standard
    superior = organization.superior
    by_hand = (
        _("组织类型（党委、总支、支部）"),
        _("成立时间"),
        _("最近换届时间"),
        _("负责人姓名"),
        _("联系人"),
        _("地址"),
        _("党员人数"),
        _("流动党员人数"),
        _("领导班子职数"),
    )
    return (
        (_("组织全称"), _named(case, submission, "organization")),
        (_("上级党组织"), superior.name_zh if superior else _NONE),
        (_("申报类别"), str(application.get_category_display())),
        (_("所在地"), organization.jurisdiction.name_zh),
        (_("申报批次"), _named(case, submission, "round")),
        (_("标准版本"), _("第 %(number)s 版") % {"number": version.number}),
        (_("本届班子任期开始日期"), _day(application.term_began_on)),
        *((label, "") for label in by_hand),
    )


def _titles(case: Case) -> Iterable[str]:
    """Those held when it was handed in; the one that it led to is none of them."""
    handed_in = case.application.submission
    at = handed_in.submitted_at if handed_in else case.now
    known = register.titles(at.astimezone(clock.SHANGHAI).date())
    held = known.filter(organization_id=case.application.organization_id)
    held = held.exclude(application_id=case.application.pk)
    for title in held.select_related("decision"):
        said = {"name": title.get_category_display(), "body": title.decision.deciding_body}
        yield _("%(name)s示范点，%(body)s，%(year)s 年，编号 %(number)s") % {
            **said,
            "year": title.designated_on.year,
            "number": title.number,
        }


def _outcome(case: Case) -> str:
    given = [answer.conclusion for answer in case.answers.values()]
    counted = {one: given.count(one) for one in Conclusion}
    told = _("共 %(all)s 条：达标 %(met)s 条，未达标 %(not_met)s 条，不适用 %(na)s 条。%(meeting)s")
    meeting = case.application.approving_meeting_on
    return told % {
        "all": len(case.item_codes),
        "met": counted[Conclusion.MET],
        "not_met": counted[Conclusion.NOT_MET],
        "na": counted[Conclusion.NOT_APPLICABLE],
        "meeting": _("%(day)s经会议研究通过。") % {"day": _day(meeting)} if meeting else "",
    }


def _opinions(case: Case) -> Iterable[Opinion]:
    """The organization's own is signed by hand; of the others what is on record."""
    application, given = case.application, opinions.standing(case)
    names.read(names.who_acted(given.values()))
    yield _to_write(_("本组织意见"))
    blocks = (
        (Role.FIRST_REVIEWER, _("初审机构意见（%(body)s）"), application.reviewing_body.name_zh),
        (
            Role.COUNTY_COORDINATOR,
            _("县级承办部门意见（%(body)s）"),
            application.round.managing_office,
        ),
        (Role.DECIDING_OFFICER, _("县委意见（%(body)s）"), application.round.organizer),
    )
    for role, title, body in blocks:
        named = title % {"body": body}
        yield _given(named, given[role]) if role in given else _to_write(named)


def _given(title: str, decision: Decision) -> Opinion:
    """Of a passage that went without words, what it did."""
    day = localtime(decision.at).date()
    told = decision.opinion or _done(decision)
    signed = _("办理人：%(name)s　　（盖章）　　　　") % {"name": names.by_whom(decision, day)}
    said = tuple(line for line in told.splitlines() if line.strip())
    return Opinion(title, (signed, f"{_day(day)}　　"), said)


def _done(decision: Decision) -> str:
    if not declared.place(decision.to_stage).is_goal:
        return _("%(what)s。") % {"what": declared.passage(decision.transition).words}
    title = register.titles().get(application=decision.application_id)
    return _("命名为%(name)s示范点（%(body)s，%(number)s）。") % {
        "name": title.get_category_display(),
        "body": title.decision.deciding_body,
        "number": title.decision.document_number,
    }


def _to_write(title: str) -> Opinion:
    return Opinion(
        title,
        (
            _("负责人（签字）：________________　　（盖章）　　　　"),
            _("________年____月____日　　"),
        ),
    )


# 自评报告


def _report(case: Case) -> Paper:
    numbers = _numbers(case)
    columns = (_("条目"), _("填报情况"), _("自评结论"), _("说明"), _("材料编号"))
    parts = [
        Part(
            f"{lead(section.number_printed)}{section.title_printed}",
            columns=columns,
            widths=(2, 9, 3, 6, 3),
            rows=tuple(_row(case, item, numbers) for item in section.items),
        )
        for section in case.standard.sections
    ]
    return _paper(
        case,
        _("示范点创建自评报告"),
        parts=(
            Part(_("总体情况"), (_outcome(case),)),
            *parts,
            Part(_("差距和整改措施"), tuple(_gaps(case)) or (_("没有未达标的条目。"),)),
        ),
        opinions=(_to_write(_("本组织意见")),),
    )


def _row(case: Case, item: Any, numbers: Mapping[str, list[str]]) -> tuple[str, ...]:
    answer = case.answers.get(item.code)
    return (
        item.code,
        "；".join(
            wording.answered(check, value)
            for check in item.checks
            if (value := case.declared.get(check.code)) is not None
        )
        or _NONE,
        _concluded(answer),
        (answer.note if answer else "") or _NONE,
        "、".join(numbers.get(item.code, [])) or _NONE,
    )


def _concluded(answer: Answer | None) -> str:
    return str(answer.get_conclusion_display()) if answer and answer.conclusion else _NONE


def _gaps(case: Case) -> Iterable[str]:
    """What is not met, with what the organization says of it: its plan stands in the note."""
    for code, answer in case.answers.items():
        if answer.conclusion == Conclusion.NOT_MET:
            yield _("%(code)s：%(note)s") % {"code": code, "note": answer.note or _NONE}


# 材料清单


def _numbers(case: Case) -> dict[str, list[str]]:
    """By item code, the numbers that its files have on the list."""
    found: dict[str, list[str]] = {}
    for number, one in enumerate(case.evidence, start=1):
        for code in one.item_codes:
            found.setdefault(code, []).append(str(number))
    for number, link in enumerate(case.links, start=len(case.evidence) + 1):
        found.setdefault(link.item.code, []).append(str(number))
    return found


def _list(case: Case) -> Paper:
    columns = (
        _("编号"),
        _("对应条目"),
        _("材料名称"),
        _("材料日期"),
        _("种类"),
        _("页数"),
        _("校验码"),
        _("不涉密"),
    )
    files = tuple(_file(number, one) for number, one in enumerate(case.evidence, start=1))
    begin = len(files) + 1
    rows = files + tuple(_link(number, one) for number, one in enumerate(case.links, start=begin))
    return _paper(
        case,
        _("佐证材料清单"),
        parts=(
            Part(
                _("共 %(count)s 件") % {"count": len(rows)},
                columns=columns,
                widths=(2, 4, 7, 4, 2, 2, 5, 2),
                rows=rows,
            ),
        ),
        opinions=(_to_write(_("本组织意见")),),
    )


def _file(number: int, one: Any) -> tuple[str, ...]:
    entry = one.entry
    return (
        str(number),
        "、".join(sorted(one.item_codes)) or _NONE,
        one.title,
        _day(one.dated_on or entry.dated_on) or _NONE,
        media.ENDINGS.get(one.media_type, "").removeprefix(".").upper() or _NONE,
        str(entry.stored.pages or _NONE),
        one.sha256[:12],
        "□",
    )


def _link(number: int, one: PublishedLink) -> tuple[str, ...]:
    """A published page: it has no pages to count and no content to check."""
    where = f"{one.title}（{one.address}）"
    day = _day(one.published_on)
    return (str(number), one.item.code, where, day, _("网页"), _NONE, _NONE, "□")


KINDS: Mapping[str, Kind] = {
    "form": Kind(gettext_lazy("申报表"), _form),
    "report": Kind(gettext_lazy("自评报告"), _report),
    "evidence": Kind(gettext_lazy("材料清单"), _list),
}
FORMATS: Mapping[str, Callable[..., bytes]] = {"pdf": pdf.paper_pdf, "docx": word.paper_docx}
CONTENT_TYPES: Mapping[str, str] = {"pdf": media.PDF, "docx": media.DOCX}
