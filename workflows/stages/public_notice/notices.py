"""A notice through its steps: proposed here, everything after that through the door."""

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.organizations.models import Person
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.site import clock, endings, seen_whole

from ... import door
from ...door import Asked, How
from . import announcements, steps
from .case import NoticeAct
from .contents import PRINTED_FIELDS, eligible, state, to_be_listed, to_mend
from .course import entry_of
from .models import Notice, NoticeEntry, NoticeStep
from .step_writing import put_forward
from .steps import ROLES, Act, may, refusal

__all__ = ["PRINTED_FIELDS", "eligible", "state", "to_be_listed", "to_mend"]

# The form that was pressed; None where nobody was shown anything.
Shown = Mapping[str, Any] | None


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
    **how: Unpack[How],
) -> Notice:
    """Compose a notice (提出) over verified applications; ``printed`` has PRINTED_FIELDS.

    ``seen`` is the form that was sent: it showed who could be listed. Raises Refusal when that
    has changed, when the actor is not the round's coordinator or belongs to an applicant, when
    the text holds personal data, and when an application is not verified or stands on another
    notice.
    """
    notice = Notice(round=round_)
    if not may(notice, actor, ROLES[Act.PROPOSED]):
        role = ROLES[Act.PROPOSED].label
        raise refusal(_("请由%(role)s办理。") % {"role": role})
    if seen is not None and not seen_whole.is_as_seen(seen, to_be_listed(round_)):
        raise refusal(_("公示或名单在您打开页面后有变化，请看最新内容后再办理。"))
    kept = put_forward(notice, printed, frozenset(row.pk for row in applications), actor)
    asked = Asked(actor, **how).by_seat(ROLES[Act.PROPOSED], {"code": round_.jurisdiction.code})
    NoticeStep.objects.create(
        notice=notice,
        act=Act.PROPOSED,
        **asked.on_record,
        role=ROLES[Act.PROPOSED],
        at=clock.now(),
        **kept,
    )
    announcements.stepped(notice, "notice.propose", actor=actor, role=ROLES[Act.PROPOSED])
    events.append(entry_of(notice, "notice.propose", actor=actor, role=ROLES[Act.PROPOSED]))
    return notice


def propose_again(
    notice: Notice,
    printed: Mapping[str, Any],
    applications: Iterable[Application],
    *,
    actor: Person,
    seen: Shown = None,
    **how: Unpack[How],
) -> None:
    """Put a notice that was sent back forward anew, mended; its steps begin again.

    Raises Refusal as ``propose`` does, and when it was not sent back, or not any more.
    """
    chosen = frozenset(row.pk for row in applications)
    act = NoticeAct(seen=seen, printed=printed, chosen=chosen)
    _take("propose_again", notice, act, Asked(actor, **how))


def review_secrecy(
    notice: Notice, *, actor: Person, seen: Shown = None, **how: Unpack[How]
) -> None:
    """The secrecy reviewer (保密审查人) has read it; another person than the proposer."""
    _take("review_secrecy", notice, NoticeAct(seen=seen), Asked(actor, **how))


def approve(notice: Notice, *, actor: Person, seen: Shown = None, **how: Unpack[How]) -> None:
    """The deciding officer approves (审批) what has passed the secrecy review; a third person."""
    _take("approve", notice, NoticeAct(seen=seen), Asked(actor, **how))


def send_back(
    notice: Notice, *, reason: str, actor: Person, seen: Shown = None, **how: Unpack[How]
) -> None:
    """Send a notice back (退回) to the coordinator, with the reason; the steps begin anew."""
    _take("send_back", notice, NoticeAct(seen=seen, reason=reason), Asked(actor, **how))


def publish(notice: Notice, *, actor: Person, seen: Shown = None, **how: Unpack[How]) -> Notice:
    """Publish (发布): fix the period, put every application on notice, seal the text.

    Raises Refusal with the findings when the person took a step that keeps them from this one,
    when any application may not go on notice, and when the text holds personal data.
    """
    _take("publish", notice, NoticeAct(seen=seen), Asked(actor, **how))
    return notice


def extend(
    notice: Notice,
    *,
    days: int,
    reason: str,
    actor: Person,
    seen: Shown = None,
    **how: Unpack[How],
) -> None:
    """Let a running notice run longer (延长公示期): ``days`` working days after its last day.

    Raises Refusal with the findings for its proposer, when it does not run, for a reason that
    says too little or holds personal data, and where the calendar ends.
    """
    act = NoticeAct(seen=seen, days=days, reason=reason)
    _take("extend", notice, act, Asked(actor, **how))


def restart(
    notice: Notice,
    *,
    cause: str,
    reason: str,
    actor: Person,
    seen: Shown = None,
    **how: Unpack[How],
) -> Notice:
    """Break a notice off (终止并重新公示); returns the draft that takes its place, with its names.

    Raises Refusal with the findings for its proposer, when one on it is designated already, and
    for a reason that says too little or holds personal data.
    """
    act = NoticeAct(seen=seen, cause=cause, reason=reason)
    _take("restart", notice, act, Asked(actor, **how))
    return Notice.objects.get(restarts=notice)


def discard(notice: Notice, *, actor: Person, seen: Shown = None, **how: Unpack[How]) -> None:
    """Take a draft back (作废) with its record; another notice may list its applications."""
    _take("discard", notice, NoticeAct(seen=seen), Asked(actor, **how))


def close_register(
    notice: Notice, *, actor: Person, seen: Shown = None, **how: Unpack[How]
) -> None:
    """A named person states that no objection by phone or letter is left to enter."""
    _take("close_register", notice, NoticeAct(seen=seen), Asked(actor, **how))


def _take(name: str, notice: Notice, act: NoticeAct, asked: Asked) -> None:
    """Through the door; the notice at hand then says what stands. Raises Refusal."""
    try:
        door.follow(f"notice.{name}", [notice.pk], asked=asked, act=act)
    finally:
        notice.refresh_from_db()
