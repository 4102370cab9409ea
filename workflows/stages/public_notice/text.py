"""The published text of a notice, and its hash: what stood on the wall must not change."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from designation.calendar.working_days import end_of_day
from designation.site.years import months_after

from .models import Notice, NoticeEntry


def names_on(notice: Notice) -> QuerySet[NoticeEntry]:
    """The list as it was published: a name sent back later was on the wall all the same."""
    return notice.entries.filter(
        Q(dropped_at__isnull=True) | Q(dropped_at__gte=notice.published_at)
    )


def is_reduced(notice: Notice, now: datetime) -> bool:
    """Whether only title and result are shown any more: some months after its last day.

    How many, its round says (``notice_months_shown``).
    """
    until = shown_whole_until(notice)
    return until is not None and now >= end_of_day(until)


def shown_whole_until(notice: Notice) -> date | None:
    """The last day on which everything of it is shown; None while it is not published."""
    if notice.last_day is None:
        return None
    return months_after(notice.last_day, notice.round.notice_months_shown)


def notice_sha256(notice: Notice) -> str:
    """SHA-256 over every printed field and the list of names, in list order, once published."""
    names = [
        # Entries from before the area was kept are hashed as they were, and so are most names:
        # with nothing that was corrected.
        [category, name, *(part for part in (area, corrected) if part)]
        for category, name, area, corrected in names_on(notice)
        .order_by("pk")
        .values_list("application__category", "printed_name", "printed_area", "corrected_from")
    ]
    printed: dict[str, Any] = {
        "title": notice.title,
        "basis": notice.basis,
        "procedure": notice.procedure,
        "meeting": [notice.meeting_name, notice.meeting_on.isoformat(), notice.meeting_result],
        "contact": [
            notice.contact_unit,
            notice.contact_phone,
            notice.contact_email,
            notice.contact_address,
        ],
        "period": [
            notice.first_day and notice.first_day.isoformat(),
            notice.last_day and notice.last_day.isoformat(),
            notice.working_days,
        ],
        "names": names,
    }
    # Working days are counted where nothing else is said.
    if notice.counts_calendar_days:
        printed["calendar_days"] = notice.calendar_days
    # Those from before notices were numbered are hashed as they were.
    printed |= {"number": notice.number} if notice.number else {}
    text = json.dumps(printed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
