"""From events to messages. May run twice, or by several workers, unharmed."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from designation.announcements.declared import Announcement, announcements_of
from designation.announcements.receivers import Wanted
from designation.organizations.models import Person
from designation.site import clock

from . import preferences, worded
from .audience import Place, people_in
from .channels import Addressee, Carrier, carriers
from .channels.email import EMAIL
from .models import Delivery, Event, Message
from .wording import compose

logger = logging.getLogger(__name__)

_BATCH = 100
# Our default: an event that cannot be told waits this long, doubled each time, a day at most.
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """One person to be told of one event, by which announcement and in which seat."""

    event: Event
    announcement: Announcement
    wanted: Wanted
    person: Person


def deliver_waiting() -> int:
    """Turn every waiting event into messages; returns how many events.

    One that cannot be told is put off with growing pauses, and holds no other. The number of
    statements of a batch depends neither on its events nor on whom they are told to.
    """
    delivered = 0
    while batch := _take(_BATCH):
        try:
            with transaction.atomic():
                _tell(batch)
        except Exception:
            logger.exception("A batch of events holds one that cannot be told.")
            delivered += sum(_told_alone(event) for event in batch)
        else:
            delivered += len(batch)
    return delivered


@transaction.atomic
def _take(most: int) -> list[Event]:
    """Events that wait, each put off at once: a worker that dies leaves them for later."""
    now = clock.now()
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    events = list(
        Event.objects.select_for_update(skip_locked=True)
        .filter(due, delivered_at__isnull=True)
        .order_by("pk")[:most]
    )
    for event in events:
        event.next_try_at = now + pause(event.attempts)
        event.attempts += 1
    Event.objects.bulk_update(events, ["next_try_at", "attempts"])
    return events


def pause(times: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(_FIRST_PAUSE * 2 ** min(times, 16), _LONGEST_PAUSE)


def _tell(events: Collection[Event]) -> None:
    write(letters(events))
    told = Event.objects.filter(pk__in=[event.pk for event in events])
    told.update(delivered_at=clock.now(), next_try_at=None)


def _told_alone(event: Event) -> bool:
    try:
        with transaction.atomic():
            _tell([event])
    except Exception:
        logger.exception("Event %s cannot be told to everybody; it waits.", event.pk)
        _tell_whom_one_can(event)
        return False
    return True


def _tell_whom_one_can(event: Event) -> None:
    """One reader's text that cannot be made keeps it from no other; nobody is told twice."""
    try:
        found = letters([event])
    except Exception:
        logger.exception("Nobody can be found to be told of event %s.", event.pk)
        return
    for letter in found:
        try:
            with transaction.atomic():
                write([letter])
        except Exception:
            logger.exception("Event %s cannot be told to %s.", event.pk, letter.person.pk)


def letters(events: Iterable[Event]) -> list[Letter]:
    """Whom to tell of the events: of each a person once, a request to act before all else."""
    told = [
        (announcement, Place(event, wanted))
        for event in events
        for announcement in announcements_of(event.action)
        for receivers in announcement.receivers
        for wanted in receivers.wanted(event.parties)
    ]
    found: dict[tuple[int, int], Letter] = {}
    everybody = people_in([place for _announcement, place in told])
    for (announcement, place), people in zip(told, everybody, strict=True):
        for person in people:
            letter = Letter(place.event, announcement, place.wanted, person)
            found.setdefault((place.event.pk, person.pk), letter)
    return list(found.values())


def write(found: Collection[Letter]) -> None:
    """Put the messages in the inboxes and queue them for the other channels; once, however often.

    Four statements, and one for what counties say of their rounds.
    """
    composed: dict[tuple[int, str, str], tuple[str, str]] = {}
    messages = []
    for letter in found:
        key = (letter.event.pk, str(letter.announcement), letter.person.language)
        if key not in composed:
            with translation.override(letter.person.language):
                composed[key] = compose(letter.event, letter.announcement)
        messages.append(_message(letter, *composed[key]))
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    _queue({(letter.event.pk, letter.person.pk): letter for letter in found})


def _message(letter: Letter, subject: str, body: str) -> Message:
    event, wanted = letter.event, letter.wanted
    return Message(
        person=letter.person,
        event=event,
        role=wanted.role,
        organization_id=wanted.organization_id,
        asks_to_act=letter.announcement.asks_to_act,
        leads_to=_leads_to(letter),
        subject=subject,
        body=body,
        created_at=event.at,
    )


def _leads_to(letter: Letter) -> object:
    event = letter.event
    if letter.announcement.page:
        return event.parties[letter.announcement.page]
    return {"type": event.subject_type, "id": event.subject_id, "page": event.page}


def _queue(found: dict[tuple[int, int], Letter]) -> None:
    written = Message.objects.filter(event__in={event for event, _person in found})
    wanted = preferences.of(person for _event, person in found)
    to_go = [
        (pk, letter, when)
        for pk, event, person, role in written.order_by("pk").values_list(
            "pk", "event", "person", "role"
        )
        if (letter := found.get((event, person))) is not None and letter.wanted.role == role
        if (when := preferences.now_for(letter.announcement, person, wanted)) is not None
    ]
    ways = {
        carrier.name: _goes_by(carrier, [letter for _pk, letter, _when in to_go])
        for carrier in carriers()
    }
    said = worded.by_counties(letter.event for _pk, letter, _when in to_go)
    Delivery.objects.bulk_create(
        [
            Delivery(
                message_id=pk,
                channel=name,
                next_at=when.at,
                is_gathered=when.is_gathered,
                **(_own_words(letter, said) if name == EMAIL.name else {}),
            )
            for number, (pk, letter, when) in enumerate(to_go)
            for name, goes in ways.items()
            if goes[number]
        ],
        ignore_conflicts=True,
    )


def _own_words(letter: Letter, said: worded.Said) -> dict[str, str]:
    """What the county says of it, filled in now: what waits is not said anew."""
    words = worded.of(letter.event, letter.announcement, letter.person.language, said)
    return asdict(words)


def _goes_by(carrier: Carrier, found: Sequence[Letter]) -> list[bool]:
    """Of each letter whether it goes by this channel."""
    reached = carrier.reaches([Addressee(one.person, one.announcement) for one in found])
    return [
        is_reached and carrier.name in (one.announcement.channels or (carrier.name,))
        for one, is_reached in zip(found, reached, strict=True)
    ]
