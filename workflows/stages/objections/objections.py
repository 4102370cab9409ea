"""Objections: raised by anyone, accepted or refused, investigated, closed."""

from datetime import date, datetime
from typing import Any, Unpack

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings
from designation.site.sealing import seal, unseal

from ... import door
from ...case.facts import Case
from ...case.interests import KEEP_FROM_OBJECTIONS, belongs_to, tied_by
from ...case.rules import is_objection_officer
from ...door import Asked, How
from ..public_notice.models import Notice, NoticeEntry
from ..public_notice.periods import public_since
from . import announcements
from .course import ObjectionAct, entry_of, refusal, term_begun, told_to_whom_it_is_not
from .models import Objection, ObjectorIdentity
from .receipts import new_code


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
    tied = Q(pk__in=())
    for one in seats(person).all_hands(Role.OBJECTION_OFFICER):
        tied |= belongs_to(one) | tied_by(one, KEEP_FROM_OBJECTIONS)
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
    Raises Refusal when it came outside the period or the register is closed.
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
    )
    objection.term = term_begun(objection)
    objection.save(update_fields=["term"])
    if identity is not None:
        ObjectorIdentity.objects.create(objection=objection, sealed=seal(identity))
    role = WithoutSeat.PUBLIC if actor is None else Role.OBJECTION_OFFICER
    announcements.happened(objection, "objection.receive", actor=actor)
    record(objection, actor, role, "objection.receive")
    return objection


def _refuse_unless_in_time(entry: NoticeEntry, received_at: datetime) -> None:
    notice = entry.notice
    if entry.dropped_at is not None:
        raise refusal(_("这个组织已不在公示名单中。"))
    since = public_since(notice)
    if since is None or _day(received_at) < _day(since):
        raise refusal(_("收到时间早于公示发布，请核对。"))
    if received_at > clock.now():
        raise refusal(_("收到时间不能晚于现在，请核对。"))
    if notice.ends_at is None or clock.is_over(notice.ends_at, received_at):
        raise refusal(_("公示期已满，不再接收异议。"))
    if notice.register_closed_at is not None:
        raise refusal(_("异议登记已经关闭，不能再登记。"))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()


def accept(objection: Objection, *, reason: str, actor: Person, **how: Unpack[How]) -> None:
    """Accept for investigation: from now on it blocks its own applicant."""
    _handle("accept", objection, ObjectionAct(reason), Asked(actor, **how))


def refuse(objection: Objection, *, reason: str, actor: Person, **how: Unpack[How]) -> None:
    _handle("refuse", objection, ObjectionAct(reason), Asked(actor, **how))


def dismiss(objection: Objection, *, finding: str, actor: Person, **how: Unpack[How]) -> None:
    _handle("dismiss", objection, ObjectionAct(finding), Asked(actor, **how))


def uphold(
    objection: Objection, *, finding: str, reverify: bool, actor: Person, **how: Unpack[How]
) -> None:
    """Close as upheld and move the application: rejected, or back to verification.

    Raises Refusal, and leaves all as it was, when the application cannot move.
    """
    _handle("uphold", objection, ObjectionAct(finding, reverify=reverify), Asked(actor, **how))


def _handle(name: str, objection: Objection, act: ObjectionAct, asked: Asked) -> None:
    """Through the door; the objection at hand then says what stands."""
    try:
        door.follow(f"objection.{name}", [objection.pk], asked=asked, act=act)
    finally:
        objection.refresh_from_db()


def _refuse_unless_theirs(application: Application, person: Person) -> None:
    """Who hears an objection has neither prepared, reviewed, verified nor proposed the case."""
    holds = seats(person).holds_over(application.area_code, Role.OBJECTION_OFFICER)
    if not holds or not is_objection_officer(Case(application), person):
        raise told_to_whom_it_is_not(application, person)


@endings.act()
def identity(objection: Objection, *, actor: Person) -> dict[str, str] | None:
    """Who objected; every view of it is recorded. None for an anonymous objection.

    Raises Refusal when the officer has to step aside, and when it was sealed under
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
        raise refusal(message) from error


def record(
    objection: Objection, actor: Person | None, role: Role | WithoutSeat, action: str
) -> None:
    """One audit event of an objection, without a word of who raised it."""
    events.append(entry_of(objection, actor, role, action))
