"""What is said of an appeal against the decision that bars: a room above knows of appeals."""

from collections.abc import Callable
from dataclasses import dataclass

from designation.organizations.models import Person
from designation.register.bars import Bar


@dataclass(frozen=True, slots=True)
class Recourse:
    """A sentence, empty where there is no appeal; and the page to which it leads who reads it."""

    said: str = ""
    link: str = ""
    address: str = ""


Told = Callable[[Bar, Person | None], Recourse]
_TOLD: list[Told] = []


def told_by(told: Told) -> None:
    """Said by a room above: until when such a decision is appealed against, or what came of it."""
    if told not in _TOLD:
        _TOLD.append(told)


def against(bar: Bar, person: Person | None = None) -> Recourse:
    """Without a link where nobody in particular reads it."""
    return next((found for told in _TOLD if (found := told(bar, person)).said), Recourse())
