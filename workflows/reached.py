"""How far applications came: where each stands in its course, or stood when it left.

One truth for the figures of a round and for the lists behind them. What was taken back was not
reached: asked is how far a case stands, not how far it once was (our default).
"""

from collections.abc import Mapping

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from designation.applications.models import PRIVATE_STAGES, Application, Stage

from .case.records import Decision
from .declared import Place, places


def course() -> tuple[str, ...]:
    """The stages of the main line after handing in, in their order."""
    known = places().items()
    return tuple(
        stage for stage, one in known if one.is_on_main_line and stage not in PRIVATE_STAGES
    )


def departures() -> tuple[str, ...]:
    """The stages at which a case has left the course."""
    return tuple(stage for stage, one in places().items() if _is_departure(one))


def stood_at_an_end() -> tuple[str, ...]:
    """The stages from which a case may have left."""
    return tuple(
        stage
        for stage, one in places().items()
        if not (stage in PRIVATE_STAGES or Stage(stage).is_end or one.answers_corrections)
    )


def _is_departure(place: Place) -> bool:
    return not place.is_on_main_line and Stage(place.stage).is_end


def at_or_beyond(stage: str) -> tuple[str, ...]:
    """Where a case stands that has come as far as ``stage`` of the course.

    What stands beside the main line, in a step of it, is as far as where that step begins.
    """
    line = course()
    reached = line[line.index(stage) :]
    begins = {places()[one].step: one for one in reversed(line)}
    beside = (
        one
        for one, place in places().items()
        if place.step and one not in line and begins.get(place.step) in reached
    )
    return (*reached, *beside)


def stands_at() -> Case:
    """Of applications: the stage at which one stands; after a return, or an end, stood before."""
    left = Decision.objects.filter(application=OuterRef("pk"), to_stage=OuterRef("stage"))
    return Case(
        # Kept while it is corrected, and where it came to its end meanwhile.
        When(~Q(returned_from=""), then=F("returned_from")),
        When(stage__in=departures(), then=Subquery(left.order_by("-pk").values("from_stage")[:1])),
        default=F("stage"),
        output_field=Application._meta.get_field("stage"),  # noqa: SLF001 - Django's own way
    )


def left_from(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Of counts by stage and by where a case stands: by where they left, how many at which end."""
    found: dict[str, dict[str, int]] = {}
    for (stage, stood), count in counts.items():
        if stage in departures() and stood not in PRIVATE_STAGES:
            found.setdefault(stood, {})[stage] = count
    return {stage: found[stage] for stage in places() if stage in found}
