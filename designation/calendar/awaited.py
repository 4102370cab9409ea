"""What terms are about: each room registers its kinds, and what time itself brings, when it starts.

A kind is the word for what is awaited (``application.submitted``); a consequence is an act that
is done when a term is over, with nobody pressing anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class KindUnknown(LookupError):
    """No room has registered what is awaited."""


class ConsequenceUnknown(LookupError):
    """No room has registered what is to follow."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``words`` say what is awaited, lazily translated.

    ``then`` names the consequence that time brings; empty where it brings nothing but being late.
    """

    code: str
    words: Any
    then: str = ""


# Does what follows from a term that is over. Raises Refusal where a rule keeps it back: it is then
# tried again.
Consequence = Callable[[Any], object]

_KINDS: dict[str, Kind] = {}
_CONSEQUENCES: dict[str, Consequence] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. Raises ConsequenceUnknown for one whose ``then`` no room has named."""
    for kind in kinds:
        if kind.then:
            consequence(kind.then)
        _KINDS[kind.code] = kind


def follows(name: str, act: Consequence) -> None:
    """Say what is done when a term is over that names this consequence."""
    _CONSEQUENCES[name] = act


def kind(code: str) -> Kind:
    """Raises KindUnknown."""
    try:
        return _KINDS[code]
    except KeyError:
        raise KindUnknown(code) from None


def consequence(name: str) -> Consequence:
    """Raises ConsequenceUnknown."""
    try:
        return _CONSEQUENCES[name]
    except KeyError:
        raise ConsequenceUnknown(name) from None


def consequences() -> Mapping[str, Consequence]:
    return _CONSEQUENCES
