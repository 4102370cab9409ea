"""The period of a notice, while it lasts; what follows when it is over, time brings by its term."""

from datetime import datetime

from .models import Notice, NoticeEntry

# The kind of the term that runs while it is public.
PERIOD = "notice.published"


def is_open_to_objections(entry: NoticeEntry) -> bool:
    return entry.notice.is_running and entry.dropped_at is None


def public_since(notice: Notice) -> datetime | None:
    """When its names were first on the wall: of a restart, with the notice that was broken off."""
    if notice.published_at is None or notice.restarts is None:
        return notice.published_at
    return public_since(notice.restarts)
