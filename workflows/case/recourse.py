"""What may be done about a decision that ended a case; the room that knows says so as it starts."""

from collections.abc import Callable
from typing import Any

from .facts import Case

Sayer = Callable[[Case], Any]
_sayers: list[Sayer] = []


def said_by(sayer: Sayer) -> None:
    """What it answers is what the page of a case shows below its result."""
    if sayer not in _sayers:
        _sayers.append(sayer)


def of(case: Case) -> Any:
    """None where no room says anything."""
    return next((sayer(case) for sayer in _sayers), None)
