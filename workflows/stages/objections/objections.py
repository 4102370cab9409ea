"""Objections: raised by anyone, accepted or refused, investigated, closed."""

from datetime import date, datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings

from ... import transitions
from ...case.facts import Act, Case
from ...case.interests import KEEP_FROM_OBJECTIONS, belongs_to, tied_by
from ...case.rules import is_objection_officer
from ...findings import GateFinding
from ...flow import NOTICED
from ..public_notice.models import Notice, NoticeEntry, Objection, ObjectorIdentity
from . import announcements
from .receipts import new_code
from .sealing import seal, unseal

# Working days, our defaults: to accept or refuse, and to investigate.
HANDLING_DAYS = 2
INVESTIGATION_DAYS = 10


def is_open_to_objections(entry: NoticeEntry) -> bool:
    ends_at = entry.notice.ends_at
    return ends_at is not None and not clock.is_over(ends_at) and entry.dropped_at is None


def unsettled(person: Person) -> QuerySet[Objection]:
    """Objections of the officer's own area that wait to be accepted, refused or answered."""
    waiting = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)
    return in_scope(person).filter(status__in=waiting)


def in_scope(person: Person) -> QuerySet[Objection]:
    """Every objection of the officer's own area that is theirs to read.

    Who may not decide does not read: objections to their own organization, or to what they
    prepared, reviewed, verified or proposed, are sealed to them.
    """
    mine = seats(person).within("entry__application__area_code", Role.OBJECTION_OFFICER)
    return Objection.objects.filter(mine, entry__application__in=_theirs_to_hear(person))


def entries_to_enter(person: Person) -> QuerySet[NoticeEntry]:
    """Names on notices against which the officer may enter what came by phone or letter."""
    mine = seats(person).within("application__area_code", Role.OBJECTION_OFFICER)
    return NoticeEntry.objects.filter(mine, application__in=_theirs_to_hear(person))


def _theirs_to_hear(person: Person) -> QuerySet[Any, Any]:
    tied = belongs_to(person) | tied_by(person, KEEP_FROM_OBJECTIONS)
    return Application.objects.exclude(tied).order_by().values("pk")


def may_be_entered(entry: NoticeEntry) -> bool:
    """Whether an objection received in time may still be entered: until the register closes."""
    notice = entry.notice
    published = notice.published_at is not None
    return published and notice.register_closed_at is None and entry.dropped_at is None


@endings.act()
def raise_objection(
    entry: NoticeEntry,
    *,
    facts: str,
    identity: dict[str, str] | None,
    channel: str = Objection.Channel.WEB,
    actor: Person | None = None,
    received_at: datetime | None = None,
) -> Objection:
    """Register an objection; ``identity`` None is anonymous. Returns it with its receipt code.

    ``received_at`` is when a call, letter (postmark), e-mail or visit came, now for the web.
    Raises transitions.Refused when it came outside the period or the register is closed.
    """
    if actor is not None:
        _refuse_unless_theirs(entry.application, actor)
    Notice.objects.select_for_update(no_key=True).get(pk=entry.notice_id)
    entry.refresh_from_db()
    received_at = received_at or clock.now()
    _refuse_unless_in_time(entry, received_at)
    objection = Objection.objects.create(
        receipt_code=new_code(),
        entry=entry,
        channel=channel,
        is_named=identity is not None,
        facts=facts,
        received_at=received_at,
        due_at=_due(HANDLING_DAYS),
    )
    if identity is not None:
        ObjectorIdentity.objects.create(objection=objection, sealed=seal(identity))
    role = WithoutSeat.PUBLIC if actor is None else Role.OBJECTION_OFFICER
    announcements.happened(objection, "objection.receive", actor=actor)
    record(objection, actor, role, "objection.receive")
    return objection


def _refuse_unless_in_time(entry: NoticeEntry, received_at: datetime) -> None:
    notice = entry.notice
    if entry.dropped_at is not None:
        raise _refusal(_("这个组织已不在公示名单中。"))
    if notice.published_at is None or _day(received_at) < _day(notice.published_at):
        raise _refusal(_("收到时间早于公示发布，请核对。"))
    if received_at > clock.now():
        raise _refusal(_("收到时间不能晚于现在，请核对。"))
    if notice.ends_at is None or clock.is_over(notice.ends_at, received_at):
        raise _refusal(_("公示期已满，不再接收异议。"))
    if notice.register_closed_at is not None:
        raise _refusal(_("异议登记已经关闭，不能再登记。"))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()


