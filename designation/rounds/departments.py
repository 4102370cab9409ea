"""Departments whose opinion a draft round asks for (部门意见): which, what, and who reads it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Organization, Person, Role, Seat
from designation.site import endings
from designation.site.refusal import Finding
from designation.site.sameness import key_of
from standards.characters import line
from standards.language import of_the_record

from . import queries
from .conditions import too_long
from .configuring import hold, overtaken, record_part, refuse, role_to_change
from .models import Round, RoundDepartment, Secrecy
from .words import DEPARTMENT, DEPARTMENT_DAYS

# So many a round, our default; the methods that we read ask five.
MOST = 8
# In working days, our default (domain 2.4, from cases 2, 22 and 23), and the most.
DAYS, MOST_DAYS = 5, 30
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One department with its question; ``vetoes`` are checks of whose fact it knows."""

    department: Organization
    question: str
    secrecy: str = Secrecy.OPEN
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a round that names no department yet is offered: how such a department is called."""

    words: tuple[str, ...]
    question: str
    secrecy: str = Secrecy.OPEN


# Data: those that the methods name (domain 2.4). A question is written to the record.
PROPOSED = (
    Proposed(
        ("纪委监委", "纪委"),
        "该组织及其负责人近三年是否受到党纪政务处分，或者正在接受审查调查？",
        Secrecy.COORDINATOR,
    ),
    Proposed(("公安局", "公安"), "近三年是否发生过影响恶劣的刑事案件、治安案件？"),
    Proposed(("信访局", "信访"), "近三年是否发生过因处置不当引发的越级集体上访？"),
    Proposed(("应急管理局", "应急"), "近三年是否发生过生产安全责任事故？"),
    Proposed(("市场监督管理局", "市场监管"), "近三年是否受到市场监管领域的行政处罚？"),
)

# By row the department that is asked there; a round's ``DAYS`` stand under their own name.
Rows = Mapping[int, AskedOf]


def of_round(round_: Round) -> dict[int, AskedOf]:
    """By row who is asked what; one statement."""
    rows = round_.departments.select_related("department")
    return {
        row.position: AskedOf(row.department, row.question, row.secrecy, tuple(row.veto_codes))
        for row in rows
    }


def called(round_: Round, name: str) -> QuerySet[Organization]:
    """The organizations of the round's area that bear this name, with or without a category."""
    return within(round_).filter(name_key=key_of(name))


def within(round_: Round) -> QuerySet[Organization]:
    """Whom a round may ask: the organizations of its area."""
    prefix = round_.jurisdiction.prefix
    return Organization.objects.filter(jurisdiction__code__startswith=prefix, is_active=True)


def proposals(round_: Round) -> list[tuple[Proposed, Organization | None]]:
    """What is proposed, each with the one organization of the area itself called so; if any."""
    asked = Q(pk__in=())
    for one in PROPOSED:
        for word in one.words:
            asked |= Q(name_zh__contains=word)
    known = list(within(round_).filter(asked, jurisdiction=round_.jurisdiction)[: MOST * MOST])
    return [(one, _only(known, one.words)) for one in PROPOSED]


def _only(known: Iterable[Organization], words: Iterable[str]) -> Organization | None:
    """The only one whose name has the first of the words that any name has."""
    names = list(known)
    for word in words:
        found = [one for one in names if word in one.name_zh]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def unstaffed(round_: Round) -> list[Finding]:
    """The departments for which nobody answers, by name; one statement, none where none is asked.

    Remarks: people may be given seats later, and a letter be entered.
    """
    if round_.department_days is None:
        return []
    answers = Seat.objects.in_force().filter(
        role=Role.DEPARTMENT_CLERK, organization=OuterRef("department"), person__is_active=True
    )
    rows = round_.departments.filter(~Exists(answers)).select_related("department")
    told = _("%(department)s无人担任“%(role)s”，收不到征求意见单，请安全管理员授予岗位。")
    return [
        Finding(
            "nobody_answers",
            "",
            told % {"department": row.department.name, "role": Role.DEPARTMENT_CLERK.label},
            blocking=False,
        )
        for row in rows
    ]


