"""Messages on their way by a channel: each has its state and the moment of its next try.

A try is entered before anyone is talked to, so that whatever breaks then counts; what the other
side puts off is taken back and waits. No transaction is open, and no row locked, while talking.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, When

from designation.announcements.receivers import Wanted
from designation.site import clock
from designation.site.alone import alone

from . import undelivered
from .audience import Place, people_in
from .channels import Addressee, Away, Carrier, Outcome, Parcel, Words
from .delivery import pause
from .models import Delivery

logger = logging.getLogger(__name__)

_BATCH = 20
# What goes in one mail stands side by side, all else in the order in which it was written.
_TOGETHER = Case(When(is_gathered=True, then="message__person"), default=0)
# A worker that dies in the middle leaves its messages to the next after this; our default.
_LEASE = timedelta(minutes=10)
# Our default: tries of one message that was refused for itself, or on which the line dropped.
MOST_ATTEMPTS = 10
# How long mail is tried: "generally needs to be at least 4-5 days" (RFC 5321, 4.5.4.1).
LONGEST_WAIT = timedelta(days=5)


def carry_waiting(carrier: Carrier) -> int:
    """Send what is due by the channel, a batch at a time; returns how many were sent.

    When the other side is away the run ends and nothing counts. A message that is refused is
    tried again after a pause that grows; the others go out meanwhile.
    """
    sent = 0
    while batch := _claim(carrier):
        entitled = _still_entitled(carrier, batch)
        try:
            sent += _carry(carrier, entitled)
        except Away:
            logger.exception("There is nobody to take %s; the messages wait.", carrier.name)
            break
    return sent


@transaction.atomic
def _claim(carrier: Carrier) -> list[Delivery]:
    """What is due, each entered as tried: a try that nobody lives to record counts.

    With what is gathered for a person all of it, however much: their mail is never two. One worker
    claims at a time, or two would share it.
    """
    # Until the claim is over; what is claimed is no longer due to the next.
    alone(f"carrying {carrier.name}")
    now = clock.now()
    rows = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("message__person", "message__event")
        .filter(channel=carrier.name, state=Delivery.State.WAITING, next_at__lte=now)
        .order_by("next_at", _TOGETHER, "pk")
    )
    due = list(rows[:_BATCH])
    people = {one.message.person_id for one in due if one.is_gathered}
    due += rows.filter(is_gathered=True, message__person__in=people).exclude(
        pk__in=[one.pk for one in due]
    )
    for delivery in due:
        delivery.attempts += 1
        delivery.next_at = now + _LEASE
    Delivery.objects.bulk_update(due, ["attempts", "next_at"])
    return due


def _still_entitled(carrier: Carrier, batch: list[Delivery]) -> list[Delivery]:
    """Rights are asked when they are used: the seat may have ended, the account be off."""
    places = [_place(delivery) for delivery in batch]
    entitled = []
    reached = carrier.reaches([Addressee(delivery.message.person) for delivery in batch])
    for delivery, people, is_reached in zip(batch, people_in(places), reached, strict=True):
        if not is_reached:
            _record(delivery, state=Delivery.State.NONE, next_at=None)
        elif not people:
            _record(delivery, state=Delivery.State.WITHDRAWN, next_at=None)
        else:
            entitled.append(delivery)
    return entitled


def _place(delivery: Delivery) -> Place:
    message = delivery.message
    only = frozenset([message.person_id])
    return Place(message.event, Wanted(message.role, message.organization_id, only))


def _carry(carrier: Carrier, deliveries: list[Delivery]) -> int:
    """Raises Away; what was not tried then is as before.

    Ends when the lease has run out: the rest is another worker's by then.
    """
    sent, left = 0, list(deliveries)
    outcomes: Any = carrier.deliver([_parcel(one) for one in deliveries])
    with closing(outcomes):
        try:
            while left and clock.now() < _leased_until(left[0]):
                outcome = _next(outcomes)
                _enter(left.pop(0), outcome)
                sent += outcome.is_sent
        except Away:
            _untried(left)
            raise
    return sent


def _parcel(delivery: Delivery) -> Parcel:
    words = Words(delivery.subject, delivery.opening, delivery.closing)
    return Parcel(delivery.message, delivery.is_gathered, words)


def _next(outcomes: Iterator[Outcome]) -> Outcome:
    """A channel that says nothing of a message has not sent it."""
    return next(outcomes, Outcome())


def _leased_until(delivery: Delivery) -> datetime:
    return delivery.next_at or clock.now()


def _enter(delivery: Delivery, outcome: Outcome) -> None:
    """What came of a try, each in a transaction of its own."""
    now = clock.now()
    if outcome.is_sent:
        _record(delivery, state=Delivery.State.SENT, sent_at=now, next_at=None)
        return
    answer = outcome.answer[:200]
    logger.warning("Delivery %s was not taken: %s", delivery.pk, answer)
    waits = delivery.waits + outcome.is_put_off
    attempts = delivery.attempts - outcome.is_put_off
    is_over = attempts >= MOST_ATTEMPTS or now - delivery.message.created_at >= LONGEST_WAIT
    with transaction.atomic():
        _record(
            delivery,
            state=Delivery.State.FAILED if is_over else Delivery.State.WAITING,
            next_at=None if is_over else now + pause(waits + attempts),
            attempts=attempts,
            waits=waits,
            answer=answer,
        )
        if is_over:
            undelivered.tell_sender(delivery)


def _untried(deliveries: Iterable[Delivery]) -> None:
    """Take back what was entered for messages that nobody tried."""
    for delivery in deliveries:
        _record(delivery, attempts=delivery.attempts - 1, next_at=clock.now())


def _record(delivery: Delivery, **columns: Any) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING).update(**columns)
