"""What is done in this stage ties a person to the case."""

from ...case.interests import Tie, Trace
from .models import Investigation, Objection, ObjectionStep

TRACES = (
    Trace(Tie.HANDLED_OBJECTION, Objection.objects.all, "handled_by", "entry__application"),
    Trace(Tie.HANDLED_OBJECTION, Objection.objects.all, "closed_by", "entry__application"),
    Trace(
        Tie.HANDLED_OBJECTION,
        Investigation.objects.all,
        "investigator",
        "objection__entry__application",
    ),
    Trace(
        Tie.HANDLED_OBJECTION,
        ObjectionStep.objects.all,
        "acted_for",
        "objection__entry__application",
    ),
)
