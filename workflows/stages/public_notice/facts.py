"""What is known of the notice on which a case stands."""

from functools import cached_property

from django.db.models import QuerySet

from ...case.facts import Facts
from .models import NoticeEntry, in_whose_places, steps_read
from .text import notice_sha256


def with_notices(rows: QuerySet[NoticeEntry]) -> list[NoticeEntry]:
    """The entries, each with its notice and in whose place its steps were taken: one statement."""
    found: list[NoticeEntry] = []
    for entry in rows.select_related("notice__round").annotate(taken=steps_read("notice")):
        entry.notice.in_whose_places = in_whose_places(entry.taken or ())
        found.append(entry)
    return found


class Noticed(Facts):
    """Its entry on a notice, and whether that still says what was published."""

    @cached_property
    def entry(self) -> NoticeEntry | None:
        """The entry on the notice in force, with its notice."""
        standing = NoticeEntry.objects.filter(
            application=self.case.application, dropped_at__isnull=True
        )
        return next(iter(with_notices(standing[:1])), None)

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether the notice still says what was published."""
        entry = self.entry
        return entry is None or notice_sha256(entry.notice) == entry.notice.text_sha256
