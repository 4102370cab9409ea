"""What is done in this stage ties a person to the case."""

from ...case.interests import Tie, Trace
from .models import NoticeStep

TRACES = (
    Trace(
        Tie.PROPOSED,
        lambda: NoticeStep.objects.filter(act=NoticeStep.Act.PROPOSED),
        "actor",
        "notice__entries__application",
    ),
    Trace(
        Tie.NOTICED,
        lambda: NoticeStep.objects.exclude(act=NoticeStep.Act.PROPOSED),
        "actor",
        "notice__entries__application",
    ),
)
