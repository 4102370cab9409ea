"""What a decision leaves behind that may be appealed against. Called by the door only."""

from ...case.facts import Case
from ...case.records import Decision
from . import against


def open_to_appeal(_case: Case, decision: Decision) -> None:
    """Until when it may be appealed against is written down with it."""
    against.begin(decision)
