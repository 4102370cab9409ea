"""What of a round is not at its end: for whoever closes it, by stage, and what each needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application, Stage
from designation.rounds.models import Round

from ..flow import Course

# Of each stage; what is beyond stands in the list of applications.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class WayOn:
    """One way on: what is done, and in which roles."""

    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageStanding:
    """Those of a round that stand at one stage."""

    stage: Stage
    ways: tuple[WayOn, ...]
    named: list[Application]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.named)


def ways_on(stage: Stage) -> tuple[WayOn, ...]:
    """What ends a case that stands here, or moves it."""
    return tuple(
        WayOn(str(way.label), tuple(str(role.label) for role, _holds in way.custom["rule"].ways))
        for way in Course.stage.get_outgoing_transitions(stage)  # type: ignore[attr-defined]
    )


def standing(round_: Round) -> Iterable[StageStanding]:
    """By stage, in the order of the course, what was handed in and is not at its end."""
    ended = (*FINAL_STAGES, *PRIVATE_STAGES)
    order, of_a_stage = ("area_code", "pk"), [F("stage")]
    rows = (
        round_.applications.exclude(stage__in=ended)
        .annotate(
            place=Window(RowNumber(), partition_by=of_a_stage, order_by=order),
            count=Window(Count("pk"), partition_by=of_a_stage),
        )
        .filter(place__lte=MOST_NAMED)
        .select_related("organization")
    )
    by_stage: dict[str, list[Any]] = {}
    for row in rows.order_by(*order):
        by_stage.setdefault(row.stage, []).append(row)
    return [
        StageStanding(stage, ways_on(stage), by_stage[stage], by_stage[stage][0].count)
        for stage in Stage
        if stage in by_stage
    ]
