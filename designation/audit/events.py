"""Appending to the audit log."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from enum import Enum
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, origin
from designation.site.endings import at_the_end
from designation.site.jobs.kinds import CHUNK
from standards.language import of_the_record

from . import wording
from .models import ALGORITHM, CHAIN, LONGEST_LABEL, AuditEvent, ChainHead, WithoutSeat

# What the hash covers: the first format knew no origin, the second neither chain nor algorithm.
_FORMAT = 3
_HASHES = {ALGORITHM: hashlib.sha256}
_NOBODYS = frozenset({WithoutSeat.SYSTEM, WithoutSeat.PUBLIC})


# The place of what concerns no area more than another.
WHOLE_SITE = "whole site"
# Under this key of the details stands the name of the person in whose place it was done.
ACTED_FOR = "acted_for"
_DIVISION_CODE = re.compile(r"[0-9]{12}")
# In one of these forms a change says what stood before and what stands after; the first one names
# fields only where what they say is personal data.
_BEFORE_AND_AFTER = (frozenset({"changed"}), frozenset({"from", "to"}), frozenset({"old", "new"}))


class NotRecordable(ValueError):
    """What was to be recorded lacks something without which the log would not be one."""


class RoleMissing(NotRecordable):
    """An act was to be recorded without the role in which it was done."""


class PlaceMissing(NotRecordable):
    """An act was to be recorded without the area that it concerns."""


class ActionUnknown(NotRecordable):
    """An act was to be recorded whose code no room has given its words."""


class ChangeUntold(NotRecordable):
    """A change was to be recorded without what stood before and what stands after."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded of one act; ``actor`` is None when nobody with an account acted.

    ``action`` is a code that its room has registered (``wording.register``); what is registered
    as a change says in ``details`` what stood before and after, or which fields changed where
    those hold personal data. ``role`` is the one by which the rule let the person in; who needs no
    seat acts as one of WithoutSeat, and what nobody did the system did. ``jurisdiction_code`` has
    12 digits and decides which audit administrators see the event; acts that concern no area say
    WHOLE_SITE. Raises NotRecordable for anything else. ``details`` holds no personal data.
    ``acted_for`` is the person whose deputy ``actor`` was; where none is named, and only another's
    seat can have let them in, the writer names that one.
    ``origin`` is filled in by the writer with the address of the request in which ``actor`` acts.
    Without an actor it stays as given: the system has none, and where the public sent something
    from is not written down.
    """

    actor: Person | None
    action: str
    subject: models.Model
    jurisdiction_code: str
    role: str | None
    details: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    acted_for: Person | None = None

    def __post_init__(self) -> None:
        if self.actor is None:
            fits = self.role in _NOBODYS
        else:
            fits = self.role == WithoutSeat.SELF or self.role in Role
        if not fits:
            raise RoleMissing(f"{self.action}: {self.role!r} is no role of {self.actor!r}")
        if not wording.is_known(self.action):
            raise ActionUnknown(f"{self.action}: no room has registered it")
        if self.jurisdiction_code != WHOLE_SITE and not _is_code(self.jurisdiction_code):
            raise PlaceMissing(f"{self.action}: {self.jurisdiction_code!r} is no place")
        if wording.is_change(self.action) and not any(
            names <= self.details.keys() for names in _BEFORE_AND_AFTER
        ):
            raise ChangeUntold(f"{self.action}: neither before and after nor fields")


def _is_code(place: str) -> bool:
    return _DIVISION_CODE.fullmatch(place) is not None


def append(entry: Entry) -> AuditEvent:
    """Append one event inside the caller's transaction, in two statements; see ``append_many``."""
    return append_many([entry])[0]


def append_many(entries: Sequence[Entry]) -> list[AuditEvent]:
    """Append events inside the caller's transaction: one statement, and one for each 500 of them.

    The chain's head row is locked until the transaction ends, so writers never fork the chain.
    Within ``endings.act`` they are written at its end, all together, and have no number and no
    hash before; elsewhere at once, so call it last there. Raises TransactionManagementError
    outside a transaction, and ChainHead.DoesNotExist when the head was taken away: what cannot be
    recorded is not done.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Audit events are written inside a transaction.")
    events = [_event(entry) for entry in entries]
    if events:
        at_the_end(_write, events)
    return events


def _write(events: list[AuditEvent]) -> None:
    head = ChainHead.objects.select_for_update().get(chain=CHAIN)
    at = clock.now()
    sequence, last = head.sequence, head.hash
    for event in events:
        sequence += 1
        event.sequence, event.at, event.previous_hash = sequence, at, last
        event.hash = last = digest(event)
    # A trigger moves the head along with each statement; see the migrations.
    AuditEvent.objects.bulk_create(events, batch_size=CHUNK)


def _event(entry: Entry) -> AuditEvent:
    # One language for the record, whatever the language of the person who acted.
    with of_the_record():
        return AuditEvent(
            actor=entry.actor,
            actor_role=str(entry.role),
            action=entry.action,
            subject_type=entry.subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(entry.subject.pk),
            subject_label=str(entry.subject)[:LONGEST_LABEL],
            jurisdiction_code=place if (place := entry.jurisdiction_code) != WHOLE_SITE else "",
            details=_recordable(_with_for_whom(entry)),
            origin=entry.origin or (origin.here() if entry.actor else ""),
            format=_FORMAT,
            chain=CHAIN,
            algorithm=ALGORITHM,
        )


def _with_for_whom(entry: Entry) -> Mapping[str, Any]:
    """The details, and in whose place it was done: both names stand in the log."""
    other = entry.acted_for
    if other is None and entry.actor is not None and entry.role in Role:
        code = "" if entry.jurisdiction_code == WHOLE_SITE else entry.jurisdiction_code
        other = seats(entry.actor).acted_for(str(entry.role), code)
    return entry.details if other is None else {**entry.details, ACTED_FOR: str(other)}


def _recordable(value: Any) -> Any:
    """The value in types that JSON and the database give back exactly as they were hashed.

    Decimals, floats, moments and lazy texts become text: the database may write a number anew.
    """
    if isinstance(value, Enum):
        return _recordable(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _recordable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_recordable(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted(str(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def digest(event: AuditEvent) -> str:
    """The hash in hex over the canonical JSON text of every field, the previous hash included.

    What an event of an older format bears beyond its format was given to it later: its hash does
    not hold. Neither does one by an algorithm that is not known: "" is no hash.
    """
    fields = {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "actor_role": event.actor_role,
        "action": event.action,
        "subject": [event.subject_type, event.subject_id, event.subject_label],
        "jurisdiction": event.jurisdiction_code,
        "details": event.details,
        "previous": event.previous_hash,
    }
    if (event.format, event.origin) != (1, ""):
        fields |= {"format": event.format, "origin": event.origin}
    if event.format >= _FORMAT or (event.chain, event.algorithm) != (CHAIN, ALGORITHM):
        fields |= {"chain": event.chain, "algorithm": event.algorithm}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    hashed = _HASHES.get(event.algorithm)
    return hashed(text.encode()).hexdigest() if hashed else ""
