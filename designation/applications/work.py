"""How long the work on applications took, as it was added up: told of many only, never of one."""

from django.db.models import Aggregate, Count, FloatField

from designation.rounds.models import Round

from .models import Room, WorkTally

# Our default: of fewer, a figure would be about one of them.
LEAST = 5
_A_MINUTE = 60


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def minutes_to_fill_in(round_: Round, category: str) -> float | None:
    """The median of the place's own applications of the category that were handed in.

    In whichever of its rounds; None while they are too few to be told. One statement.
    """
    rows = WorkTally.objects.filter(
        room=Room.SELF_ASSESSMENT,
        application__round__jurisdiction=round_.jurisdiction_id,
        application__category=category,
        application__submission__isnull=False,
    )
    found = rows.aggregate(count=Count("pk"), seconds=Median("active_seconds"))
    return found["seconds"] / _A_MINUTE if found["count"] >= LEAST else None
