"""The terms of a notice, while they last; what follows when it is over, time brings by its term."""

from datetime import datetime

from .models import Notice, NoticeEntry

# The kind of the term that runs while it is public.
PERIOD = "notice.published"
# The kind of the term by which the proofs of posting are there that its round asks for.
PROOFS = "notice.proofs"


def is_open_to_objections(entry: NoticeEntry) -> bool:
    return entry.notice.is_running and entry.dropped_at is None


def public_since(notice: Notice) -> datetime | None:
    """When its names were first on the wall: of a restart, with the notice that was broken off."""
    if notice.published_at is None or notice.restarts is None:
        return notice.published_at
    return public_since(notice.restarts)
