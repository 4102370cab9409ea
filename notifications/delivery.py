"""From the outbox to the inbox and to e-mail. May run twice, or by several workers, unharmed."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from designation import clock
from designation.organizations.models import CODE_DIGITS, Jurisdiction, Person

from .models import Message, OutboxEntry
from .wording import compose

logger = logging.getLogger(__name__)

_BATCH = 100
_MOST_EMAIL_ATTEMPTS = 10
# What speaks against one message; anything else speaks against the mail server.
_REFUSED_FOR_ITSELF = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    ValueError,
)


def deliver_waiting() -> int:
    """Turn every waiting outbox entry into inbox messages; returns how many entries."""
    delivered = 0
    while batch := _deliver_batch():
        delivered += batch
    return delivered


@transaction.atomic
def _deliver_batch() -> int:
    entries = list(
        OutboxEntry.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(delivered_at__isnull=True)
        .select_related("application__organization", "application__round", "decision__actor")
        .order_by("pk")[:_BATCH]
    )
    now = clock.now()
    messages = [_message(entry, person) for entry in entries for person in receivers(entry)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(delivered_at=now)
    return len(entries)


def receivers(entry: OutboxEntry) -> QuerySet[Person]:
    """Whoever holds the seat now; the person who acted is not told of their own act."""
    in_force = Q(seats__role=entry.role, seats__ended_at__isnull=True)
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


def _message(entry: OutboxEntry, person: Person) -> Message:
    with translation.override(person.language):
        subject, body = compose(entry)
    return Message(
        person=person,
        entry=entry,
        application=entry.application,
        subject=subject,
        body=body,
        created_at=entry.created_at,
        email_due=bool(person.email),
    )


def send_waiting_emails() -> int:
    """Send each waiting e-mail once; returns how many went out.

    A message refused for itself is tried at ten runs at most. When the mail server is away the
    run ends, and every message waits for it however long it takes.
    """
    waiting = Message.objects.filter(
        email_due=True, emailed_at__isnull=True, email_attempts__lt=_MOST_EMAIL_ATTEMPTS
    ).values_list("pk", flat=True)
    sent = 0
    for pk in list(waiting):
        try:
            sent += _send_email(pk)
        except OSError:
            logger.exception("The mail server is not there; the e-mails wait for it.")
            break
    return sent


@transaction.atomic
def _send_email(pk: int) -> bool:
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person")
        .filter(pk=pk, emailed_at__isnull=True)
        .first()
    )
    if message is None:
        return False
    address = settings.SITE_ADDRESS + reverse("applications:case", args=[message.application_id])
    try:
        send_mail(message.subject, f"{message.body}\n\n{address}\n", None, [message.person.email])
    except _REFUSED_FOR_ITSELF:
        logger.exception("E-mail %s was refused; it will be tried again.", pk)
        Message.objects.filter(pk=pk).update(email_attempts=F("email_attempts") + 1)
        return False
    message.emailed_at = clock.now()
    message.save(update_fields=["emailed_at"])
    return True
