"""Objections: raised by anyone, accepted or refused, investigated, closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Unpack

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.calendar import terms
from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings, filling
from designation.site.sealing import seal, unseal

from ... import door
from ...case.facts import Case
from ...case.interests import KEEP_FROM_OBJECTIONS, belongs_to, tied_by
from ...case.rules import is_objection_officer, where_held
from ...door import Asked, How
from ..public_notice.models import Notice, NoticeEntry
from ..public_notice.periods import public_since, stands_anew
from . import announcements, attachments, investigators, joined, redaction
from .attachments import Attached
from .course import (
    ObjectionAct,
    ObjectionCourse,
    entry_of,
    refusal,
    term_begun,
    told_to_whom_it_is_not,
)
from .models import Objection, ObjectionStep, ObjectorIdentity
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
    if Role.OBJECTION_OFFICER not in seats(person).roles:
        return Objection.objects.none()
    mine = seats(person).within("entry__application__area_code", Role.OBJECTION_OFFICER)
    return Objection.objects.filter(mine, entry__application__in=_theirs_to_hear(person))


def readable(person: Person) -> QuerySet[Objection]:
    """Those that the person reads in full: as their officer, or to investigate them."""
    return in_scope(person) | Objection.objects.filter(pk__in=_given_to(person))


def looked_into(person: Person) -> QuerySet[Objection]:
    """Those whose text and attachments the person reads: what is joined to theirs, too.

    Who raised what is joined is its officer's alone to open (our default).
    """
    given = _given_to(person)
    along = joined.joined_to(given).values("objection")
    return in_scope(person) | Objection.objects.filter(Q(pk__in=given) | Q(pk__in=along))


def _given_to(person: Person) -> list[int]:
    return [one.objection_id for one in investigators.given_to(person)]


def under_investigation(person: Person) -> QuerySet[Objection]:
    """Those of which they make a finding."""
    return in_scope(person).filter(status=Objection.Status.ACCEPTED)


def closed(person: Person) -> QuerySet[Objection]:
    """Those with a finding."""
    found = (Objection.Status.UPHELD, Objection.Status.DISMISSED)
    return in_scope(person).filter(status__in=found)


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
    attached: Sequence[Attached] = (),
) -> Objection:
    """Register an objection; ``identity`` None is anonymous. Returns it with its receipt code.

    ``attached`` are its attachments, as ``attachments.judged`` gave them. ``received_at`` is when
    a call, letter (postmark), e-mail or visit came, now for the web. Raises Refusal when it came
    outside the period or the register is closed.
    """
    if actor is not None:
        refuse_unless_theirs(entry.application, actor)
    Notice.objects.select_for_update(no_key=True).get(pk=entry.notice_id)
    entry.refresh_from_db()
    _refuse_unless_in_time(entry, received_at)
    received_at = received_at or clock.now()
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
    attachments.keep(objection, attached)
    role = WithoutSeat.PUBLIC if actor is None else Role.OBJECTION_OFFICER
    announcements.happened(objection, "objection.receive", actor=actor)
    record(objection, actor, role, "objection.receive")
    return objection


def _refuse_unless_in_time(entry: NoticeEntry, typed: datetime | None) -> None:
    """``typed`` is when it came, as the officer enters it; None is now."""
    notice, received_at = entry.notice, typed or clock.now()
    if entry.dropped_at is not None:
        raise refusal(_why_not_listed(entry))
    since = public_since(notice)
    if since is None or _day(received_at) < _day(since):
        raise refusal(_("收到时间早于公示发布，请核对。"))
    if received_at > clock.now():
        raise refusal(_("收到时间不能晚于现在，请核对。"))
    if notice.ends_at is None or clock.came_late(notice.ends_at, typed):
        raise refusal(_("公示期已满，不再接收异议。"))
    if notice.register_closed_at is not None:
        raise refusal(_("异议登记已经关闭，不能再登记。"))


def _why_not_listed(entry: NoticeEntry) -> str:
    anew = stands_anew(entry)
    if anew is None:
        return _("这个组织已不在公示名单中。")
    if anew.notice.status == Notice.Status.DRAFT:
        return _(
            "这份公示已终止，将重新公示；可以等重新公示后提出异议，也可以现在打电话或者写信向受理单位提出。"
        )
    return _("这份公示已终止，名单已重新公示，请在新的公示上提出异议。")


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
    objection: Objection,
    *,
    finding: str,
    reverify: bool,
    actor: Person,
    items: Sequence[str] = (),
    fault: str = "",
    **how: Unpack[How],
) -> None:
    """Close as upheld and move the application: rejected, or back to verification.

    ``items`` are the codes of those that are verified anew, none for all; ``fault`` is what bars
    one that is rejected for longer, kept with the decision that rejects it. Raises Refusal, and
    leaves all as it was, when the application cannot move, or the organization was not heard.
    """
    act = ObjectionAct(finding, reverify=reverify, items=tuple(items), fault=fault)
    _handle("uphold", objection, act, Asked(actor, **how))


@endings.act()
def answer(objection: Objection, *, answer: str, actor: Person, **how: Unpack[How]) -> Objection:
    """Answer in writing whoever objected by name, once it is closed; on record.

    What is joined to it is answered by the same words, each for itself. Raises Refusal where there
    is nobody to answer, or they were answered, and for words that tell one objector of another.
    """
    refuse_unless_theirs(objection.entry.application, actor)
    held = ObjectionCourse.lock([objection.pk])[0]
    if not held.awaits_answer:
        raise refusal(_("只在办结以后书面答复实名的异议人，一次为限；这件异议现在不需要答复。"))
    led = ObjectionCourse.lock(joined.led_by(held))
    filling.refuse(redaction.tells_another([held, *led], answer, field="answer"))
    asked = Asked(actor, **how)
    for one in (held, *(one for one in led if one.awaits_answer)):
        _answer(one, answer, asked)
    return held


def _answer(objection: Objection, answer: str, asked: Asked) -> None:
    filling.refuse(filling.fill(objection, {"answer": answer}, columns=("answer",)).findings)
    if not objection.answer:
        raise refusal(_("请写明答复的内容。"))
    objection.answered_by, objection.answered_at = asked.person, clock.now()
    objection.save()
    if objection.term is not None:
        terms.end_unless_ended(objection.term, at=objection.answered_at, as_=Term.Ending.MET)
    keep_step(objection, "answer", asked, role=Role.OBJECTION_OFFICER, said=objection.answer)


# What is done beside the course of an objection, as its steps call it.
_STEPS = {
    "answer": "answered",
    "redact": "redacted",
    "release": "released",
    "state": "stated",
    "assign": "assigned",
    "report": "reported",
    "ask_longer": "longer_asked",
    "grant_longer": "longer_given",
    "refuse_longer": "not_longer",
    "join": "joined",
    "separate": "separated",
}


def keep_step(objection: Objection, act: str, asked: Asked, *, role: Role, said: str) -> None:
    """Keep in its steps and in the log what was done beside the course of the objection."""
    by = asked.by_seat(role, where_held(objection.entry.application, role))
    ObjectionStep.objects.create(
        objection=objection, act=_STEPS[act], role=role, at=clock.now(), reason=said, **by.on_record
    )
    made = entry_of(objection, by.actor, role, f"objection.{act}")
    events.append(replace(made, acted_for=by.acting_for))


def _handle(name: str, objection: Objection, act: ObjectionAct, asked: Asked) -> None:
    """Through the door; the objection at hand then says what stands."""
    try:
        door.follow(f"objection.{name}", [objection.pk], asked=asked, act=act)
    finally:
        objection.refresh_from_db()


def refuse_unless_theirs(application: Application, person: Person) -> None:
    """Who hears an objection has neither prepared, reviewed, verified nor proposed the case."""
    if not _hears(application, person):
        raise told_to_whom_it_is_not(application, person)


def _hears(application: Application, person: Person) -> bool:
    holds = seats(person).holds_over(application.area_code, Role.OBJECTION_OFFICER)
    return holds and is_objection_officer(Case(application), person)


def _role_of_the_reader(objection: Objection, person: Person) -> Role:
    """As what they read what is sealed: its officer, or who investigates it. Raises Refusal."""
    if _hears(objection.entry.application, person):
        return Role.OBJECTION_OFFICER
    role = investigators.role(objection, person)
    if role is None:
        raise told_to_whom_it_is_not(objection.entry.application, person)
    return role


@endings.act()
def identity(objection: Objection, *, actor: Person) -> dict[str, str] | None:
    """Who objected; every view of it is recorded. None for an anonymous objection.

    Raises Refusal when it is not theirs to read, and when it was sealed under another key.
    """
    role = _role_of_the_reader(objection, actor)
    sealed = ObjectorIdentity.objects.filter(objection=objection).first()
    if sealed is None:
        return None
    record(objection, actor, role, "objection.view_identity")
    try:
        return unseal(bytes(sealed.sealed))
    except InvalidToken as error:
        raise attachments.shut() from error


@endings.act()
def attachment(objection: Objection, number: int, *, actor: Person) -> tuple[str, bytes] | None:
    """Type and content of an attachment; every view is recorded. None for one that is not there.

    Of what is joined, also for whoever investigates the one that leads it. Raises Refusal as
    ``identity``.
    """
    role = _role_of_the_reader(joined.leading(objection), actor)
    found = objection.attachments.filter(number=number).first()
    if found is None:
        return None
    record(objection, actor, role, "objection.view_attachment")
    return found.media_type, attachments.unsealed(found)


def record(
    objection: Objection, actor: Person | None, role: Role | WithoutSeat, action: str
) -> None:
    """One audit event of an objection, without a word of who raised it."""
    events.append(entry_of(objection, actor, role, action))
