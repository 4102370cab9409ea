"""A notice through its four steps: proposed, reviewed for secrecy, approved, published."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from designation import clock
from designation.applications.models import Application, Stage
from designation.audit import events
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round

from ... import transitions
from ...findings import GateFinding
from ...working_days import CalendarUnknown, calendar
from .models import Notice, NoticeEntry
from .scan import offending_fields
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


def eligible(round_: Round) -> QuerySet[Application]:
    """Verified applications of the round that stand on no notice yet."""
    standing = NoticeEntry.objects.filter(application=OuterRef("pk"), dropped_at__isnull=True)
    return (
        Application.objects.filter(~Exists(standing), round=round_, stage=Stage.VERIFIED)
        .select_related("organization__jurisdiction")
        .order_by("category", "area_code", "pk")
    )


def last_discarded(round_: Round) -> Notice | None:
    """The newest draft of the round whose names were all taken off."""
    in_force = NoticeEntry.objects.filter(notice=OuterRef("pk"), dropped_at__isnull=True)
    drafts = Notice.objects.filter(~Exists(in_force), round=round_, status=Notice.Status.DRAFT)
    return drafts.order_by("-pk").first()


_NEXT_STEP = {
    Role.SECRECY_REVIEWER: Q(status=Notice.Status.DRAFT, secrecy_reviewed_by__isnull=True),
    Role.DECIDING_OFFICER: Q(
        status=Notice.Status.DRAFT, secrecy_reviewed_by__isnull=False, approved_by__isnull=True
    ),
    Role.NOTICE_PUBLISHER: Q(status=Notice.Status.DRAFT, approved_by__isnull=False),
}


def waiting_for(person: Person) -> QuerySet[Notice]:
    """Notices whose next step is this person's: to review, to approve, to publish, to close."""
    steps = _NEXT_STEP | {
        Role.OBJECTION_OFFICER: Q(
            status=Notice.Status.PUBLISHED,
            ends_at__lte=clock.now(),
            register_closed_by__isnull=True,
        )
    }
    mine = Q(pk__in=())
    for role, step in steps.items():
        mine |= step & seats(person).within("round__jurisdiction__code", role)
    named = NoticeEntry.objects.filter(notice=OuterRef("pk"), dropped_at__isnull=True)
    return Notice.objects.filter(mine, Exists(named)).select_related("round").order_by("pk")


@transaction.atomic
def propose(
    round_: Round,
    printed: Mapping[str, Any],
    applications: Iterable[Application],
    *,
    actor: Person,
) -> Notice:
    """Compose a notice (提出) over verified applications; ``printed`` has PRINTED_FIELDS.

    Raises transitions.Refused when the actor is not the round's coordinator, when the text holds
    personal data, and when an application is not verified or stands on another notice.
    """
    now, chosen = clock.now(), {application.pk for application in applications}
    notice = Notice(
        round=round_, proposed_by=actor, proposed_at=now, **{k: printed[k] for k in PRINTED_FIELDS}
    )
    if not may(notice, actor, Role.COUNTY_COORDINATOR):
        raise _refusal(_("请由县级经办人提出公示。"))
    _refuse_personal_data(notice)
    _lock_eligible(round_, chosen)
    notice.save()
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, application_id=pk) for pk in sorted(chosen)
    )
    _record(notice, actor, Role.COUNTY_COORDINATOR, "notice.propose")
    return notice


