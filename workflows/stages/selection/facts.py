"""What is known of the choosing of a case: the meeting's row, the places, the reserve before it."""

from functools import cached_property

from django.db.models import QuerySet

from designation.applications.models import (
    FINAL_STAGES,
    PLACED_STAGES,
    Application,
    Stage,
)
from designation.rounds.models import RoundCategory

from ...case.facts import Facts
from .models import SelectionRow
from .reserve import counted, in_reserve


class Choosing(Facts):
    """The meeting that decides, the places that are left, and who stands in reserve before it."""

    @cached_property
    def row(self) -> SelectionRow | None:
        """What the meeting that is being recorded decided of it; None while none is."""
        selection = self.case.act.selection_id
        if selection is None:
            return None
        return SelectionRow.objects.filter(
            application=self.case.application, selection=selection
        ).first()

    @cached_property
    def places_left(self) -> int | None:
        """Places of the category that nobody was chosen for; None: there is no limit."""
        application = self.case.application
        entry = RoundCategory.objects.filter(
            round_id=application.round_id, category=application.category
        )
        if self.case.under_lock:
            # Whoever took the last one meanwhile is seen by the next statement.
            list(entry.select_for_update().values_list("pk"))
        taken = counted(*PLACED_STAGES)
        quota, placed = entry.annotate(placed=taken).values_list("quota", "placed").get()
        return None if quota is None else quota - placed

    @cached_property
    def is_next_in_reserve(self) -> bool:
        application = self.case.application
        waiting = in_reserve(application.round_id, application.category)
        first = waiting.values_list("pk", flat=True).first()
        return first == application.pk

    @cached_property
    def others_under_way(self) -> int:
        """How many of the category are not at an end, beside those in reserve."""
        ended = (*FINAL_STAGES, Stage.RESERVE)
        return self._alike().exclude(stage__in=ended).count()

    def _alike(self) -> QuerySet[Application]:
        application = self.case.application
        return Application.objects.filter(
            round_id=application.round_id, category=application.category
        ).exclude(pk=application.pk)
