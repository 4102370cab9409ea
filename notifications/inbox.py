"""A person's inbox: what stands in it, and what they have read."""

from django.db.models import QuerySet

from designation.organizations.models import Person
from designation.site import clock

from .models import Message


def messages_of(person: Person) -> QuerySet[Message]:
    """Everything the person was sent."""
    return Message.objects.filter(person=person)


def read(message: Message, *, actor: Person) -> None:
    """Mark a message read by whom it was sent to; once read it stays so."""
    _read(messages_of(actor).filter(pk=message.pk))


def read_all(*, actor: Person) -> None:
    """Mark everything read that stands in the person's inbox."""
    _read(messages_of(actor))


def _read(rows: QuerySet[Message]) -> None:
    rows.filter(read_at__isnull=True).update(read_at=clock.now())
