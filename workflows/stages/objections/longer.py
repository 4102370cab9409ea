"""More time to investigate an objection: its officer asks, a deciding officer grants or refuses.

Granted once, by as many working days as the round allows (our default: ten). Whoever answers does
not read the objection; what is written to them names nobody who objected. Whoever objected reads
by their receipt code until when it takes.
"""

from typing import Any, Unpack

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.calendar import terms
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings, filling

from ...case.facts import Case
from ...case.interests import KEEP_FROM_ACTING, Tie, belongs_to, tied_by
from ...case.rules import is_deciding_officer
from ...door import Asked, How
from . import announcements, investigators, joined, redaction
from .course import ObjectionCourse, refusal
from .models import LongerAsked, Objection
from .objections import keep_step, refuse_unless_theirs


def to_answer(person: Person) -> QuerySet[LongerAsked]:
    """What waits for a deciding officer who has no hand in the case."""
    role, path = Role.DECIDING_OFFICER, "objection__entry__application"
    tied = Q(pk__in=())
    for one in seats(person).all_hands(role):
        tied |= belongs_to(one) | tied_by(one, (Tie.PREPARED, *KEEP_FROM_ACTING[role]))
    theirs: QuerySet[Any, Any] = Application.objects.exclude(tied).order_by().values("pk")
    return LongerAsked.objects.filter(
        seats(person).within(f"{path}__area_code", role),
        is_granted=None,
        objection__status=Objection.Status.ACCEPTED,
        **{f"{path}__in": theirs},
    )


def most_days(objection: Objection) -> int:
    """By how many working days it may take longer; 0 where none may be asked for (any more)."""
    if objection.status != Objection.Status.ACCEPTED or objection.term is None:
        return 0
    if objection.longer_asked.exclude(is_granted=False).exists():
        return 0
    days: int = objection.entry.application.round.objection_longer_days
    return days


@endings.act()
def ask(
    objection: Objection, *, days: int, reason: str, actor: Person, **how: Unpack[How]
) -> LongerAsked:
    """Ask for ``days`` working days more. Raises Refusal where none can be given.

    And for a reason that tells who objected.
    """
    refuse_unless_theirs(objection.entry.application, actor)
    held = ObjectionCourse.lock([objection.pk])[0]
    filling.refuse(joined.why_not_alone(held))
    most = most_days(held)
    if most == 0:
        raise refusal(_("现在不能申请延长：只在调查期间可以申请，批准一次为限。"))
    if not 1 <= days <= most:
        raise refusal(_("最多延长 %(days)s 个工作日。") % {"days": most})
    filling.refuse(redaction.faults(joined.together(held), reason, field="reason"))
    made = LongerAsked(objection=held, days=days, asked_by=actor, asked_at=clock.now())
    filling.refuse(filling.fill(made, {"reason": reason}, columns=("reason",)).findings)
    made.save()
    keep_step(
        held, "ask_longer", Asked(actor, **how), role=Role.OBJECTION_OFFICER, said=made.reason
    )
    announcements.asked_for_longer(made, actor=actor)
    return made


@endings.act()
def answer(
    asked: LongerAsked, *, is_granted: bool, opinion: str, actor: Person, **how: Unpack[How]
) -> LongerAsked:
    """Grant or refuse it, once. Raises Refusal for who may not, and where it is over."""
    if not is_deciding_officer(Case(asked.objection.entry.application), actor):
        raise refusal(_("请由没有参与这份申报和这件异议的审定人审批。"))
    held = ObjectionCourse.lock([asked.objection_id])[0]
    found = LongerAsked.objects.get(pk=asked.pk)
    if found.is_granted is not None or held.status != Objection.Status.ACCEPTED:
        raise refusal(_("这份延长申请已经办理，或者异议已经办结，请查看最新情况。"))
    found.is_granted, found.decided_by, found.decided_at = is_granted, actor, clock.now()
    filling.refuse(filling.fill(found, {"opinion": opinion}, columns=("opinion",)).findings)
    if not found.opinion:
        raise refusal(_("请写明审批意见。"))
    found.save()
    act = "grant_longer" if is_granted else "refuse_longer"
    if is_granted:
        _extend(held, found, actor)
        _extend_those_joined(held, found, actor)
    keep_step(held, act, Asked(actor, **how), role=Role.DECIDING_OFFICER, said=found.opinion)
    standing = investigators.standing(held)
    investigator = None if standing is None else standing.investigator_id
    announcements.answered_on_longer(held, investigator, act, actor=actor)
    return found


def _extend(objection: Objection, granted: LongerAsked, actor: Person) -> None:
    if objection.term is None:
        raise refusal(_("这件异议没有办理期限，不必延长。"))
    objection.term = terms.extend(
        objection.term,
        actor=actor,
        role=Role.DECIDING_OFFICER,
        reason=granted.reason,
        at=clock.now(),
        days=granted.days,
    )
    objection.save(update_fields=["term"])


def _extend_those_joined(leading: Objection, granted: LongerAsked, actor: Person) -> None:
    """They take as long as the one that leads them; whose time was made longer before keeps it."""
    led = ObjectionCourse.lock(joined.led_by(leading))
    longer_before = set(
        LongerAsked.objects.filter(objection__in=led, is_granted=True).values_list(
            "objection", flat=True
        )
    )
    for one in led:
        if one.term is not None and one.pk not in longer_before:
            _extend(one, granted, actor)