@endings.act()
def set_departments(
    round_: Round,
    rows: Rows,
    days: int | None,
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Ask the departments of ``rows`` and no others, each within ``days`` working days.

    Without a row nobody is asked, and ``days`` is None. As all of ``configuring``: plain values;
    ``before`` is what the actor read, as ``as_read`` gives it. Raises RoundRefused.
    """
    held = hold(round_)
    role = role_to_change(held, actor)
    present = of_round(held)
    refuse(overtaken(before, as_read(present, held.department_days)))
    given = {
        number: AskedOf(one.department, line(one.question), one.secrecy, tuple(one.vetoes))
        for number, one in rows.items()
    }
    days = days if given else None
    refuse(_faults(held, given, days))
    changed = _in_words(present, held.department_days, given, days)
    if changed:
        held.department_days = days
        held.save(update_fields=["department_days"])
        held.departments.all().delete()
        RoundDepartment.objects.bulk_create(_row(held, *each) for each in given.items())
    record_part(held, "round.departments", changed, actor=actor, role=role)


def copy(former: Round, made: Round) -> None:
    """Ask the departments of a former round for the one made after it, but those dissolved."""
    asked = {number: one for number, one in of_round(former).items() if one.department.is_active}
    RoundDepartment.objects.bulk_create(_row(made, *each) for each in asked.items())
    if not asked and made.department_days is not None:
        made.department_days = None
        made.save(update_fields=["department_days"])


def ask(round_: Round, one: AskedOf) -> None:
    """Ask one more department, behind the others."""
    last = max(round_.departments.values_list("position", flat=True), default=0)
    _row(round_, last + 1, one).save()


def _row(round_: Round, number: int, one: AskedOf) -> RoundDepartment:
    return RoundDepartment(
        round=round_,
        position=number,
        department=one.department,
        question=one.question,
        secrecy=one.secrecy,
        veto_codes=list(one.vetoes),
    )


def as_read(rows: Rows, days: int | None) -> dict[str, Any]:
    """What a page showed, by the field at which a change is told."""
    shown: dict[str, Any] = {name_of(number): one for number, one in rows.items()}
    return {DEPARTMENT_DAYS: days} | {name_of(n): None for n in range(1, MOST + 1)} | shown


def name_of(number: int, part: str = "name") -> str:
    """How a field of a row is called, in the form and in the log."""
    return f"{DEPARTMENT}{number}-{part}"


def _faults(round_: Round, rows: Rows, days: int | None) -> Iterable[Finding]:
    if rows:
        yield from faults_of_days(days)
    taken: set[int] = set()
    for number, one in rows.items():
        if not 1 <= number <= MOST:
            yield _elsewhere(name_of(number))
        yield from faults_of(round_, one, partial(name_of, number))
        if one.department.pk in taken:
            told = _("这个部门已经在前面列过，一个部门只列一次。")
            yield Finding("department_twice", "", told, field=name_of(number))
        taken.add(one.department.pk)


def faults_of_days(days: int | None) -> Iterable[Finding]:
    if days is None or not 1 <= days <= MOST_DAYS:
        told = _("请填写部门答复的期限，1 至 %(most)d 个工作日。") % {"most": MOST_DAYS}
        yield Finding("department_days", "", told, field=DEPARTMENT_DAYS)


def faults_of(round_: Round, one: AskedOf, field: Callable[[str], str]) -> Iterable[Finding]:
    """What is wrong with one row; ``field`` says how the form calls each of its parts."""
    in_area = one.department.jurisdiction.code.startswith(round_.jurisdiction.prefix)
    if not in_area or not one.department.is_active:
        yield _elsewhere(field("name"))
    if not one.question:
        told = _("请写明问这个部门的一个问题。")
        yield Finding("no_question", "", told, field=field("question"))
    yield from too_long(one.question, LONGEST_QUESTION, field("question"))
    if one.secrecy not in Secrecy.values:
        told = _("请选择答复由谁查看。")
        yield Finding("secrecy_unknown", "", told, field=field("secrecy"))
    if set(one.vetoes) - set(queries.checks_with_veto(round_).values_list("code", flat=True)):
        told = _("本批次的标准没有把它列为一票否决。")
        yield Finding("no_veto_of_the_standard", "", told, field=field("vetoes"))


def _elsewhere(field: str) -> Finding:
    told = _("只能征求本辖区内有效组织的意见。")
    return Finding("department_elsewhere", "", told, field=field)


@of_the_record()
def _in_words(was: Rows, days: int | None, now: Rows, new_days: int | None) -> dict[str, list[str]]:
    """By field what stood before and what stands now."""
    pairs = {DEPARTMENT_DAYS: [str(days or ""), str(new_days or "")]}
    for number in sorted({*was, *now}):
        old, new = _said(was.get(number)), _said(now.get(number))
        pairs |= {name_of(number, part): [old[part], new[part]] for part in old}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _said(one: AskedOf | None) -> dict[str, str]:
    if one is None:
        return dict.fromkeys(("name", "question", "secrecy", "vetoes"), "")
    return {
        "name": one.department.name_zh,
        "question": one.question,
        "secrecy": str(Secrecy(one.secrecy).label),
        "vetoes": "、".join(one.vetoes),
    }
