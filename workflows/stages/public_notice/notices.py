"""A notice through its four steps: proposed, reviewed for secrecy, approved, published."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from designation import clock
from designation.applications.models import Application, Stage
from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round

from ... import transitions
from ...findings import GateFinding
from ...working_days import CalendarUnknown, calendar
from .models import Notice, NoticeEntry
from .text import notice_sha256

PRINTED_FIELDS = (
    "title",
    "basis",
    "procedure",
    "meeting_name",
    "meeting_on",
    "meeting_attendance",
    "meeting_result",
    "contact_unit",
    "contact_phone",
    "contact_email",
    "contact_address",
)


def may(notice: Notice, person: Person, role: Role) -> bool:
    return seats(person).holds_over(notice.round.jurisdiction.code, role)


def eligible(round_: Round) -> Any:
    """Verified applications of the round that stand on no notice yet."""
    return (
        Application.objects.filter(round=round_, stage=Stage.VERIFIED)
        .exclude(notice_entries__dropped_at__isnull=True, notice_entries__isnull=False)
        .select_related("organization__jurisdiction")
        .order_by("category", "area_code", "pk")
    )


@transaction.atomic
def propose(
    round_: Round,
    printed: Mapping[str, Any],
    applications: Iterable[Application],
    *,
    actor: Person,
) -> Notice:
    """Compose a notice (提出) over verified applications; ``printed`` has PRINTED_FIELDS."""
    now = clock.now()
    notice = Notice.objects.create(
        round=round_, proposed_by=actor, proposed_at=now, **{k: printed[k] for k in PRINTED_FIELDS}
    )
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, application=application) for application in applications
    )
    _record(notice, actor, "notice.propose")
    return notice


@transaction.atomic
def review_secrecy(notice: Notice, *, actor: Person) -> None:
    """The secrecy reviewer (保密审查人) has read it; another person than the proposer."""
    _step(notice, actor, "secrecy_reviewed", Role.SECRECY_REVIEWER)


@transaction.atomic
def approve(notice: Notice, *, actor: Person) -> None:
    """The deciding officer approves (审批) what has passed the secrecy review."""
    if notice.secrecy_reviewed_by_id is None:
        raise _refusal(_("请先完成保密审查。"))
    _step(notice, actor, "approved", Role.DECIDING_OFFICER)


def _step(notice: Notice, actor: Person, step: str, role: Role) -> None:
    _lock_draft(notice)
    if not may(notice, actor, role) or actor.pk == notice.proposed_by_id:
        raise _refusal(_("这一步须由另一位有权限的人办理。"))
    setattr(notice, f"{step}_by", actor)
    setattr(notice, f"{step}_at", clock.now())
    notice.save(update_fields=[f"{step}_by", f"{step}_at"])
    _record(notice, actor, f"notice.{step}")


@transaction.atomic
def publish(notice: Notice, *, actor: Person) -> Notice:
    """Publish (发布): fix the period, put every application on notice, seal the text.

    Raises transitions.Refused with the findings when any application may not go on notice.
    """
    _lock_draft(notice)
    now = clock.now()
    round_ = notice.round
    try:
        period = calendar().period(
            now.astimezone(clock.SHANGHAI).date(),
            round_.notice_days,
            counts_first_day=round_.notice_counts_first_day,
        )
    except CalendarUnknown as unknown:
        raise _refusal(str(unknown)) from unknown
    notice.status = Notice.Status.PUBLISHED
    notice.published_by, notice.published_at = actor, now
    notice.first_day, notice.last_day = period.first_day, period.last_day
    notice.ends_at = period.ends_at
    notice.working_days, notice.counts_first_day = period.days, period.counts_first_day
    notice.text_sha256 = notice_sha256(notice)
    if actor.pk == notice.proposed_by_id:
        raise _refusal(_("提出人不能自己发布，请由他人发布。"))
    notice.save()
    listed = notice.entries.filter(dropped_at__isnull=True).values_list("application_id", flat=True)
    transitions.perform_all("publish", list(listed), actor=actor)
    return notice


@transaction.atomic
def close_register(notice: Notice, *, actor: Person) -> None:
    """A named person states that no objection by phone or letter is left to enter."""
    if not may(notice, actor, Role.OBJECTION_OFFICER):
        raise _refusal(_("请由异议受理人办理。"))
    now = clock.now()
    if notice.ends_at is None or now < notice.ends_at:
        raise _refusal(_("公示期未满，请等待期满。"))
    notice.register_closed_by, notice.register_closed_at = actor, now
    notice.save(update_fields=["register_closed_by", "register_closed_at"])
    _record(notice, actor, "notice.close_register")


def _lock_draft(notice: Notice) -> None:
    Notice.objects.select_for_update().get(pk=notice.pk)
    notice.refresh_from_db()
    if notice.status != Notice.Status.DRAFT:
        raise _refusal(_("公示已经发布，不能再改。"))


def _refusal(message: str) -> transitions.Refused:
    return transitions.Refused(None, [GateFinding("notice", _("公示程序"), message)])


def _record(notice: Notice, actor: Person, action: str) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=notice,
            jurisdiction_code=notice.round.jurisdiction.code,
            details={"sha256": notice.text_sha256},
        )
    )
