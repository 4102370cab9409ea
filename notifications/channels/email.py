"""E-mail: a batch goes over one connection; a line on which something went wrong is dropped."""

import logging
import smtplib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from .channel import Addressee, Away, Outcome, Parcel, Words

logger = logging.getLogger(__name__)

_CLOSING = 421
_TEMPORARY = range(400, 500)


class Email:
    name = "email"
    label = _("电子邮件")

    def reaches(self, addressees: Sequence[Addressee]) -> list[bool]:
        return [bool(one.person.email) for one in addressees]

    def deliver(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """What is gathered for a person goes in one mail, and comes or not as one."""
        connection = None
        came: dict[int, Outcome] = {}
        try:
            for parcel in parcels:
                if parcel.is_gathered and parcel.person.pk in came:
                    yield came[parcel.person.pk]
                    continue
                connection = connection or _connected()
                outcome = _try(_together(parcel, parcels), connection)
                if parcel.is_gathered:
                    came[parcel.person.pk] = outcome
                if not outcome.is_sent:
                    # A line on which something went wrong is not used again.
                    _close(connection)
                    connection = None
                yield outcome
        finally:
            if connection is not None:
                _close(connection)


EMAIL = Email()


def _connected() -> Any:
    connection = get_connection()
    try:
        connection.open()
        # Greeted before the first message: a server that turns everybody away counts for none.
        if (line := getattr(connection, "connection", None)) is not None:
            line.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        raise Away from error
    return connection


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.warning("The mail server ended the connection by itself.")


def _together(parcel: Parcel, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    if not parcel.is_gathered:
        return [parcel]
    return [one for one in parcels if one.is_gathered and one.person == parcel.person]


def _try(parcels: Sequence[Parcel], connection: Any) -> Outcome:
    """Raises Away for a server that takes nothing more now."""
    try:
        _email(parcels, connection).send()
    except smtplib.SMTPServerDisconnected as error:
        return Outcome(answer=str(error))
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(*next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        if error.smtp_code == _CLOSING:
            raise Away from error
        return _refused(error.smtp_code, error.smtp_error)
    except (OSError, ValueError) as error:
        # The line dropped while talking, or the message cannot be put into words of mail.
        return Outcome(answer=repr(error))
    return Outcome(is_sent=True)


def _refused(code: int, said: bytes | str) -> Outcome:
    """4yz is for now, 5yz for good (RFC 5321, 4.2.1)."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Outcome(is_put_off=code in _TEMPORARY, answer=f"{code} {text}")


def _email(parcels: Sequence[Parcel], connection: Any) -> EmailMessage:
    """The same Message-ID each time: a mail that came after all is known as the same."""
    first = parcels[0]
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    texts = [text(one.message.body, one.address(), one.words) for one in parcels]
    return EmailMessage(
        _subject(parcels),
        "\n\n".join(texts),
        to=[first.person.email],
        connection=connection,
        headers={
            "Message-ID": f"<message-{first.message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def text(body: str, path: str, words: Words) -> str:
    """The lines of the system stand whole between what the county says."""
    parts = (words.opening, body, f"{settings.SITE_ADDRESS}{path}", words.closing)
    return "\n\n".join(filter(None, parts)) + "\n"


def _subject(parcels: Sequence[Parcel]) -> str:
    first = parcels[0]
    subject = " ".join((first.words.subject or first.message.subject).split())
    if len(parcels) == 1:
        return subject
    with override(first.person.language):
        told = ngettext("%(count)s 条消息汇总", "%(count)s 条消息汇总", len(parcels))
        return told % {"count": len(parcels)}
