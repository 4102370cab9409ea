"""The picture of the process, drawn from the flow itself."""

from dataclasses import dataclass
from itertools import pairwise

from designation.applications.models import Stage

from .. import declared
from ..flow import Course

# It follows from what became of a title, wherever the application stands: no way of the process.
_FROM_OUTSIDE = "end_barred"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way that leads from one place of the picture to another."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Place:
    """One stage of the picture; ``onward`` names the way to the next place of the main line."""

    stage: Stage
    label: str
    present: bool
    onward: str
    aside: tuple[Arrow, ...]


def picture(present: Stage) -> tuple[list[Place], list[Place]]:
    """The whole process, drawn from the flow itself: its main line, and what lies beside it."""
    main_line = [Stage(one.stage) for one in declared.places().values() if one.is_on_main_line]
    onward = dict(pairwise(main_line))
    places = {stage: _place(stage, present, onward.get(stage)) for stage in Stage}
    main = [places.pop(stage) for stage in main_line]
    return main, list(places.values())


def ways_from(stage: Stage) -> list[tuple[str, list[Stage]]]:
    """The ways that leave a stage, by their words, each with where it may lead."""
    drawn = [
        (str(transition.label), [Stage(target) for target in transition.declared_targets()])
        for transition in Course.stage.get_outgoing_transitions(stage)  # type: ignore[attr-defined]
        if transition.slug != _FROM_OUTSIDE
    ]
    return [(label, targets) for label, targets in drawn if targets != [stage]]


def _place(stage: Stage, present: Stage, following: Stage | None) -> Place:
    ways = ways_from(stage)
    return Place(
        stage=stage,
        label=str(stage.label),
        present=stage == present,
        onward=next((label for label, targets in ways if targets == [following]), ""),
        aside=tuple(
            Arrow(label, " / ".join(str(target.label) for target in targets))
            for label, targets in ways
            if targets != [following]
        ),
    )
