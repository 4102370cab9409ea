"""What is done about an appeal ties a person to the case."""

from django.db.models import QuerySet

from ...case.interests import Tie, Trace
from .models import Appeal, AppealStep
from .rules import HEARING


def _heard() -> QuerySet[AppealStep]:
    """To type what came on paper is not to hear it."""
    heard = AppealStep.objects.filter(role__in=HEARING)
    return heard.exclude(act=Appeal.Status.LODGED)


_CASE = "appeal__decision__application"
TRACES = (
    Trace(Tie.HEARD_APPEAL, _heard, "actor", _CASE),
    Trace(Tie.HEARD_APPEAL, _heard, "acted_for", _CASE),
)
