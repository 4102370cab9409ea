"""The summary as the applicant saves it: merged, counted, recorded."""

from collections.abc import Mapping
from typing import Any

from designation.applications import authorship, sittings, summaries
from designation.applications.models import Room
from designation.organizations.models import Person
from designation.site.shown import Seen, Told
from designation.site.tallies import PRESSED, Way

from ...case import replaced, rules
from ...case.facts import Case
from . import editing


def save(
    case: Case,
    sent: Mapping[str, Any],
    *,
    actor: Person,
    seen: Seen | None = None,
    way: Way = PRESSED,
) -> dict[str, Told]:
    """Save those of ``summaries.FIELDS`` that were sent; returns what others changed meanwhile.

    That stands until the person has chosen. Raises Refusal when it is locked.
    """
    role = rules.is_applicant.role(case, actor)
    with editing.held(case.application, editing.may_edit_summary, actor) as application:
        unlocked = editing.unlocked_fields(Case(application, actor=actor), actor)
        sent = {name: value for name, value in sent.items() if name in unlocked}
        before = summaries.sheet(application)
        merged, gave_way = summaries.save_summary(application, sent, actor=actor, seen=seen)
        told = authorship.told(before, merged.conflicts, lambda _name, value: str(value))
        sittings.note(
            application,
            sorted(merged.changed),
            room=Room.SELF_ASSESSMENT,
            actor=actor,
            role=str(role),
            way=way,
        )
        replaced.record(application, gave_way, actor=actor, role=role)
    return told
