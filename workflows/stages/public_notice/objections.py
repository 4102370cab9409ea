"""Objections: raised by anyone, accepted or refused, investigated, closed."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from designation import clock
from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ... import transitions
from ...cases import Act
from ...findings import GateFinding
from ...working_days import calendar
from .models import NoticeEntry, Objection, ObjectorIdentity
from .sealing import seal, unseal

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
# Working days, our defaults: to accept or refuse, and to investigate.
HANDLING_DAYS = 2
INVESTIGATION_DAYS = 10


def is_open_to_objections(entry: NoticeEntry) -> bool:
    ends_at = entry.notice.ends_at
    return ends_at is not None and clock.now() < ends_at and entry.dropped_at is None


@transaction.atomic
def raise_objection(
    entry: NoticeEntry,
    *,
    facts: str,
    identity: dict[str, str] | None,
    channel: str = Objection.Channel.WEB,
    actor: Person | None = None,
) -> Objection:
    """Register an objection; ``identity`` None is anonymous. Returns it with its receipt code.

    Raises transitions.Refused after the last moment of the period.
    """
    if not is_open_to_objections(entry):
        raise _refusal(_("公示期已满，不再接收异议。"))
    now = clock.now()
    objection = Objection.objects.create(
        entry=entry,
        receipt_code="".join(secrets.choice(_ALPHABET) for _place in range(_CODE_LENGTH)),
        channel=channel,
        is_named=identity is not None,
        facts=facts,
        received_at=now,
        due_at=calendar().deadline(now, HANDLING_DAYS),
    )
    if identity is not None:
        ObjectorIdentity.objects.create(objection=objection, sealed=seal(identity))
    _record(objection, actor, "objection.receive")
    return objection


@transaction.atomic
def accept(objection: Objection, *, reason: str, actor: Person) -> None:
    """Accept for investigation: from now on it blocks its own applicant."""
    _handle(objection, Objection.Status.ACCEPTED, reason, actor)
    objection.due_at = calendar().deadline(clock.now(), INVESTIGATION_DAYS)
    objection.save(update_fields=["due_at"])


@transaction.atomic
def refuse(objection: Objection, *, reason: str, actor: Person) -> None:
    _handle(objection, Objection.Status.REFUSED, reason, actor)


def _handle(objection: Objection, status: Objection.Status, reason: str, actor: Person) -> None:
    _lock(objection, actor, Objection.Status.RECEIVED)
    objection.status = status
    objection.handled_by, objection.handled_at = actor, clock.now()
    objection.handling_reason = reason
    objection.save()
    _record(objection, actor, f"objection.{status}")


@transaction.atomic
def dismiss(objection: Objection, *, finding: str, actor: Person) -> None:
    _close(objection, Objection.Status.DISMISSED, finding, actor)


@transaction.atomic
def uphold(objection: Objection, *, finding: str, reverify: bool, actor: Person) -> None:
    """Close as upheld and move the application: rejected, or back to verification.

    Raises transitions.Refused, and leaves all as it was, when the application cannot move.
    """
    _close(objection, Objection.Status.UPHELD, finding, actor)
    transitions.perform(
        "reverify" if reverify else "uphold_objection",
        objection.entry.application_id,
        actor=actor,
        act=Act(opinion=finding, objection_id=objection.pk),
    )


def _close(objection: Objection, status: Objection.Status, finding: str, actor: Person) -> None:
    _lock(objection, actor, Objection.Status.ACCEPTED)
    objection.status = status
    objection.closed_by, objection.closed_at = actor, clock.now()
    objection.finding = finding
    objection.save()
    _record(objection, actor, f"objection.{status}")


def _lock(objection: Objection, actor: Person, expected: Objection.Status) -> None:
    Objection.objects.select_for_update().get(pk=objection.pk)
    objection.refresh_from_db()
    code = objection.entry.application.area_code
    if not seats(actor).holds_over(code, Role.OBJECTION_OFFICER):
        raise _refusal(_("请由异议受理人办理。"))
    if objection.status != expected:
        raise _refusal(_("这件异议已由他人办理，请查看最新情况。"))


@transaction.atomic
def identity(objection: Objection, *, actor: Person) -> dict[str, str] | None:
    """Who objected; every view of it is recorded. None for an anonymous objection."""
    sealed = ObjectorIdentity.objects.filter(objection=objection).first()
    if sealed is None:
        return None
    _record(objection, actor, "objection.view_identity")
    return unseal(bytes(sealed.sealed))


def _refusal(message: str) -> transitions.Refused:
    return transitions.Refused(None, [GateFinding("objection", _("异议办理"), message)])


def _record(objection: Objection, actor: Person | None, action: str) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=objection,
            jurisdiction_code=objection.entry.application.area_code,
            details={"status": objection.status},
        )
    )
