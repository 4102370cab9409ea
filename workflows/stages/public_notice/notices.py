"""A notice through its steps: proposed, reviewed for secrecy, approved, published, or sent back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.audit import events
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.site import clock, endings, seen_whole
from designation.site.reasons import LEAST_REASON

from ... import transitions
from ...findings import GateFinding
from . import announcements, steps
from .models import Notice, NoticeEntry, NoticeStep, Objection
from .scan import offending_fields
from .steps import ROLES, Act, interested_in, may, names_in_force, sends_back_as, why_not
from .text import notice_sha256

# The form that was pressed; None where nobody was shown anything.
Shown = Mapping[str, Any] | None

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


def waiting_for(person: Person) -> QuerySet[Notice]:
    """Notices whose next step is this person's: to mend, review, approve, publish, or close."""
    over = Q(ends_at__isnull=True) | clock.over("ends_at")
    mine = Q(pk__in=())
    for act, awaited in steps.AWAITING.items():
        mine |= awaited & over & seats(person).within("round__jurisdiction__code", ROLES[act])
    named = NoticeEntry.objects.filter(notice=OuterRef("pk"), dropped_at__isnull=True)
    return Notice.objects.filter(mine, Exists(named)).select_related("round").order_by("pk")


@endings.act()
def propose(
    round_: Round,
    printed: Mapping[str, Any],
    applications: Iterable[Application],
    *,
    actor: Person,
    seen: Shown = None,
) -> Notice:
    """Compose a notice (提出) over verified applications; ``printed`` has PRINTED_FIELDS.

    ``seen`` is the form that was sent: it showed who could be listed. Raises transitions.Refused
    when that has changed, when the actor is not the round's coordinator or belongs to an
    applicant, when the text holds personal data, and when an application is not verified or
    stands on another notice.
    """
    notice = Notice(round=round_)
    _refuse_unless_coordinator(notice, actor)
    _refuse_unless_seen(seen, to_be_listed(round_))
    _put_forward(notice, printed, {row.pk for row in applications}, actor, "notice.propose")
    return notice


@endings.act()
def propose_again(
    notice: Notice,
    printed: Mapping[str, Any],
    applications: Iterable[Application],
    *,
    actor: Person,
    seen: Shown = None,
) -> None:
    """Put a notice that was sent back forward anew, mended; its steps begin again.

    ``seen`` is the form that was sent: it showed the notice and who could be listed. Raises
    transitions.Refused as ``propose`` does, and when the notice was not sent back, or not any
    more.
    """
    _lock_draft(notice)
    _refuse_unless_coordinator(notice, actor)
    if notice.sent_back_at is None:
        raise _refusal(_("公示没有被退回，或已由他人重新提出，请查看最新情况。"))
    _refuse_unless_seen(seen, to_mend(notice))
    chosen = {row.pk for row in applications}
    notice.entries.filter(dropped_at__isnull=True).exclude(application__in=chosen).update(
        dropped_at=clock.now()
    )
    _put_forward(notice, printed, chosen, actor, "notice.propose_again")


def _refuse_unless_coordinator(notice: Notice, actor: Person) -> None:
    if not may(notice, actor, Role.COUNTY_COORDINATOR):
        raise _refusal(_("请由县级经办人提出公示。"))


def _put_forward(
    notice: Notice, printed: Mapping[str, Any], chosen: set[int], actor: Person, action: str
) -> None:
    for name in PRINTED_FIELDS:
        setattr(notice, name, printed[name])
    notice.people_asked = notice.round.notice_people
    notice.proposed_by, notice.proposed_at, notice.sent_back_at = actor, clock.now(), None
    _refuse_personal_data(notice)
    standing = (
        set(names_in_force(notice).values_list("application_id", flat=True)) if notice.pk else set()
    )
    _lock_eligible(notice.round, chosen, standing)
    notice.save()
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, application_id=pk) for pk in sorted(chosen - standing)
    )
    listed = list(names_in_force(notice))
    _refuse(interested_in(actor, listed))
    content = {
        "printed": {name: str(printed[name] or "") for name in PRINTED_FIELDS},
        "names": [entry.application.organization.name_zh for entry in listed],
    }
    _take(notice, actor, Act.PROPOSED, action, content=content)


