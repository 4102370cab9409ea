"""The figures of a round that everybody may read.

Only once the round is closed and nothing of it is under way: before, they would tell how cases
stand. Names are in the register; of those that applied and were not named, and of objections, a
number below five is not told (our default), for it would point at one of few; nor is a median of
so few.
"""

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application, Stage
from designation.applications.work import LEAST
from designation.rounds.models import Round
from designation.rounds.outcome import Outcome
from workflows.stages.objections.models import Objection

from . import funnel, spans


def outcome(round_: Round) -> Outcome | None:
    """None while a case is under way. Three statements, one while that is so."""
    rows = Application.objects.filter(round=round_, submission__isnull=False)
    rows = rows.exclude(stage__in=PRIVATE_STAGES)
    found = funnel.of(rows)
    if any(stage not in FINAL_STAGES for stage, _stood in found.counts):
        return None
    raised = Objection.objects.filter(entry__notice__round=round_).count()
    return Outcome(
        applied=told(found.reached(Stage.SUBMITTED)),
        named=found.reached(Stage.DESIGNATED),
        objections=told(raised),
        days=spans.to_the_title(rows).median,
        least=LEAST,
    )


def told(count: int) -> int | None:
    """None and many are told; of few it is not said how many."""
    return count if count == 0 or count >= LEAST else None
