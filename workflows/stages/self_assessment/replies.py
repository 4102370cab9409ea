"""What the applicant replies to an item of the correction list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designation.applications import authorship
from designation.applications.authorship import Sheet
from designation.applications.models import FormerValue
from designation.applications.rules import refuse_unless_applicant
from designation.organizations.models import Person
from designation.site import clock
from designation.site.shown import Seen

from ...case.records import Correction

FIELD = "reply"


def sheet(correction: Correction) -> Sheet:
    """The reply with its author."""
    return Sheet({FIELD: correction.reply}, correction.written, None)


@dataclass(frozen=True, slots=True)
class Saved:
    """As ``answers.Saved``, of the reply."""

    changed: frozenset[str]
    conflicts: Mapping[str, Any]
    replaced: list[FormerValue]


def save_reply(correction: Correction, text: str, *, actor: Person, seen: Seen) -> Saved:
    """Bring ``text`` together with the reply that stands, while the application is held.

    Raises Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(correction.application, actor)
    correction.refresh_from_db(fields=["reply", "written"])
    before = sheet(correction)
    merged = before.merge(seen, {FIELD: text}, actor=actor)
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    if merged.changed:
        correction.reply, correction.replied_at = merged.values[FIELD], clock.now()
        correction.save(update_fields=["reply", "replied_at", "written"])
    kept = authorship.keep(
        superseded, correction.application, FormerValue.Subject.ANSWER, item=correction.item
    )
    return Saved(merged.changed, merged.conflicts, authorship.of_others(kept))
