"""Where a paper comes back signed and sealed: each room above says so once, of its own papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from designation.organizations.models import Jurisdiction, Person, Role

from .fields import Paper


@dataclass(frozen=True, slots=True)
class Slot:
    """The slot of one kind of paper, by what the paper is of: a decision, a notice, a step.

    ``read_by`` gives those whose paper a person may read; ``role`` the role in which a person
    issues it and may put its sealed copy there, None for who may not. ``paper`` is None where
    there is none yet. ``address`` is that of the page from which it is taken.
    """

    read_by: Callable[[Person], QuerySet[Any]]
    role: Callable[[Any, Person], Role | None]
    area: Callable[[Any], Jurisdiction]
    paper: Callable[[Any], Paper | None]
    address: Callable[[Any], str]


_SLOTS: dict[str, Slot] = {}


def declare(kind: str, slot: Slot) -> None:
    """Let papers of this kind come back sealed."""
    _SLOTS[kind] = slot


def kinds() -> frozenset[str]:
    return frozenset(_SLOTS)


def of(kind: str) -> Slot | None:
    return _SLOTS.get(kind)
