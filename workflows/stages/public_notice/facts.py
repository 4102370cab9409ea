"""What is known of the notice on which a case stands."""

from functools import cached_property

from ...case.facts import Facts
from .models import NoticeEntry
from .text import notice_sha256


class Noticed(Facts):
    """Its entry on a notice, and whether that still says what was published."""

    @cached_property
    def entry(self) -> NoticeEntry | None:
        """The entry on the notice in force, with its notice."""
        return (
            NoticeEntry.objects.filter(application=self.case.application, dropped_at__isnull=True)
            .select_related("notice__round")
            .first()
        )

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether the notice still says what was published."""
        entry = self.entry
        return entry is None or notice_sha256(entry.notice) == entry.notice.text_sha256
