"""The steps of a notice: whose turn it is, and who has to leave a step to others.

Three different people propose, review for secrecy and approve; the publisher neither proposed nor
approved. A round may demand a fourth, who has not reviewed it either. Who gives a running notice
more time, or breaks it off, did not propose it. Who closes the register of objections did not
propose what they object to (our default). Whoever belongs to an applicant on the list takes no
step at all. The database holds the people apart (``models.Notice``); this says it before anyone
presses.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Refusal

from ...case.interests import prepared_for, ties_of
from ...findings import GateFinding
from .models import FOUR_PEOPLE, Notice, NoticeEntry, NoticeStep

Act = NoticeStep.Act

ROLES: Mapping[str, Role] = {
    Act.PROPOSED: Role.COUNTY_COORDINATOR,
    Act.SECRECY_REVIEWED: Role.SECRECY_REVIEWER,
    Act.APPROVED: Role.DECIDING_OFFICER,
    Act.PUBLISHED: Role.NOTICE_PUBLISHER,
    Act.EXTENDED: Role.NOTICE_PUBLISHER,
    Act.RESTARTED: Role.NOTICE_PUBLISHER,
    Act.DISCARDED: Role.COUNTY_COORDINATOR,
    Act.REGISTER_CLOSED: Role.OBJECTION_OFFICER,
}
# Steps that a person signs for, each with its button.
SIGNED = (Act.SECRECY_REVIEWED, Act.APPROVED, Act.PUBLISHED, Act.REGISTER_CLOSED)
# Those who may send it back, each from their own turn on.
SENDING_BACK = (Act.SECRECY_REVIEWED, Act.APPROVED, Act.PUBLISHED)
# Who took one of these leaves the step to somebody else.
TAKEN_BY_ANOTHER: Mapping[str, tuple[NoticeStep.Act, ...]] = {
    Act.SECRECY_REVIEWED: (Act.PROPOSED,),
    Act.APPROVED: (Act.PROPOSED, Act.SECRECY_REVIEWED),
    Act.PUBLISHED: (Act.PROPOSED, Act.APPROVED),
    Act.EXTENDED: (Act.PROPOSED,),
    Act.RESTARTED: (Act.PROPOSED,),
    Act.REGISTER_CLOSED: (Act.PROPOSED,),
}
_DOERS: Mapping[str, str] = {
    Act.PROPOSED: "proposer",
    Act.SECRECY_REVIEWED: "secrecy_reviewer",
    Act.APPROVED: "approver",
    Act.PUBLISHED: "publisher",
    Act.EXTENDED: "extender",
    Act.RESTARTED: "restarter",
    Act.REGISTER_CLOSED: "register_closer",
}


def refusal(message: str) -> Refusal:
    """That a step is not taken, for a reason of the procedure."""
    return Refusal.because("notice", message, rule=_("公示程序"))


def may(notice: Notice, person: Person, role: Role) -> bool:
    """Whether the person holds ``role`` over the area of the notice's round.

    A deputy does not where the person they stand in for would leave the step to somebody else.
    """
    code = notice.round.jurisdiction.code
    if not seats(person).holds_over(code, role):
        return False
    other = seats(person).in_whose_place(role, code=code)
    return other is None or notice.pk is None or _may_in_person(notice, other, role)


def _may_in_person(notice: Notice, person: Person, role: Role) -> bool:
    acts = (act for act, taken_as in ROLES.items() if taken_as == role)
    kept = any(finding for act in acts for finding in taken_by_the_same(notice, person, act))
    return not kept and not any(interested_in(person, names_in_force(notice)))


def taken_by(notice: Notice, act: str) -> int | None:
    """Key of the person whose step ``act`` stands; None while it has not been taken."""
    taken: int | None = getattr(notice, f"{act}_by_id")
    return taken


def doers(notice: Notice, act: str) -> set[int]:
    """Keys of who took the step that stands, and of the person in whose place they did."""
    taken = taken_by(notice, act)
    if taken is None:
        return set()
    return {key for key in (taken, notice.in_whose_places.get(act)) if key is not None}


def awaited(notice: Notice) -> NoticeStep.Act | None:
    """The step that the notice waits for; None when nothing is left to do with it."""
    if notice.status == Notice.Status.STOPPED:
        return None
    if notice.status != Notice.Status.DRAFT:
        return None if taken_by(notice, Act.REGISTER_CLOSED) else Act.REGISTER_CLOSED
    if notice.sent_back_at is not None:
        return Act.PROPOSED
    return next(act for act in SENDING_BACK if taken_by(notice, act) is None)


def waits_for(notice: Notice) -> Role | None:
    """The role whose turn it is; None while a published notice runs, and at the end."""
    act = awaited(notice)
    runs = notice.ends_at is not None and not clock.is_over(notice.ends_at)
    return None if act is None or runs else ROLES[act]


# The same as ``awaited``, asked of many at once.
AWAITING: Mapping[str, Q] = {
    Act.PROPOSED: Q(status=Notice.Status.DRAFT, sent_back_at__isnull=False),
    Act.SECRECY_REVIEWED: Q(
        status=Notice.Status.DRAFT, sent_back_at__isnull=True, secrecy_reviewed_by__isnull=True
    ),
    Act.APPROVED: Q(
        status=Notice.Status.DRAFT, secrecy_reviewed_by__isnull=False, approved_by__isnull=True
    ),
    Act.PUBLISHED: Q(status=Notice.Status.DRAFT, approved_by__isnull=False),
    Act.REGISTER_CLOSED: ~Q(status__in=[Notice.Status.DRAFT, Notice.Status.STOPPED])
    & Q(register_closed_by__isnull=True),
}


def names_in_force(notice: Notice) -> QuerySet[NoticeEntry]:
    return notice.entries.filter(dropped_at__isnull=True).select_related(
        "application__organization"
    )


def why_not(
    notice: Notice, person: Person, act: NoticeStep.Act, interests: Iterable[GateFinding]
) -> list[GateFinding]:
    """Why ``person``, whose role it is, may not take the step now.

    ``interests`` are the findings of ``interested_in`` over the names in force.
    """
    return [
        *not_its_turn(notice, act),
        *taken_by_the_same(notice, person, act),
        *interests,
    ]


def not_its_turn(notice: Notice, act: NoticeStep.Act) -> Iterable[GateFinding]:
    if act == awaited(notice):
        return
    rule = _("公示程序")
    if notice.sent_back_at is not None:
        message = _("公示已被退回，请等待县级经办人修改后重新提出，或者作废。")
    elif taken_by(notice, act) is not None:
        message = _("这一步已经办理，不必重复。")
    elif taken_by(notice, Act.SECRECY_REVIEWED) is None:
        message = _("请先完成保密审查。")
    else:
        message = _("请先由审定人审批。")
    yield GateFinding("not_its_turn", rule, message)


def taken_by_the_same(notice: Notice, person: Person, act: str) -> Iterable[GateFinding]:
    """A finding for each step that ``person`` took and that keeps them from ``act``."""
    others = TAKEN_BY_ANOTHER.get(act, ())
    if act == Act.PUBLISHED and notice.people_asked >= FOUR_PEOPLE:
        others = (*others, Act.SECRECY_REVIEWED)
    for other in others:
        if person.pk in doers(notice, other):
            by_oneself = taken_by(notice, other) == person.pk
            told = (
                _("您办理了“%(step)s”，这一步须由另一位有权限的人办理。")
                if by_oneself
                else _("“%(step)s”是由代理人代您办理的，这一步须由另一位有权限的人办理。")
            )
            yield GateFinding(
                f"{_DOERS[act]}_is_{_DOERS[other]}",
                people_apart(notice),
                told % {"step": other.label},
            )


def people_apart(notice: Notice) -> str:
    """The rule in words."""
    if notice.people_asked >= FOUR_PEOPLE:
        return _("公示的提出、保密审查、审批、发布由四个不同的人办理")
    return _("公示的提出、保密审查、审批由三个不同的人办理，发布人不是提出人或审批人")


def interested_in(person: Person, entries: Iterable[NoticeEntry]) -> Iterable[GateFinding]:
    """Who belongs to an applicant on the list, or prepared its application, steps aside.

    One statement, whatever the number of names.
    """
    listed = list(entries)
    ties = ties_of([entry.application_id for entry in listed])
    for entry in listed:
        if prepared_for(entry.application, person, ties[entry.application_id]):
            yield GateFinding(
                "interested",
                _("与名单中的申报单位有关的人回避"),
                _("您来自名单中的%(organization)s，或参与过它的填报，应当回避，请由其他人办理。")
                % {"organization": entry.application.organization.name},
            )


def sends_back_as(
    notice: Notice, person: Person, interests: Collection[GateFinding]
) -> NoticeStep.Act | None:
    """The step on whose strength the person may send the notice back; None: they may not.

    From one's own turn until it is published; by whoever might take, or has taken, that step,
    and has no ``interests`` in a name on it.
    """
    if interests or notice.status != Notice.Status.DRAFT or notice.sent_back_at is not None:
        return None
    now = SENDING_BACK.index(awaited(notice))  # type: ignore[arg-type]
    for act in SENDING_BACK[: now + 1]:
        taken = any(taken_by_the_same(notice, person, act))
        if may(notice, person, ROLES[act]) and not taken:
            return act
    return None
