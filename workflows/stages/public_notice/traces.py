"""What is done in this stage ties a person to the case."""

from ...case.interests import Tie, Trace
from .models import NoticeStep


def _trace(tie: Tie, person: str) -> Trace:
    proposed = tie == Tie.PROPOSED
    act = NoticeStep.Act.PROPOSED
    steps = NoticeStep.objects
    return Trace(
        tie,
        lambda: steps.filter(act=act) if proposed else steps.exclude(act=act),
        person,
        "notice__entries__application",
    )


TRACES = tuple(
    _trace(tie, person)
    for tie in (Tie.PROPOSED, Tie.NOTICED)
    # What a deputy did, the person did for whom they stood in.
    for person in ("actor", "acted_for")
)