def _lock_eligible(round_: Round, chosen: set[int]) -> None:
    list(Application.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    free = set(eligible(round_).filter(pk__in=chosen).values_list("pk", flat=True))
    if not chosen or free != chosen:
        raise _refusal(_("名单中有申报已列入其他公示，或已不是核查合格，请重新勾选。"))


def _refuse_personal_data(notice: Notice) -> None:
    rule = _("公示不含个人信息")
    found = [
        GateFinding(
            "personal_data",
            rule,
            _("“%(field)s”中含有身份证号或手机号，公示中不得出现，请删除。")
            % {"field": _label(name)},
        )
        for name in offending_fields({name: getattr(notice, name) for name in PRINTED_FIELDS})
    ]
    if found:
        raise transitions.Refused(None, found)


def _label(name: str) -> str:
    field = Notice._meta.get_field(name)  # noqa: SLF001 - Django's own way to ask a field
    return str(getattr(field, "verbose_name", name))


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
    if getattr(notice, f"{step}_by_id") is not None:
        raise _refusal(_("这一步已经办理，不必重复。"))
    setattr(notice, f"{step}_by", actor)
    setattr(notice, f"{step}_at", clock.now())
    notice.save(update_fields=[f"{step}_by", f"{step}_at"])
    _record(notice, actor, role, f"notice.{step}")


@transaction.atomic
def publish(notice: Notice, *, actor: Person) -> Notice:
    """Publish (发布): fix the period, put every application on notice, seal the text.

    Raises transitions.Refused with the findings when any application may not go on notice, and
    when the text holds personal data.
    """
    _lock_draft(notice)
    if not may(notice, actor, Role.NOTICE_PUBLISHER):
        raise _refusal(_("请由公示发布人办理。"))
    if actor.pk == notice.proposed_by_id:
        raise _refusal(_("提出人不能自己发布，请由他人发布。"))
    _refuse_personal_data(notice)
    _fix_period(notice)
    _fix_names(notice)
    notice.status, notice.published_by = Notice.Status.PUBLISHED, actor
    notice.text_sha256 = notice_sha256(notice)
    notice.save()
    listed = notice.entries.filter(dropped_at__isnull=True).values_list("application_id", flat=True)
    transitions.perform_all("publish", list(listed), actor=actor)
    _record(notice, actor, Role.NOTICE_PUBLISHER, "notice.publish")
    return notice


def _fix_period(notice: Notice) -> None:
    now, round_ = clock.now(), notice.round
    try:
        period = calendar().period(
            now.astimezone(clock.SHANGHAI).date(),
            round_.notice_days,
            counts_first_day=round_.notice_counts_first_day,
        )
    except CalendarUnknown as unknown:
        raise _refusal(str(unknown)) from unknown
    notice.published_at = now
    notice.first_day, notice.last_day = period.first_day, period.last_day
    notice.ends_at = period.ends_at
    notice.working_days, notice.counts_first_day = period.days, period.counts_first_day


def _fix_names(notice: Notice) -> None:
    name = Organization.objects.filter(applications=OuterRef("application")).values("name_zh")
    notice.entries.filter(dropped_at__isnull=True).update(printed_name=Subquery(name))


@transaction.atomic
def discard(notice: Notice, *, actor: Person) -> None:
    """Take a draft back (作废) with its record; another notice may list its applications."""
    _lock_draft(notice)
    if not may(notice, actor, Role.COUNTY_COORDINATOR):
        raise _refusal(_("请由县级经办人办理。"))
    notice.entries.filter(dropped_at__isnull=True).update(dropped_at=clock.now())
    _record(notice, actor, Role.COUNTY_COORDINATOR, "notice.discard")


@transaction.atomic
def close_register(notice: Notice, *, actor: Person) -> None:
    """A named person states that no objection by phone or letter is left to enter."""
    Notice.objects.select_for_update().get(pk=notice.pk)
    notice.refresh_from_db()
    if not may(notice, actor, Role.OBJECTION_OFFICER):
        raise _refusal(_("请由异议受理人办理。"))
    now = clock.now()
    if notice.ends_at is None or now < notice.ends_at:
        raise _refusal(_("公示期未满，请等待期满。"))
    if notice.register_closed_by_id is not None:
        raise _refusal(_("异议登记已经关闭。"))
    notice.register_closed_by, notice.register_closed_at = actor, now
    notice.save(update_fields=["register_closed_by", "register_closed_at"])
    _record(notice, actor, Role.OBJECTION_OFFICER, "notice.close_register")


def _lock_draft(notice: Notice) -> None:
    Notice.objects.select_for_update().get(pk=notice.pk)
    notice.refresh_from_db()
    if notice.status != Notice.Status.DRAFT:
        raise _refusal(_("公示已经发布，不能再改。"))
    if not notice.entries.filter(dropped_at__isnull=True).exists():
        raise _refusal(_("名单中已没有申报，请重新拟定公示。"))


def _refusal(message: str) -> transitions.Refused:
    return transitions.Refused(None, [GateFinding("notice", _("公示程序"), message)])


def _record(notice: Notice, actor: Person, role: Role, action: str) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=notice,
            jurisdiction_code=notice.round.jurisdiction.code,
            role=role,
            details={"sha256": notice.text_sha256},
        )
    )
