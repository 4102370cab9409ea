"""Asking the departments of a round, all at once: a list of names to each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.calendar import terms
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Organization, Person, Role
from designation.rounds.configuring import hold
from designation.rounds.models import Round, RoundDepartment
from designation.rounds.queries import departments_asked
from designation.site import clock, endings, seen_whole
from designation.site.refusal import Refusal

from .facts import is_asked_of
from .models import OpinionLine, OpinionList
from .recording import record
from .reminding import AWAITED
from .rules import ASKED_AT, coordinating_role


def to_ask(round_: Round) -> list[tuple[RoundDepartment, list[Application]]]:
    """By department the names of which it was not asked yet. Three statements.

    A department that was asked of all is left out.
    """
    departments = departments_asked(round_)
    if not departments:
        return []
    standing = list(
        round_.applications.filter(stage__in=ASKED_AT)
        .select_related("organization__superior", "organization__jurisdiction__parent")
        .order_by("area_code", "pk")
    )
    lines = OpinionLine.objects.filter(application__in=standing)
    asked = set(lines.values_list("application_id", "department_id"))
    found = [
        (
            one,
            [
                row
                for row in standing
                if (row.pk, one.department_id) not in asked and is_asked_of(one, row)
            ],
        )
        for one in departments
    ]
    return [(one, rows) for one, rows in found if rows]


def asked_of_anybody(round_: Round) -> set[int]:
    """The departments that were sent a list, by key of the organization."""
    return set(OpinionList.objects.filter(round=round_).values_list("department", flat=True))


def as_shown(found: Iterable[tuple[RoundDepartment, list[Application]]]) -> list[Any]:
    """What a page says of whom is asked about whom, for comparing what was seen."""
    return [[one.department_id, [row.pk for row in rows]] for one, rows in found]


@endings.act()
def send(
    round_: Round, *, actor: Person, seen: Mapping[str, Any] | None = None
) -> list[OpinionList]:
    """Send to each department the names of which it was not asked yet; a term begins for each.

    ``seen`` is the form that was pressed: it showed who is asked about whom. Raises Refusal for
    who does not coordinate the round, when there is nobody to ask about, when that has changed
    since, and where the calendar does not reach.
    """
    held = hold(round_)
    role = coordinating_role(held, actor)
    if role is None:
        raise Refusal.because("not_permitted", _("请由本辖区的县级经办人发出。"))
    found = to_ask(held)
    if seen is not None and not seen_whole.is_as_seen(seen, as_shown(found)):
        told = _("名单在您打开页面后有变化，请看过现在的名单再发出。")
        raise Refusal.because("changed_meanwhile", told)
    if not found:
        raise Refusal.because("nobody_to_ask", _("没有还要征求意见的单位。"))
    sent = [_sent(held, one, rows, actor, role) for one, rows in found]
    for opinions, (_one, rows) in zip(sent, found, strict=True):
        record(opinions, "opinion_list.send", actor=actor, role=role, count=len(rows))
    return sent


def _sent(
    round_: Round, one: RoundDepartment, rows: list[Application], actor: Person, role: Role
) -> OpinionList:
    now = clock.now()
    opinions = OpinionList.objects.create(
        round=round_,
        department=one.department,
        question=one.question,
        secrecy=one.secrecy,
        veto_codes=one.veto_codes,
        sent_by=actor,
        role=role,
        sent_at=now,
    )
    OpinionLine.objects.bulk_create(_line(opinions, row) for row in rows)
    whose = Whose(Role.DEPARTMENT_CLERK, organization_id=one.department_id)
    days = round_.department_days
    try:
        opinions.term = terms.begin(AWAITED, about=opinions, at=now, days=days, whose=whose)
    except CalendarUnknown as unknown:
        rule = _("期限按工作日历计算")
        raise Refusal.because("calendar_unknown", str(unknown), rule=rule) from unknown
    opinions.save(update_fields=["term"])
    return opinions


def _line(opinions: OpinionList, row: Application) -> OpinionLine:
    organization = row.organization
    superior = organization.superior
    return OpinionLine(
        list=opinions,
        application=row,
        department_id=opinions.department_id,
        name=organization.name_zh,
        superior=superior.name_zh if superior else "",
        area=_area(organization),
    )


def _area(organization: Organization) -> str:
    """The county before the township, as an address begins."""
    area = organization.jurisdiction
    return f"{area.parent.name_zh}{area.name_zh}" if area.parent else area.name_zh
