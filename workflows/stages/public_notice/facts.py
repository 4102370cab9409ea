"""What is known of the notice on which a case stands."""

from functools import cached_property

from ...case.facts import Facts
from .models import NoticeEntry, in_whose_places, steps_read
from .text import notice_sha256


class Noticed(Facts):
    """Its entry on a notice, and whether that still says what was published."""

    @cached_property
    def entry(self) -> NoticeEntry | None:
        """The entry on the notice in force, with its notice."""
        rows = NoticeEntry.objects.filter(
            application=self.case.application, dropped_at__isnull=True
        )
        found = rows.select_related("notice__round").annotate(taken=steps_read("notice")).first()
        if found is not None:
            # Read along: who took which step in whose place is asked of every name of a notice.
            found.notice.in_whose_places = in_whose_places(found.taken or ())
        return found

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether the notice still says what was published."""
        entry = self.entry
        return entry is None or notice_sha256(entry.notice) == entry.notice.text_sha256
