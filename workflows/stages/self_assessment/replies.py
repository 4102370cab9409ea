"""What the applicant replies to an item of the correction list."""

from typing import Any

from designation import clock
from designation.applications import authorship
from designation.applications.authorship import Sheet
from designation.applications.models import FormerValue
from designation.organizations.models import Person
from designation.site import shown
from designation.site.shown import Seen

from ...records import Correction

FIELD = "reply"


def sheet(correction: Correction) -> Sheet:
    """The reply with its author."""
    return Sheet({FIELD: correction.reply}, correction.written, None)


def save_reply(
    correction: Correction, text: str, *, actor: Person, seen: Seen
) -> tuple[dict[str, Any], list[FormerValue]]:
    """Bring ``text`` together with the reply that stands, while the application is held.

    Returns the conflict, if there is one, and the reply of another that gave way.
    """
    correction.refresh_from_db(fields=["reply", "written"])
    before = sheet(correction)
    merged = shown.merge(
        seen, before.values, {FIELD: text}, is_mine=lambda name: before.is_by(name, actor)
    )
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    if merged.changed:
        correction.reply, correction.replied_at = merged.values[FIELD], clock.now()
        correction.save(update_fields=["reply", "replied_at", "written"])
    kept = authorship.keep(
        superseded, correction.application, FormerValue.Subject.ANSWER, item=correction.item
    )
    return merged.conflicts, authorship.of_others(kept)
