"""E-mails of messages: each has its state and the moment of its next try.

A try is entered before anyone is talked to, so that whatever breaks then counts; what the other
side puts off is taken back and waits. No transaction is open, and no row locked, while talking.
"""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from designation.site import clock

from .delivery import pause, receivers
from .models import EmailState, Message

logger = logging.getLogger(__name__)

_BATCH = 20
# A worker that dies in the middle leaves its messages to the next after this; our default.
_LEASE = timedelta(minutes=10)
# Our default: tries of one message that was refused for itself, or on which the line dropped.
MOST_ATTEMPTS = 10
# How long mail is tried: "generally needs to be at least 4-5 days" (RFC 5321, 4.5.4.1).
LONGEST_WAIT = timedelta(days=5)
_CLOSING = 421
_TEMPORARY = range(400, 500)


class ServerAway(Exception):
    """Nothing speaks against a message: the mail server cannot be talked to now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: sent, put off by the other side, or counted against the message."""

    is_sent: bool = False
    is_put_off: bool = False
    answer: str = ""


def send_waiting() -> int:
    """Send the e-mails whose moment has come, over one connection a batch; returns how many.

    When the mail server is away the run ends and nothing counts. A message that is refused is
    tried again after a pause that grows; the others go out meanwhile.
    """
    sent = 0
    while batch := _claim():
        entitled = [message for message in batch if _is_still_entitled(message)]
        try:
            sent += _send_over_one_connection(entitled)
        except ServerAway:
            logger.exception("The mail server is not there; the e-mails wait for it.")
            break
    return sent


@transaction.atomic
def _claim() -> list[Message]:
    """Messages that are due, each entered as tried: a try that nobody lives to record counts."""
    now = clock.now()
    due = list(
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("person", "entry__application", "entry__decision")
        .filter(email_state=EmailState.WAITING, email_next_at__lte=now)
        .order_by("email_next_at", "pk")[:_BATCH]
    )
    for message in due:
        message.email_attempts += 1
        message.email_next_at = now + _LEASE
    Message.objects.bulk_update(due, ["email_attempts", "email_next_at"])
    return due


def _is_still_entitled(message: Message) -> bool:
    """Rights are asked when they are used: the seat may have ended, the account be off."""
    person = message.person
    if person.email and receivers(message.entry).filter(pk=person.pk).exists():
        return True
    state = EmailState.WITHDRAWN if person.email else EmailState.NONE
    _record(message, email_state=state, email_next_at=None)
    return False


def _send_over_one_connection(messages: list[Message]) -> int:
    """Raises ServerAway; what was not tried then is as before.

    Ends when the lease has run out: the rest is another worker's by then.
    """
    sent, connection = 0, None
    left = list(messages)
    try:
        while left and clock.now() < _leased_until(left[0]):
            connection = connection or _connected()
            outcome = _try(left[0], connection)
            _enter(left.pop(0), outcome)
            sent += outcome.is_sent
            if not outcome.is_sent:
                # A line on which something went wrong is not used again.
                _close(connection)
                connection = None
    except ServerAway:
        _untried(left)
        raise
    finally:
        if connection is not None:
            _close(connection)
    return sent


def _leased_until(message: Message) -> datetime:
    return message.email_next_at or clock.now()


def _connected() -> Any:
    connection = get_connection()
    try:
        connection.open()
        # Greeted before the first message: a server that turns everybody away counts for none.
        if (line := getattr(connection, "connection", None)) is not None:
            line.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway from error
    return connection


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.warning("The mail server ended the connection by itself.")


def _try(message: Message, connection: Any) -> Outcome:
    """Raises ServerAway for a server that takes nothing more now."""
    try:
        _email(message, connection).send()
    except smtplib.SMTPServerDisconnected as error:
        return Outcome(answer=str(error))
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(*next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        if error.smtp_code == _CLOSING:
            raise ServerAway from error
        return _refused(error.smtp_code, error.smtp_error)
    except (OSError, ValueError) as error:
        # The line dropped while talking, or the message cannot be put into words of mail.
        return Outcome(answer=repr(error))
    return Outcome(is_sent=True)


def _refused(code: int, said: bytes | str) -> Outcome:
    """4yz is for now, 5yz for good (RFC 5321, 4.2.1)."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Outcome(is_put_off=code in _TEMPORARY, answer=f"{code} {text}")


def _email(message: Message, connection: Any) -> EmailMessage:
    """The same Message-ID each time: a mail that came after all is known as the same."""
    address = settings.SITE_ADDRESS + reverse("applications:case", args=[message.application_id])
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return EmailMessage(
        " ".join(message.subject.split()),
        f"{message.body}\n\n{address}\n",
        to=[message.person.email],
        connection=connection,
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _enter(message: Message, outcome: Outcome) -> None:
    """What came of a try, each in a transaction of its own."""
    now = clock.now()
    if outcome.is_sent:
        _record(message, email_state=EmailState.SENT, emailed_at=now, email_next_at=None)
        return
    answer = outcome.answer[:200]
    logger.warning("E-mail %s was not taken: %s", message.pk, answer)
    waits = message.email_waits + outcome.is_put_off
    attempts = message.email_attempts - outcome.is_put_off
    is_over = attempts >= MOST_ATTEMPTS or now - message.created_at >= LONGEST_WAIT
    _record(
        message,
        email_state=EmailState.FAILED if is_over else EmailState.WAITING,
        email_next_at=None if is_over else now + pause(waits + attempts),
        email_attempts=attempts,
        email_waits=waits,
        email_answer=answer,
    )


def _untried(messages: Iterable[Message]) -> None:
    """Take back what was entered for messages that nobody tried."""
    for message in messages:
        attempts = message.email_attempts - 1
        _record(message, email_attempts=attempts, email_next_at=clock.now())


def _record(message: Message, **columns: Any) -> None:
    Message.objects.filter(pk=message.pk, email_state=EmailState.WAITING).update(**columns)
