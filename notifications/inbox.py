"""A person's inbox: what stands in it, and what they have read."""

from typing import Any

from django.db import models
from django.db.models import QuerySet

from designation.announcements.looking import looked_at
from designation.announcements.subjects import reference
from designation.organizations.models import Person
from designation.site import clock

from .models import Message

_UNREAD = "_messages_unread"


def messages_of(person: Person) -> QuerySet[Message]:
    """Everything the person was sent."""
    return Message.objects.filter(person=person)


def read(message: Message, *, actor: Person) -> None:
    """Mark a message read by whom it was sent to; once read it stays so."""
    _read(messages_of(actor).filter(pk=message.pk))


def read_all(*, actor: Person) -> None:
    """Mark everything read that stands in the person's inbox."""
    _read(messages_of(actor))


def unread(person: Person) -> int:
    """How many the person has not read: counted once for a page, and kept with the person."""
    if _UNREAD not in vars(person):
        vars(person)[_UNREAD] = messages_of(person).filter(read_at__isnull=True).count()
    number: int = vars(person)[_UNREAD]
    return number


def read_about(subject: models.Model, *, actor: Person) -> None:
    """Mark read what the person was told of ``subject``: they have its page before them."""
    if unread(actor):
        about = reference(subject)
        told = {"type": about["type"], "id": about["id"]}
        vars(actor)[_UNREAD] -= _read(messages_of(actor).filter(leads_to__contains=told))


def listen() -> None:
    """Read with each page that is shown what was told of it."""
    looked_at.connect(_looked_at, dispatch_uid="notifications.inbox")


def _looked_at(*, subject: models.Model, person: Person, **_sent: Any) -> None:
    read_about(subject, actor=person)


def _read(rows: QuerySet[Message]) -> int:
    return rows.filter(read_at__isnull=True).update(read_at=clock.now())
