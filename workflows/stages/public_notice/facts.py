"""What is known of the notice on which a case stands."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from designation.site.prepared import Prepared

from ...case.facts import Facts
from .models import NoticeEntry, NoticePosting, in_whose_places, steps_read
from .text import notice_sha256


def with_notices(rows: QuerySet[NoticeEntry]) -> list[NoticeEntry]:
    """The entries, each with its notice, whose steps and postings are read along: one statement."""
    return _told(_with_notices(rows))


def _with_notices(rows: QuerySet[NoticeEntry]) -> QuerySet[Any]:
    posted = NoticePosting.objects.filter(notice=OuterRef("notice")).order_by().values("channel")
    return rows.select_related("notice__round").annotate(
        taken=steps_read("notice"), posted=ArraySubquery(posted)
    )


def _told(entries: Iterable[Any]) -> list[NoticeEntry]:
    found = []
    for entry in entries:
        entry.notice.in_whose_places = in_whose_places(entry.taken or ())
        entry.notice.posted_through = frozenset(entry.posted)
        found.append(entry)
    return found


@Prepared
def _standing(application: Any) -> QuerySet[Any]:
    rows = NoticeEntry.objects.filter(application=application, dropped_at__isnull=True)
    return _with_notices(rows[:1])


class Noticed(Facts):
    """Its entry on a notice, and whether that still says what was published."""

    @cached_property
    def entry(self) -> NoticeEntry | None:
        """The entry on the notice in force, with its notice."""
        return next(iter(_told(_standing(self.case.application.pk))), None)

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether the notice still says what was published."""
        entry = self.entry
        return entry is None or notice_sha256(entry.notice) == entry.notice.text_sha256
