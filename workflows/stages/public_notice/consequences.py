"""What becomes of the name on a notice. Called by the door only, under its lock."""

from django.db.models import Q

from ...case.facts import Case
from .facts import Noticed


def take_off_the_notice(case: Case) -> None:
    """It will be verified and put on notice anew."""
    entry = Noticed.of(case).entry
    if entry is not None:
        entry.dropped_at = case.now
        entry.save(update_fields=["dropped_at"])


def drop_from_draft_notices(case: Case) -> None:
    case.application.notice_entries.filter(
        Q(dropped_at__isnull=True, notice__status="draft")
    ).update(dropped_at=case.now)
