"""Questions about what was typed, answered by a tick at the field: nothing is typed again.

An answer holds for the text it was given about; another text is asked about anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from standards.kinds import numbers

_PREFIX = "meant-"
_APART = "="


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to read ``typed``: what it stands for, and how it is said."""

    typed: str
    stands_for: str
    said: str

    @property
    def value(self) -> str:
        return f"{self.typed}{_APART}{self.stands_for}"


class AsksBack:
    """For a form: ``questions`` by input, the ways in which each may be answered."""

    data: Mapping[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: dict[str, Sequence[Answer]] = {}

    def ask(self, name: str, typed: str, ways: Sequence[tuple[str, str]]) -> None:
        """Ask at ``name`` what ``typed`` means; each of ``ways`` is a text and its wording."""
        self.questions[name] = [Answer(typed, *way) for way in ways]

    def meant(self, name: str) -> str | None:
        """What the person ticked of what was asked at ``name``; None where nothing, or of old."""
        ticked = self.ticked(name)
        ways = self.questions[name]
        return next((way.stands_for for way in ways if way.value == ticked), None)

    def share(self, name: str, figure: Decimal) -> Decimal:
        """The percentage that ``figure``, typed at ``name`` without its sign, is meant to be.

        Raises ValidationError, and asks, of one below 1 (0.8 for 80 %).
        """
        if not 0 < figure < 1:
            return figure
        self.ask(name, f"{figure:f}", numbers.fraction_ways(figure))
        meant = self.meant(name)
        if meant is None:
            raise ValidationError(numbers.fraction_question(figure), code="fraction")
        return Decimal(meant.removesuffix("%"))

    def ticked(self, name: str) -> str:
        """The answer that came with the form, to be shown ticked."""
        return str(self.data.get(input_of(name), ""))


def input_of(name: str) -> str:
    """The input of the answers about the input ``name``."""
    return f"{_PREFIX}{name}"
