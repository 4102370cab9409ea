"""Who is told of re-checks and self-reports: the unit that holds the title, and the county."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import (
    Announcement,
    announce,
    leave_untold,
    name_fields,
    store,
)
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In, Over
from designation.announcements.subjects import SubjectKind
from designation.calendar.working_days import end_of_day
from designation.organizations.models import Organization, Person, Role
from designation.site import clock

from . import due, rules
from .case import RecheckCase
from .models import Outcome, Recheck, RecheckStep, SelfReport

_UNIT = (In(Role.HEAD, "holder"), In(Role.PREPARER, "holder"))
_COORDINATORS, _DECIDERS = (Over(Role.COUNTY_COORDINATOR),), (Over(Role.DECIDING_OFFICER),)
_FIELDS = ("organization", "number", "year", "why", "reason", "outcome", "due")
_NUMBER, _WHY = _("名册编号：%(number)s"), _("复核事由：%(why)s")
_SAID = _("说明：%(reason)s")

# By action: who is told what; and whether it is theirs to act upon.
_MESSAGES: Mapping[str, tuple[tuple[Any, Any, bool], ...]] = {
    "recheck.enter": (
        (_UNIT, _("%(organization)s的称号列入 %(year)s 年复核，将安排实地核查。"), False),
    ),
    "recheck.tell": (
        (_UNIT, _("%(organization)s的称号复核有了核查结果，请在期限前答复。"), True),
        (_COORDINATORS, _("%(organization)s的核查结果已告知单位，等待答复。"), False),
    ),
    "recheck.answer": (
        (_COORDINATORS, _("%(organization)s已答复核查结果，请作出复核结论。"), True),
    ),
    "recheck.lapse": (
        (_COORDINATORS, _("%(organization)s期满没有答复核查结果，请作出复核结论。"), True),
        (_UNIT, _("%(organization)s对核查结果的答复期限已过；作出结论以前仍可答复。"), False),
    ),
    "recheck.conclude": (
        (_UNIT, _("%(organization)s的 %(year)s 年复核已有结论：%(outcome)s。"), False),
        (_COORDINATORS, _("%(organization)s的复核已有结论：%(outcome)s。"), False),
    ),
    "recheck.propose": (
        (_DECIDERS, _("%(organization)s的称号复核后提请撤销，请决定。"), True),
        (_UNIT, _("%(organization)s的称号复核后提请撤销，由审定人决定。"), False),
    ),
    "recheck.decline": (
        (_COORDINATORS, _("审定人决定不撤销%(organization)s的称号，请另作复核结论。"), True),
        (_UNIT, _("%(organization)s的称号不予撤销，复核另作结论。"), False),
    ),
    "recheck.drop": ((_UNIT, _("%(organization)s的 %(year)s 年复核已终止。"), False),),
}


def declare() -> None:
    name_fields({"year": _("年度"), "why": _("复核事由"), "outcome": _("结论")})
    for action, told in _MESSAGES.items():
        store(action, said=_FIELDS, parties=("holder",))
        for receivers, sentence, asks in told:
            announce(
                Announcement(
                    action,
                    receivers,
                    sentence,
                    (_NUMBER, _WHY, _("办理期限：%(due)s"), _SAID),
                    asks_to_act=asks,
                    is_decision=receivers is _UNIT and action == "recheck.conclude",
                )
            )
    _declare_reports()
    # The revocation itself is told (``titles.announcements``).
    store("recheck.revoke", said=_FIELDS, parties=("holder",))
    leave_untold("recheck.revoke")
    subjects.register("workflows.recheck", _page("rechecks:recheck", rules.in_scope))
    subjects.register("workflows.selfreport", _page("rechecks:report", rules.reports_in_scope))


def _declare_reports() -> None:
    fields = ("organization", "number", "year", "due")
    for action in (
        "self_report.ask",
        "self_report.excuse",
        "self_report.ended",
        "self_report.changed",
    ):
        store(action, said=fields, parties=("holder",))
    asked = _("请上报%(organization)s称号的 %(year)s 年度自查。")
    announce(
        Announcement(
            "self_report.ask", _UNIT, asked, (_NUMBER, _("上报期限：%(due)s")), asks_to_act=True
        ),
        Announcement(
            "self_report.excuse",
            _UNIT,
            _("%(organization)s的称号今年复核，不用再上报年度自查。"),
            (_NUMBER,),
        ),
        Announcement(
            "self_report.ended",
            _UNIT,
            _("%(organization)s的称号不再有效，不用再上报 %(year)s 年度自查。"),
            (_NUMBER,),
        ),
        Announcement(
            "self_report.changed",
            _COORDINATORS,
            _("%(organization)s的年度自查有变化，请查看。"),
            (_NUMBER,),
        ),
    )


def _page(name: str, scope: Any) -> SubjectKind:
    return SubjectKind(
        opens=_("查看称号复核"),
        page=lambda row: (name, [row.pk]),
        may_see=lambda person, key: scope(person).filter(pk=key).exists(),
    )


def entered(recheck: Recheck, holder: Organization, actor: Person, role: Role) -> None:
    """Tell the unit that its title is re-checked this year, and why."""
    _tell(
        "recheck.enter",
        recheck,
        holder,
        actor=actor,
        role=role,
        why=said.words(Recheck.Why(recheck.why).label),
        reason=recheck.reason,
        outcome="",
        due=said.deadline(end_of_day(recheck.due_on)),
    )


def happened(case: RecheckCase, step: RecheckStep) -> None:
    """Tell of a passage, within its transaction."""
    running = due.answer_until(case.recheck)
    _tell(
        f"recheck.{step.act}",
        case.recheck,
        case.holder,
        actor=step.actor,
        role=step.role,
        why=said.words(Recheck.Why(case.recheck.why).label),
        reason=step.text,
        outcome=said.words(Outcome(step.outcome).label) if step.outcome else "",
        due=said.deadline(running.due_at if running else None),
    )


def of_report(
    action: str, report: SelfReport, holder: Organization, actor: Person | None, role: str
) -> None:
    """Tell the unit that it is asked, or excused; the county where something changed."""
    due_at = end_of_day(report.due_on)
    _tell(action, report, holder, actor=actor, role=role, due=said.deadline(due_at))


def _tell(
    action: str,
    subject: Recheck | SelfReport,
    holder: Organization,
    *,
    actor: Person | None,
    role: str,
    **more: Any,
) -> None:
    title = subject.title
    about = {
        "organization": said.name(holder),
        "number": title.number,
        "year": str(subject.year),
    }
    tell(
        Event(
            action=action,
            subject=subject,
            jurisdiction_code=title.jurisdiction.code,
            actor=actor,
            role=role,
            said=about | more,
            parties={"holder": holder.pk},
            at=clock.now(),
        )
    )
