"""Joining objections that say the same (并案), and undoing it before the finding is made.

One leads; the others are looked into and decided with it, and each is an objection still: with a
receipt code, a term, a place in the counts and an answer of its own. Nobody learns who raised
another, nor its code.
"""

from collections.abc import Iterable, Sequence
from typing import Unpack

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.site import clock, endings, filling
from standards.characters import kept

from ...door import Asked, How
from . import announcements, investigators, joined, redaction
from .course import ObjectionCourse, refusal
from .models import Joining, Objection
from .objections import accept, keep_step, refuse_unless_theirs


@endings.act()
def join(
    leading: Objection,
    objections: Iterable[Objection],
    *,
    reason: str,
    actor: Person,
    **how: Unpack[How],
) -> list[Joining]:
    """Join each of ``objections`` to ``leading``, all or none; what waits is accepted with it.

    Whoever objected reads ``reason`` where theirs is accepted by it. Raises Refusal where one may
    not be joined, and for a reason that tells who raised another.
    """
    refuse_unless_theirs(leading.entry.application, actor)
    keys = {one.pk for one in objections} - {leading.pk}
    held = {one.pk: one for one in ObjectionCourse.lock([leading.pk, *keys])}
    head = held.pop(leading.pk)
    _refuse_what_may_not(head, list(held.values()), reason)
    for one in held.values():
        if one.status == Objection.Status.RECEIVED:
            accept(one, reason=reason, actor=actor, **how)
    asked = Asked(actor, **how)
    made = [_join(head, one, asked, reason) for one in ObjectionCourse.lock(held)]
    _tell_who_investigates(head, actor)
    return made


def _tell_who_investigates(leading: Objection, actor: Person) -> None:
    """Whoever has reported already is not asked again: the page of the officer says so."""
    found = investigators.standing(leading)
    if found is not None and found.reported_at is None:
        announcements.joined_more(leading, found.investigator_id, actor=actor)


def _refuse_what_may_not(leading: Objection, others: Sequence[Objection], reason: str) -> None:
    if not others:
        raise refusal(_("请勾选要并入的异议。"))
    if any(one.entry_id != leading.entry_id for one in others):
        raise refusal(_("只有针对同一公示中同一组织的异议才能并案。"))
    if not kept(reason):
        raise refusal(_("请写明并案的理由。"))
    filling.refuse(joined.why_not_leading(leading))
    rows = joined.with_what_was_begun(Objection.objects.filter(pk__in=[one.pk for one in others]))
    filling.refuse([found for one in rows.order_by("pk") for found in joined.why_not_joined(one)])
    filling.refuse(redaction.tells_another([leading, *others], reason, field="reason"))


def _join(leading: Objection, objection: Objection, asked: Asked, reason: str) -> Joining:
    made = Joining.objects.create(leading=leading, objection=objection, joined_at=clock.now())
    keep_step(objection, "join", asked, role=Role.OBJECTION_OFFICER, said=kept(reason))
    return made


@endings.act()
def separate(objection: Objection, *, reason: str, actor: Person, **how: Unpack[How]) -> Joining:
    """Undo it: the objection is looked into by itself again, under the term that it kept.

    Raises Refusal where it is not joined, and once the finding was made.
    """
    refuse_unless_theirs(objection.entry.application, actor)
    (held,) = ObjectionCourse.lock([objection.pk])
    found = joined.standing(held)
    if found is None:
        raise refusal(_("这件异议没有并案，请查看最新情况。"))
    if held.status != Objection.Status.ACCEPTED:
        raise refusal(_("主件已经办结，这件异议随之办结，不能再解除并案。"))
    if not kept(reason):
        raise refusal(_("请写明解除并案的理由。"))
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    asked = Asked(actor, **how)
    keep_step(held, "separate", asked, role=Role.OBJECTION_OFFICER, said=kept(reason))
    return found
