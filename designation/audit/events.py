"""Appending to the audit log."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from designation import clock
from designation.organizations.models import Person

from .models import AuditEvent, ChainHead


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded of one act; ``actor`` is None when the system acted."""

    actor: Person | None
    action: str
    subject: models.Model
    jurisdiction_code: str
    role: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def append(entry: Entry) -> AuditEvent:
    """Append one event inside the caller's transaction, in three statements.

    The chain's head row is locked until the transaction ends, so writers never fork the chain;
    call it last. Raises TransactionManagementError outside a transaction.
    """
    return append_many([entry])[0]


def append_many(entries: Sequence[Entry]) -> list[AuditEvent]:
    """As ``append``, for several events, in the same three statements."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Audit events are written inside a transaction.")
    head = _locked_head()
    at = clock.now()
    events = []
    for entry in entries:
        event = AuditEvent(
            sequence=head.sequence + 1,
            at=at,
            actor=entry.actor,
            actor_role=entry.role,
            action=entry.action,
            subject_type=entry.subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(entry.subject.pk),
            subject_label=str(entry.subject),
            jurisdiction_code=entry.jurisdiction_code,
            details=dict(entry.details),
            previous_hash=head.hash,
        )
        event.hash = digest(event)
        head.sequence, head.hash = event.sequence, event.hash
        events.append(event)
    AuditEvent.objects.bulk_create(events)
    head.save(update_fields=["sequence", "hash"])
    return events


def _locked_head() -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    try:
        return heads.get(pk=1)
    except ChainHead.DoesNotExist:
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
        return heads.get(pk=1)


def digest(event: AuditEvent) -> str:
    """SHA-256 over the canonical text of every field, the previous hash included."""
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
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
