"""How the choosing of each category of a round stands: places, who waits, who is in reserve."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from designation.applications.models import PLACED_STAGES, Stage
from designation.organizations.models import Person
from designation.rounds.models import Round, RoundCategory
from designation.rounds.rules import managed_rounds

from .models import Selection
from .reserve import counted, with_reserve_place
from .sheet import named_in_words


@dataclass(frozen=True, slots=True)
class CategoryStanding:
    """One category: ``left`` None is no limit; ``reserve`` stands in its order."""

    entry: RoundCategory
    figures: list[str]
    verified: int
    placed: int
    left_out: int
    reserve: list[Any]
    meetings: list[Selection]

    @property
    def left(self) -> int | None:
        return None if self.entry.quota is None else max(self.entry.quota - self.placed, 0)

    @property
    def may_move_up(self) -> bool:
        """Whether a place is free for who is next in reserve."""
        return bool(self.reserve) and self.left != 0


def of_categories(round_: Round) -> list[CategoryStanding]:
    """Of every category of the round. Five statements, whatever the numbers."""
    entries = list(round_.categories.prefetch_related("figures"))
    counts = _counts(round_)
    meetings = list(round_.selections.all())
    waiting = list(
        with_reserve_place(round_.applications.filter(stage=Stage.RESERVE))
        .select_related("organization")
        .order_by("reserve_place", "pk")
    )
    words = named_in_words(entries)
    return [
        CategoryStanding(
            entry,
            words[entry.pk],
            counts.get((entry.category, Stage.VERIFIED), 0),
            sum(counts.get((entry.category, stage), 0) for stage in PLACED_STAGES),
            counts.get((entry.category, Stage.NOT_CHOSEN), 0),
            [row for row in waiting if row.category == entry.category],
            [one for one in meetings if one.category == entry.category],
        )
        for entry in entries
    ]


def _counts(round_: Round) -> Mapping[tuple[str, str], int]:
    rows = round_.applications.order_by().values_list("category", "stage")
    return {(category, stage): count for category, stage, count in rows.annotate(Count("pk"))}


def to_choose_in(person: Person) -> QuerySet[Any]:
    """Categories of the rounds that the person coordinates in which there is something to choose.

    Each with ``verified`` waiting for a meeting and ``waiting`` in reserve for a free place.
    """
    rows = RoundCategory.objects.filter(round__in=managed_rounds(person)).exclude(
        round__status=Round.Status.DRAFT
    )
    return (
        rows.annotate(
            verified=counted(Stage.VERIFIED),
            in_reserve=counted(Stage.RESERVE),
            placed=counted(*PLACED_STAGES),
        )
        .filter(
            Q(verified__gt=0)
            | (Q(in_reserve__gt=0) & (Q(quota__isnull=True) | Q(quota__gt=F("placed"))))
        )
        .select_related("round")
        .order_by("round_id", "pk")
    )
