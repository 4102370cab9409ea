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


def stands_anew(entry: NoticeEntry) -> NoticeEntry | None:
    """The same name on what takes the place of its notice, which was broken off; else None.

    That may still be a draft, which is nobody's to read.
    """
    rows = NoticeEntry.objects.filter(
        notice__restarts=entry.notice_id, application=entry.application_id
    )
    found = rows.select_related("notice").order_by("-pk").first()
    if found is None or found.dropped_at is None:
        return found
    return stands_anew(found)
