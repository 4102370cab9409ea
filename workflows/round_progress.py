"""How far the cases of a round have come, by the steps of its timetable."""

from collections.abc import Mapping

from django.db.models import Count

from designation.applications.models import Application, Stage
from designation.rounds import schedule
from designation.rounds.models import Round
from designation.rounds.schedule import Progress
from designation.rounds.timetable import Step

from .stages.objections.course import AWAITED

# By step the stages in which a case waits for it, in the order of the course.
_WAITING: Mapping[Step, tuple[Stage, ...]] = {
    Step.CLOSING: (Stage.DRAFT, Stage.SELF_ASSESSED),
    Step.FIRST_REVIEW: (Stage.SUBMITTED,),
    Step.PAPER_CHECK: (Stage.RECOMMENDED,),
    Step.VERIFICATION: (Stage.VERIFYING,),
    Step.SELECTION: (Stage.VERIFIED,),
    Step.NOTICE: (Stage.CHOSEN, Stage.ON_NOTICE),
    Step.DESIGNATION: (Stage.AWAITING_DESIGNATION,),
}
# What a case has behind it that waits for no step of its own: all up to this one.
_BEHIND: Mapping[Stage, Step] = {
    Stage.RETURNED: Step.CLOSING,
    Stage.RESERVE: Step.SELECTION,
    Stage.NOT_CHOSEN: Step.SELECTION,
    Stage.DESIGNATED: Step.DESIGNATION,
}


def of_cases(round_: Round) -> Progress:
    """By step how many wait for it and have it behind them; one statement.

    Where a case was rejected or withdrawn is not asked: it is neither.
    """
    rows = Application.objects.filter(round=round_).order_by().values_list("stage")
    counts = dict(rows.annotate(Count("pk")))
    steps = list(_WAITING)
    waiting = {
        step: sum(counts.get(stage, 0) for stage in stages) for step, stages in _WAITING.items()
    }
    behind = {
        step: sum(counts.get(stage, 0) for stage, last in _BEHIND.items() if last == step)
        for step in steps
    }
    found: dict[Step, tuple[int, int | None]] = {}
    for place, step in enumerate(steps):
        later = sum(waiting[one] for one in steps[place + 1 :])
        found[step] = (waiting[step], later + sum(behind[one] for one in steps[place:]))
    return {**found, Step.CORRECTIONS: (counts.get(Stage.RETURNED, 0), None)}


def objection_days() -> int:
    """Working days from receiving an objection to its finding."""
    return sum(days for days, _words in AWAITED.values())


schedule.told_by(cases=of_cases, objection_days=objection_days)
