"""From the outbox to the inbox. May run twice, or by several workers, unharmed."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from designation.organizations import tenure
from designation.organizations.models import CODE_DIGITS, Jurisdiction, Person
from designation.site import clock

from .models import EmailState, Message, OutboxEntry
from .wording import compose

logger = logging.getLogger(__name__)

_BATCH = 100
# Our default: an entry that cannot be told waits this long, doubled each time, a day at most.
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(days=1)


def deliver_waiting() -> int:
    """Turn every waiting outbox entry into inbox messages; returns how many entries.

    One that cannot be told is put off with growing pauses, and holds no other.
    """
    delivered = 0
    while batch := _take(_BATCH):
        try:
            with transaction.atomic():
                _tell(batch)
        except Exception:
            logger.exception("A batch of messages holds one that cannot be told.")
            delivered += sum(_told_alone(entry) for entry in batch)
        else:
            delivered += len(batch)
    return delivered


@transaction.atomic
def _take(most: int) -> list[OutboxEntry]:
    """Entries that wait, each put off at once: a worker that dies leaves them for later."""
    now = clock.now()
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    entries = list(
        OutboxEntry.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(due, delivered_at__isnull=True)
        .select_related("application__organization", "application__round", "decision__actor")
        .prefetch_related("decision__corrections__item")
        .order_by("pk")[:most]
    )
    for entry in entries:
        entry.next_try_at = now + pause(entry.attempts)
        entry.attempts += 1
    OutboxEntry.objects.bulk_update(entries, ["next_try_at", "attempts"])
    return entries


def pause(times: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(_FIRST_PAUSE * 2 ** min(times, 16), _LONGEST_PAUSE)


def _tell(entries: list[OutboxEntry]) -> None:
    messages = [message(entry, person) for entry in entries for person in receivers(entry)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    told = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    told.update(delivered_at=clock.now(), next_try_at=None)


def _told_alone(entry: OutboxEntry) -> bool:
    try:
        with transaction.atomic():
            _tell([entry])
    except Exception:
        logger.exception("Outbox entry %s cannot be told; it waits.", entry.pk)
        return False
    return True


def receivers(entry: OutboxEntry) -> QuerySet[Person]:
    """Whoever holds the seat now; the person who acted is not told of their own act."""
    in_force = Q(seats__role=entry.role) & tenure.in_force("seats__")
    if entry.organization_id is not None:
        place = Q(seats__organization_id=entry.organization_id)
    else:
        place = Q(seats__jurisdiction__in=_areas(entry.application.area_code))
    people = Person.objects.filter(in_force & place, is_active=True).distinct()
    return people.exclude(pk=entry.decision.actor_id) if entry.decision.actor_id else people


def _areas(code: str) -> list[int]:
    """The jurisdictions that contain a 12-digit code: at most one a level."""
    within = [code[:digits].ljust(12, "0") for digits in CODE_DIGITS.values()]
    areas = Jurisdiction.objects.filter(code__in=within)
    return [area.pk for area in areas if code.startswith(area.prefix)]


def message(entry: OutboxEntry, person: Person) -> Message:
    with translation.override(person.language):
        subject, body = compose(entry)
    return Message(
        person=person,
        entry=entry,
        application=entry.application,
        subject=subject,
        body=body,
        created_at=entry.created_at,
        email_state=EmailState.WAITING if person.email else EmailState.NONE,
        email_next_at=clock.now() if person.email else None,
    )
