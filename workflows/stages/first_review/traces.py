"""What is done in this stage ties a person to the case."""

from designation.organizations.models import Role

from ...case.interests import Tie, Trace, decided_as
from .models import ItemMark

TRACES = (
    Trace(Tie.REVIEWED, ItemMark.objects.all, "marked_by"),
    Trace(Tie.REVIEWED, decided_as(Role.FIRST_REVIEWER), "actor"),
    Trace(Tie.REVIEWED, decided_as(Role.FIRST_REVIEWER), "acted_for"),
)