def _due(days: int) -> datetime | None:
    """The deadline; None where the calendar ends: an objection is taken in all the same."""
    try:
        return calendar().deadline(clock.now(), days)
    except CalendarUnknown:
        return None


@endings.act()
def accept(objection: Objection, *, reason: str, actor: Person) -> None:
    """Accept for investigation: from now on it blocks its own applicant."""
    _handle(objection, Objection.Status.ACCEPTED, reason, actor)


@endings.act()
def refuse(objection: Objection, *, reason: str, actor: Person) -> None:
    _handle(objection, Objection.Status.REFUSED, reason, actor)


def _handle(objection: Objection, status: Objection.Status, reason: str, actor: Person) -> None:
    _lock(objection, actor, Objection.Status.RECEIVED)
    objection.status = status
    objection.handled_by, objection.handled_at = actor, clock.now()
    objection.handling_reason = reason
    if status == Objection.Status.ACCEPTED:
        objection.due_at = _due(INVESTIGATION_DAYS)
    objection.save()
    announcements.happened(objection, f"objection.{status}", actor=actor)
    record(objection, actor, Role.OBJECTION_OFFICER, f"objection.{status}")


@endings.act()
def dismiss(objection: Objection, *, finding: str, actor: Person) -> None:
    _close(objection, Objection.Status.DISMISSED, finding, actor)


@endings.act()
def uphold(objection: Objection, *, finding: str, reverify: bool, actor: Person) -> None:
    """Close as upheld and move the application: rejected, or back to verification.

    Raises transitions.Refused, and leaves all as it was, when the application cannot move.
    """
    _close(objection, Objection.Status.UPHELD, finding, actor)
    application_id = objection.entry.application_id
    if not Application.objects.filter(pk=application_id, stage__in=NOTICED).exists():
        # Another objection has already moved it; this finding is kept beside that one.
        return
    transitions.perform(
        "reverify" if reverify else "uphold_objection",
        application_id,
        actor=actor,
        act=Act(opinion=finding, objection_id=objection.pk),
    )


def _close(objection: Objection, status: Objection.Status, finding: str, actor: Person) -> None:
    _lock(objection, actor, Objection.Status.ACCEPTED)
    objection.status = status
    objection.closed_by, objection.closed_at = actor, clock.now()
    objection.finding = finding
    objection.save()
    announcements.happened(objection, f"objection.{status}", actor=actor)
    record(objection, actor, Role.OBJECTION_OFFICER, f"objection.{status}")


def _lock(objection: Objection, actor: Person, expected: Objection.Status) -> None:
    Objection.objects.select_for_update().get(pk=objection.pk)
    objection.refresh_from_db()
    _refuse_unless_theirs(objection.entry.application, actor)
    if objection.status != expected:
        raise _refusal(_("这件异议已由他人办理，请查看最新情况。"))


def _refuse_unless_theirs(application: Application, person: Person) -> None:
    """Who hears an objection has neither prepared, reviewed, verified nor proposed the case."""
    if not seats(person).holds_over(application.area_code, Role.OBJECTION_OFFICER):
        raise _refusal(_("请由异议受理人办理。"))
    if not is_objection_officer(Case(application), person):
        raise _refusal(
            _("您来自申报单位，或参与过填报、初审、核查、公示提出，应当回避，请由其他受理人办理。")
        )


@endings.act()
def identity(objection: Objection, *, actor: Person) -> dict[str, str] | None:
    """Who objected; every view of it is recorded. None for an anonymous objection.

    Raises transitions.Refused when the officer has to step aside, and when it was sealed under
    another key.
    """
    _refuse_unless_theirs(objection.entry.application, actor)
    sealed = ObjectorIdentity.objects.filter(objection=objection).first()
    if sealed is None:
        return None
    record(objection, actor, Role.OBJECTION_OFFICER, "objection.view_identity")
    try:
        return unseal(bytes(sealed.sealed))
    except InvalidToken as error:
        message = _("密封所用的密钥已更换，无法打开。请系统运维人员恢复原来的密钥。")
        raise _refusal(message) from error


def _refusal(message: str) -> transitions.Refused:
    return transitions.Refused(None, [GateFinding("objection", _("异议办理"), message)])


def record(
    objection: Objection, actor: Person | None, role: Role | WithoutSeat, action: str
) -> None:
    """One audit event of an objection, without a word of who raised it."""
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=objection,
            jurisdiction_code=objection.entry.application.area_code,
            role=role,
            details={"status": objection.status},
        )
    )
