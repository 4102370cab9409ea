"""What is known of the notice on which a case stands."""

from functools import cached_property

from designation.applications.models import NOTICED_STAGES, Application, Stage
from designation.rounds.models import RoundCategory

from ...case.facts import Facts
from .models import NoticeEntry
from .text import notice_sha256


class Noticed(Facts):
    """Its entry on a notice, and the places that are left."""

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

    @cached_property
    def places_left(self) -> int:
        """Places of the round's category not yet taken by applications on notice or beyond."""
        application = self.case.application
        row = RoundCategory.objects.filter(
            round_id=application.round_id, category=application.category
        )
        quota: int = self.counted_alone(row.values_list("quota", flat=True)).get()
        taken = Application.objects.filter(
            round_id=application.round_id,
            category=application.category,
            stage__in=[*NOTICED_STAGES, Stage.DESIGNATED],
        )
        return quota - taken.count()
