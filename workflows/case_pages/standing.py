"""What of a round is not at its end: for whoever closes it, by stage, and what each needs."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    applications: list[Application]

    @property
    def named(self) -> list[Application]:
        return self.applications[:MOST_NAMED]

    @property
    def more(self) -> int:
        return len(self.applications) - len(self.named)


def ways_on(stage: Stage) -> tuple[WayOn, ...]:
    """What ends a case that stands here, or moves it."""
    return tuple(
        WayOn(str(way.label), tuple(str(role.label) for role, _holds in way.custom["rule"].ways))
        for way in Course.stage.get_outgoing_transitions(stage)  # type: ignore[attr-defined]
    )


def standing(round_: Round) -> Iterable[StageStanding]:
    """By stage, in the order of the course, what was handed in and is not at its end."""
    ended = (*FINAL_STAGES, *PRIVATE_STAGES)
    rows = round_.applications.exclude(stage__in=ended).select_related("organization")
    by_stage: dict[str, list[Application]] = {}
    for row in rows.order_by("area_code", "pk"):
        by_stage.setdefault(row.stage, []).append(row)
    return [
        StageStanding(stage, ways_on(stage), by_stage[stage])
        for stage in Stage
        if stage in by_stage
    ]
