"""What terms are about: each room registers its kinds, and what time itself brings, when it starts.

A kind is the word for what is awaited (``application.submitted``); a consequence is an act that
is done when a term is over, with nobody pressing anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from designation.site.registered import Registered


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

_KINDS: Registered[Kind] = Registered("kind of term")
_CONSEQUENCES: Registered[Consequence] = Registered("consequence of a term")


def register(*kinds: Kind) -> None:
    """Make kinds known. Raises NotRegistered for one whose ``then`` no room has named."""
    for kind in kinds:
        if kind.then:
            consequence(kind.then)
        _KINDS[kind.code] = kind


def follows(name: str, act: Consequence) -> None:
    """Say what is done when a term is over that names this consequence."""
    _CONSEQUENCES[name] = act


def kind(code: str) -> Kind:
    """Raises NotRegistered."""
    return _KINDS[code]


def consequence(name: str) -> Consequence:
    """Raises NotRegistered."""
    return _CONSEQUENCES[name]


def consequences() -> Mapping[str, Consequence]:
    return _CONSEQUENCES
