"""How many applications came how far, and at which stage the others left."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Stage
from designation.organizations.models import CODE_DIGITS, Level
from workflows import reached

from ..workload.agreement import percent

# What people ask of a round, by the stage of the course with which it is reached.
STEPS: Mapping[str, Any] = {
    Stage.SUBMITTED: _("已申报"),
    Stage.RECOMMENDED: _("已推荐"),
    Stage.VERIFIED: _("核查合格"),
    Stage.CHOSEN: _("拟命名"),
    Stage.ON_NOTICE: _("已公示"),
    Stage.DESIGNATED: _("已命名"),
}


@dataclass(frozen=True, slots=True)
class Funnel:
    """``counts`` are by stage and by where a case stands, or stood when it left."""

    counts: Mapping[tuple[str, str], int]

    def reached(self, stage: str) -> int:
        """How many have come as far as the stage of the course."""
        stages = reached.at_or_beyond(stage)
        return sum(count for (_now, stood), count in self.counts.items() if stood in stages)

    @property
    def steps(self) -> list[tuple[str, Any, int, int]]:
        """Of each step its stage and words, how many reached it, and of a hundred applied."""
        applied = self.reached(Stage.SUBMITTED)
        counted = ((stage, words, self.reached(stage)) for stage, words in STEPS.items())
        return [(*one, percent(one[2], applied) or 0) for one in counted]

    @property
    def left(self) -> dict[str, dict[str, int]]:
        """By the stage from which they left the course, how many at which end."""
        return reached.left_from(self.counts)


def of(rows: QuerySet[Application]) -> Funnel:
    """One statement, whatever the number of ``rows``."""
    return whole(by_place(rows, CODE_DIGITS[Level.PROVINCE]))


def whole(parts: Mapping[str, Funnel]) -> Funnel:
    """The funnel of all places together."""
    counts: Counter[tuple[str, str]] = Counter()
    for part in parts.values():
        counts.update(part.counts)
    return Funnel(counts)


def by_place(rows: QuerySet[Application], digits: int) -> dict[str, Funnel]:
    """By the first ``digits`` of the code of the applicant's place; one statement."""
    counted = (
        rows.order_by()
        .annotate(place=Substr("area_code", 1, digits), stands_at=reached.stands_at())
        .values_list("place", "stage", "stands_at")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[tuple[str, str], int]] = {}
    for place, stage, stood, count in counted:
        found.setdefault(place, {})[stage, stood] = count
    return {place: Funnel(counts) for place, counts in found.items()}
