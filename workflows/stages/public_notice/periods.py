"""The period of a notice, while it lasts; what follows when it is over, time brings by its term."""

from designation.site import clock

from .models import NoticeEntry


def is_open_to_objections(entry: NoticeEntry) -> bool:
    ends_at = entry.notice.ends_at
    return ends_at is not None and not clock.is_over(ends_at) and entry.dropped_at is None
