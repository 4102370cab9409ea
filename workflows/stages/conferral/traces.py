"""What is done in this stage ties a person to the case."""

from designation.organizations.models import Role

from ...case.interests import Tie, Trace, decided_as

TRACES = (
    Trace(Tie.DECIDED, decided_as(Role.DECIDING_OFFICER), "actor"),
    Trace(Tie.DECIDED, decided_as(Role.DECIDING_OFFICER), "acted_for"),
)
