"""How far the cases of a round have come, by the steps of its timetable."""

from collections import Counter

from django.db.models import Count

from designation.applications.models import Application
from designation.rounds import schedule
from designation.rounds.models import Round
from designation.rounds.schedule import Progress
from designation.rounds.timetable import Step

from .declared import places


def of_cases(round_: Round) -> Progress:
    """By step how many wait for it and have it behind them; one statement.

    Where a case was rejected or withdrawn is not asked: it is neither.
    """
    rows = Application.objects.filter(round=round_).order_by().values_list("stage")
    counts = dict(rows.annotate(Count("pk")))
    known = places().values()
    waiting, past = Counter[Step](), Counter[Step]()
    for place in known:
        if place.timed_by:
            waiting[place.timed_by] += counts.get(place.stage, 0)
        elif place.past:
            past[place.past] += counts.get(place.stage, 0)
    found: dict[Step, tuple[int, int | None]] = {}
    behind = 0
    for step in reversed([step for step in Step if step in waiting]):
        behind += past[step]
        found[step] = (waiting[step], behind)
        behind += waiting[step]
    corrected = sum(counts.get(place.stage, 0) for place in known if place.answers_corrections)
    return {**found, Step.CORRECTIONS: (corrected, None)}


schedule.told_by(cases=of_cases)
