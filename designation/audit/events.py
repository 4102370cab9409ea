"""Appending to the audit log."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from enum import Enum
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from designation.organizations.models import Person, Role
from designation.site import clock, origin
from standards.language import of_the_record

from .models import AuditEvent, ChainHead, WithoutSeat

_LABEL_LENGTH = 300
# What the hash covers: the first format knew no origin.
_FORMAT = 2
_NOBODYS = frozenset({WithoutSeat.SYSTEM, WithoutSeat.PUBLIC})


class RoleMissing(ValueError):
    """An act was to be recorded without the role in which it was done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded of one act; ``actor`` is None when nobody with an account acted.

    ``role`` is the one by which the rule let the person in; who needs no seat acts as one of
    WithoutSeat, and what nobody did the system did. Raises RoleMissing for anything else.
    ``jurisdiction_code`` has 12 digits and decides which audit administrators see the event;
    it is empty for acts that concern the whole site. ``details`` holds no personal data.
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

    def __post_init__(self) -> None:
        if self.actor is None:
            fits = self.role in _NOBODYS
        else:
            fits = self.role == WithoutSeat.SELF or self.role in Role
        if not fits:
            raise RoleMissing(f"{self.action}: {self.role!r} is no role of {self.actor!r}")


def append(entry: Entry) -> AuditEvent:
    """Append one event inside the caller's transaction, in two statements.

    The chain's head row is locked until the transaction ends, so writers never fork the chain;
    call it last. Raises TransactionManagementError outside a transaction, and
    ChainHead.DoesNotExist when the head was taken away: what cannot be recorded is not done.
    """
    return append_many([entry])[0]


def append_many(entries: Sequence[Entry]) -> list[AuditEvent]:
    """As ``append``, for several events, in the same two statements."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Audit events are written inside a transaction.")
    if not entries:
        return []
    head = ChainHead.objects.select_for_update().get(pk=1)
    at = clock.now()
    sequence, previous_hash = head.sequence, head.hash
    events = []
    for entry in entries:
        sequence += 1
        event = _event(entry, sequence=sequence, at=at, previous_hash=previous_hash)
        event.hash = previous_hash = digest(event)
        events.append(event)
    # A trigger moves the head along; see the migrations.
    return AuditEvent.objects.bulk_create(events)


def _event(entry: Entry, **place: Any) -> AuditEvent:
    # One language for the record, whatever the language of the person who acted.
    with of_the_record():
        return AuditEvent(
            actor=entry.actor,
            actor_role=str(entry.role),
            action=entry.action,
            subject_type=entry.subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(entry.subject.pk),
            subject_label=str(entry.subject)[:_LABEL_LENGTH],
            jurisdiction_code=entry.jurisdiction_code,
            details=_recordable(entry.details),
            origin=entry.origin or (origin.here() if entry.actor else ""),
            format=_FORMAT,
            **place,
        )


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
    """SHA-256 in hex over the canonical JSON text of every field, the previous hash included.

    An event of the first format that has an origin was given it later: its hash does not hold.
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
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
