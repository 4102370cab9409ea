"""The passing of a notice period. May run twice, late, or at once with itself, unharmed."""

import logging

from django.db import transaction

from designation.applications.models import Application, Stage
from designation.site import clock
from designation.site.refusal import Refusal

from ... import door
from . import announcements
from .models import Notice, NoticeEntry

logger = logging.getLogger(__name__)


def is_open_to_objections(entry: NoticeEntry) -> bool:
    ends_at = entry.notice.ends_at
    return ends_at is not None and not clock.is_over(ends_at) and entry.dropped_at is None


def end_those_over() -> int:
    """Open the next step for every application whose notice period is over; returns how many.

    An application with an accepted open objection stays, and is looked at again next time.
    """
    due = Application.objects.filter(clock.over("due_at"), stage=Stage.ON_NOTICE)
    ended = sum(_end(application_id) for application_id in due.values_list("pk", flat=True))
    _end_notices()
    return ended


@transaction.atomic
def _end_notices() -> None:
    over = Notice.objects.filter(clock.over("ends_at"), status=Notice.Status.PUBLISHED)
    for notice in (
        over.select_for_update(of=("self",), skip_locked=True)
        .select_related("round__jurisdiction")
        .order_by("pk")
    ):
        notice.status = Notice.Status.ENDED
        notice.save(update_fields=["status"])
        announcements.ended(notice)


def _end(application_id: int) -> bool:
    try:
        door.perform("application.end_notice", application_id, actor=None)
    except Refusal as refused:
        logger.info("Application %s stays on notice: %s", application_id, refused.codes)
        return False
    return True
