"""What the person saw comes back with what they send.

A form carries, for each field, a short digest of the value it showed. Under the lock the writer
compares three values field by field: the one shown, the one now in the record, the one sent. Only
where somebody else changed the very field that this person changed is anything asked.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder

# The hidden input that carries the digests, and the head of the names of choices.
INPUT = "shown"
CHOICE = "choose-"
MINE, THEIRS = "mine", "theirs"
_LENGTH = 12
_LONGEST = 20_000
_NOTHING: tuple[Any, ...] = (None, "", [], {}, ())


def digest(value: Any) -> str:
    """A short hash of ``value``; "" for what is empty, however it is empty."""
    if any(value == nothing for nothing in _NOTHING):
        return ""
    said = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]


def digests(values: Mapping[str, Any]) -> dict[str, str]:
    """The digest of each field."""
    return {name: digest(value) for name, value in values.items()}


def carried(values: Mapping[str, Any], held: Mapping[str, str] | None = None) -> str:
    """The text of the hidden input of a form that shows ``values``.

    ``held`` are the digests of fields whose question is still open: what was seen of them first.
    """
    return json.dumps(digests(values) | dict(held or {}), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back of what was shown: digests by field, and choices made between two texts.

    ``choices`` maps a field to the side chosen and the digest of the other's text as it was
    shown beside it; a text that changed once more is asked about once more.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read a form; what is not ours counts as not seen."""
        return cls(_digests_in(str(data.get(INPUT, ""))), dict(_choices_in(data)))

    def held(self, conflicts: Iterable[str]) -> dict[str, str]:
        """What was seen first of the fields that are asked about."""
        return {name: self.digests.get(name, "") for name in conflicts}

    def chose(self, name: str, now: str) -> str:
        """The side chosen for a field whose text in the record now has the digest ``now``."""
        side, beside = self.choices.get(name, ("", ""))
        return side if beside == now else ""


def _digests_in(text: str) -> dict[str, str]:
    try:
        found = json.loads(text[:_LONGEST]) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}


def _choices_in(data: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, str]]]:
    for name in data:
        side, _colon, beside = str(data[name]).partition(":")
        if str(name).startswith(CHOICE) and side in (MINE, THEIRS):
            yield str(name).removeprefix(CHOICE), (side, beside)


@dataclass(frozen=True, slots=True)
class Merged:
    """``values`` is what the record is to say; ``changed`` names the fields that change in it.

    ``conflicts`` maps each field that two people changed to what now stands in the record; it
    keeps its value until the person has chosen.
    """

    values: dict[str, Any]
    changed: frozenset[str]
    conflicts: dict[str, Any]


def merge(
    seen: Seen,
    current: Mapping[str, Any],
    sent: Mapping[str, Any],
    *,
    is_mine: Callable[[str], bool] = lambda _name: False,
) -> Merged:
    """Bring what was ``sent`` together with what the record says now, field by field.

    A field without a digest was not seen: then only what is empty, or what ``is_mine`` says this
    person wrote, is replaced unasked.
    """
    values, changed, conflicts = dict(current), set(), {}
    for name, value in sent.items():
        stands = current.get(name)
        side = _side(seen, name, stands, value, is_mine)
        if side == MINE:
            values[name] = value
            changed.add(name)
        elif not side:
            conflicts[name] = stands
    return Merged(values, frozenset(changed), conflicts)


def _side(seen: Seen, name: str, stands: Any, value: Any, is_mine: Callable[[str], bool]) -> str:
    """Whose value the field is to have; "" where the person must be asked."""
    now, mine = digest(stands), digest(value)
    if mine == now:
        return THEIRS
    was_seen = name in seen.digests
    before = seen.digests.get(name, "")
    if before == now or (not was_seen and is_mine(name)):
        return MINE
    if was_seen and mine == before:
        return THEIRS
    return seen.chose(name, now)


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict as the page tells it: the other's text, by whom and when, and its digest."""

    name: str
    theirs: str
    by: str
    at: datetime | None
    digest: str