def _lock_eligible(round_: Round, chosen: set[int], standing: set[int]) -> None:
    """Lock what is chosen; what already stands on this very notice may stay on it."""
    list(Application.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    free = set(eligible(round_).filter(pk__in=chosen).values_list("pk", flat=True))
    if not chosen or free | standing != chosen:
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


@endings.act()
def review_secrecy(notice: Notice, *, actor: Person, seen: Shown = None) -> None:
    """The secrecy reviewer (保密审查人) has read it; another person than the proposer."""
    _sign(notice, actor, Act.SECRECY_REVIEWED, seen)


@endings.act()
def approve(notice: Notice, *, actor: Person, seen: Shown = None) -> None:
    """The deciding officer approves (审批) what has passed the secrecy review; a third person."""
    _sign(notice, actor, Act.APPROVED, seen)


def _sign(notice: Notice, actor: Person, act: NoticeStep.Act, seen: Shown) -> None:
    _lock_draft(notice)
    if not may(notice, actor, ROLES[act]):
        raise _refusal(_("请由%(role)s办理。") % {"role": ROLES[act].label})
    _refuse(why_not(notice, actor, act, _interests(notice, actor)))
    _refuse_unless_seen(seen, state(notice))
    setattr(notice, f"{act}_by", actor)
    setattr(notice, f"{act}_at", clock.now())
    notice.save(update_fields=[f"{act}_by", f"{act}_at"])
    _take(notice, actor, act, f"notice.{act}")


@endings.act()
def send_back(notice: Notice, *, reason: str, actor: Person, seen: Shown = None) -> None:
    """Send a notice back (退回) to the coordinator, with the reason; the steps begin anew.

    What was already given is withdrawn in the open: its rows in ``NoticeStep`` stay. Raises
    transitions.Refused when it is not the person's to send back, or the reason is too short.
    """
    _lock_draft(notice)
    act = sends_back_as(notice, actor, _interests(notice, actor))
    if act is None:
        raise _refusal(_("您现在不能退回这份公示。"))
    if len(reason.strip()) < LEAST_REASON:
        raise _refusal(_("请写明退回原因，不少于 %(count)s 个字。") % {"count": LEAST_REASON})
    _refuse_unless_seen(seen, state(notice))
    notice.sent_back_at = clock.now()
    notice.secrecy_reviewed_by = notice.secrecy_reviewed_at = None
    notice.approved_by = notice.approved_at = None
    notice.save()
    _take(notice, actor, Act.SENT_BACK, "notice.send_back", role=ROLES[act], reason=reason.strip())


@endings.act()
def publish(notice: Notice, *, actor: Person, seen: Shown = None) -> Notice:
    """Publish (发布): fix the period, put every application on notice, seal the text.

    Raises transitions.Refused with the findings when the person took a step that keeps them from
    this one, when any application may not go on notice, and when the text holds personal data.
    """
    _lock_draft(notice)
    if not may(notice, actor, Role.NOTICE_PUBLISHER):
        raise _refusal(_("请由公示发布人办理。"))
    _refuse(why_not(notice, actor, Act.PUBLISHED, _interests(notice, actor)))
    _refuse_unless_seen(seen, state(notice))
    _refuse_personal_data(notice)
    _fix_period(notice)
    _fix_names(notice)
    notice.status, notice.published_by = Notice.Status.PUBLISHED, actor
    notice.text_sha256 = notice_sha256(notice)
    notice.save()
    listed = notice.entries.filter(dropped_at__isnull=True).values_list("application_id", flat=True)
    transitions.perform_all("publish", list(listed), actor=actor)
    _take(notice, actor, Act.PUBLISHED, "notice.publish")
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
    listed = Organization.objects.filter(applications=OuterRef("application"))
    notice.entries.filter(dropped_at__isnull=True).update(
        printed_name=Subquery(listed.values("name_zh")),
        printed_area=Subquery(listed.values("jurisdiction__name_zh")),
    )


@endings.act()
def discard(notice: Notice, *, actor: Person, seen: Shown = None) -> None:
    """Take a draft back (作废) with its record; another notice may list its applications."""
    _lock_draft(notice)
    if not may(notice, actor, Role.COUNTY_COORDINATOR):
        raise _refusal(_("请由县级经办人办理。"))
    _refuse_unless_seen(seen, state(notice))
    notice.entries.filter(dropped_at__isnull=True).update(dropped_at=clock.now())
    _take(notice, actor, Act.DISCARDED, "notice.discard")


@endings.act()
def close_register(notice: Notice, *, actor: Person, seen: Shown = None) -> None:
    """A named person states that no objection by phone or letter is left to enter.

    Somebody else than who proposed the notice, and nobody of an applicant on it.
    """
    _lock(notice)
    if not may(notice, actor, Role.OBJECTION_OFFICER):
        raise _refusal(_("请由异议受理人办理。"))
    now = clock.now()
    if notice.ends_at is None or not clock.is_over(notice.ends_at):
        raise _refusal(_("公示期未满，请等待期满。"))
    if notice.register_closed_by_id is not None:
        raise _refusal(_("异议登记已经关闭。"))
    _refuse(why_not(notice, actor, Act.REGISTER_CLOSED, _interests(notice, actor)))
    _refuse_unless_seen(seen, state(notice))
    notice.register_closed_by, notice.register_closed_at = actor, now
    notice.save(update_fields=["register_closed_by", "register_closed_at"])
    _take(notice, actor, Act.REGISTER_CLOSED, "notice.close_register")


def _lock(notice: Notice) -> None:
    Notice.objects.select_for_update().get(pk=notice.pk)
    notice.refresh_from_db()


def state(notice: Notice) -> list[Any]:
    """All that a step confirms, for comparing what was seen. Two statements.

    Each change of the text is a step; a name may leave the list, or change, without one; and the
    register is closed over the objections that it holds.
    """
    steps_taken = notice.steps.order_by("-pk").values_list("pk", flat=True)
    names = notice.entries.filter(dropped_at__isnull=True).order_by("pk")
    named = names.values_list("pk", "application__organization__name_zh")
    raised = Objection.objects.filter(entry__notice=notice).order_by("pk")
    register = raised.values_list("pk", "status")
    rows = named if notice.status == Notice.Status.DRAFT else register
    return [steps_taken.first(), [list(row) for row in rows]]


def to_be_listed(round_: Round) -> list[list[Any]]:
    """Whom the page of a new notice offers, for comparing what was seen. One statement."""
    rows = eligible(round_).values_list("pk", "organization__name_zh")
    return [list(row) for row in rows]


def to_mend(notice: Notice) -> list[Any]:
    """What the page shows on which a notice is mended, for comparing what was seen."""
    return [state(notice), to_be_listed(notice.round)]


def _refuse_unless_seen(seen: Shown, now: Any) -> None:
    if seen is not None and not seen_whole.is_as_seen(seen, now):
        raise _refusal(_("公示或名单在您打开页面后有变化，请看最新内容后再办理。"))


def _lock_draft(notice: Notice) -> None:
    _lock(notice)
    if notice.status != Notice.Status.DRAFT:
        raise _refusal(_("公示已经发布，不能再改。"))
    if not notice.entries.filter(dropped_at__isnull=True).exists():
        raise _refusal(_("名单中已没有申报，请重新拟定公示。"))


def _refusal(message: str) -> transitions.Refused:
    return transitions.Refused(None, [GateFinding("notice", _("公示程序"), message)])


def _interests(notice: Notice, actor: Person) -> list[GateFinding]:
    return list(interested_in(actor, names_in_force(notice)))


def _refuse(findings: Iterable[GateFinding]) -> None:
    if found := list(findings):
        raise transitions.Refused(None, found)


def _take(
    notice: Notice,
    actor: Person,
    act: NoticeStep.Act,
    action: str,
    *,
    role: Role | None = None,
    reason: str = "",
    content: Mapping[str, Any] | None = None,
) -> None:
    """Add the step to the notice's own history, and to the log."""
    acting = role or ROLES[act]
    NoticeStep.objects.create(
        notice=notice,
        act=act,
        actor=actor,
        role=acting,
        at=clock.now(),
        reason=reason,
        content=dict(content or {}),
    )
    announcements.stepped(notice, action, actor=actor, role=acting, reason=reason)
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=notice,
            jurisdiction_code=notice.round.jurisdiction.code,
            role=acting,
            details={"sha256": notice.text_sha256} | ({"reason": reason} if reason else {}),
        )
    )
