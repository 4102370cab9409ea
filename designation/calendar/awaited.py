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
    ``reminds``: whose turn it is is reminded before it is over, and when it is (``reminders``).
    """

    code: str
    words: Any
    then: str = ""
    reminds: bool = False


# Does what follows from a term that is over. Raises Refusal where a rule keeps it back: it is then
# tried again.
Consequence = Callable[[Any], object]
# Tells of a term that one of its reminders has come: whose turn it is, or whoever stands above.
Teller = Callable[[Any, Any], object]

_KINDS: Registered[Kind] = Registered("kind of term")
_CONSEQUENCES: Registered[Consequence] = Registered("consequence of a term")
_TELLERS: Registered[Teller] = Registered("way to remind of a term")


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


def told_by(subject_type: str, tell: Teller) -> None:
    """Say how people are reminded of the terms of a type of subject, named as the log does."""
    _TELLERS[subject_type] = tell


def teller(subject_type: str) -> Teller:
    """Raises NotRegistered."""
    return _TELLERS[subject_type]


def reminded() -> list[str]:
    """The kinds of which people are reminded."""
    return [code for code, one in _KINDS.items() if one.reminds]
