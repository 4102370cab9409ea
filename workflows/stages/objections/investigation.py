"""Investigating an objection in its officer's place (调查): asked, taken back, reported.

The officer names who, with a reason; that person reads the objection as the officer does, and
reports once what they found. The finding is the officer's, who is never the one who investigated.
Where nobody is asked the officer investigates, as ever.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.site import clock, endings, filling, seen_whole
from standards.characters import kept

from ...door import Asked, How
from . import announcements, investigators, joined
from .course import ObjectionCourse, refusal
from .models import Investigation, Objection
from .objections import keep_step, refuse_unless_theirs


def as_read(objection: Objection) -> Sequence[Any]:
    """What the page on which somebody is asked shows: who is asked now."""
    found = investigators.standing(objection)
    return [] if found is None else [found.pk, found.investigator.full_name]


@endings.act()
def assign(
    objection: Objection,
    *,
    investigator: Person | None,
    reason: str,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
    **how: Unpack[How],
) -> Objection:
    """Ask ``investigator`` in place of whoever was asked; None takes it back to the officer.

    ``seen`` is the form with what its page showed. Raises Refusal for whom it is not to be
    given to, where it is not looked into, and where another asked somebody meanwhile.
    """
    refuse_unless_theirs(objection.entry.application, actor)
    held = _held(objection)
    filling.refuse(joined.why_not_alone(held))
    before = investigators.standing(held)
    if seen is not None and not seen_whole.is_as_seen(seen, as_read(held)):
        raise refusal(_("调查人刚刚由他人改过，请查看最新情况再办理。"))
    _refuse_who_may_not(held, before, investigator, actor)
    if before is not None:
        before.ended_at = clock.now()
        before.save(update_fields=["ended_at"])
    if investigator is not None:
        _ask(held, investigator, reason, actor)
    asked = Asked(actor, **how)
    keep_step(held, "assign", asked, role=Role.OBJECTION_OFFICER, said=kept(reason))
    announcements.asked_to_investigate(held, investigator, before, actor=actor)
    return held


def _refuse_who_may_not(
    objection: Objection, before: Investigation | None, asked: Person | None, actor: Person
) -> None:
    if asked == (before and before.investigator):
        raise refusal(_("调查人没有变化，请另选。"))
    if asked is not None and asked not in investigators.who_may(objection, asked_by=actor):
        told = _("%(name)s不能调查这件异议，请另选。") % {"name": asked.full_name}
        raise refusal(told)


def _ask(objection: Objection, investigator: Person, reason: str, actor: Person) -> None:
    made = Investigation(
        objection=objection,
        investigator=investigator,
        assigned_by=actor,
        assigned_at=clock.now(),
    )
    filling.refuse(filling.fill(made, {"reason": reason}, columns=("reason",)).findings)
    made.save()


@endings.act()
def report(
    objection: Objection, *, report: str, actor: Person, **how: Unpack[How]
) -> Investigation:
    """Report what was found, once; the officer then makes the finding.

    Raises Refusal for whoever is not asked, or no more, and when it was reported before.
    """
    held = _held(objection)
    role = investigators.role(held, actor)
    found = investigators.standing(held)
    if role is None or found is None:
        raise refusal(_("请由指派的调查人提交调查报告。"))
    if found.reported_at is not None:
        raise refusal(_("调查报告已经提交，不能再改。"))
    found.reported_at = clock.now()
    filling.refuse(filling.fill(found, {"report": report}, columns=("report",)).findings)
    if not found.report:
        raise refusal(_("请写明调查的经过和查明的事实。"))
    found.save()
    keep_step(held, "report", Asked(actor, **how), role=role, said=found.report)
    announcements.investigated(held, actor=actor, role=role)
    return found


def _held(objection: Objection) -> Objection:
    held = ObjectionCourse.lock([objection.pk])[0]
    if held.status != Objection.Status.ACCEPTED:
        raise refusal(_("受理以后、作出结论以前，才能指派和调查。"))
    return held
