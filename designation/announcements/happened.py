"""An event: what happened, about which subject, where, by whom in which role, what was said.

Sent inside the transaction of the act: what is told stands or falls with it. Not the audit log,
which proves what was done (``designation.audit``): this is told to people, in their words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.dispatch import Signal

from designation.organizations.models import Person

from .declared import fields_of


@dataclass(frozen=True, slots=True)
class Event:
    """``said`` holds all that a text about it needs, as of its day (see ``said``).

    ``action`` is dotted, as in the log. ``actor`` None is the passing of time, or the public;
    ``role`` is the one in which the rule let the person in. ``jurisdiction_code`` has 12 digits:
    a role held over an area is asked there. ``parties`` are those that receivers speak of, by
    name: the key of an organization, a ``Turn``, or a list of keys of people.
    """

    action: str
    subject: models.Model
    jurisdiction_code: str
    actor: Person | None
    role: str
    said: Mapping[str, Any]
    at: datetime
    parties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is next: a role in an organization or, without one, over the area.

    ``people`` are those of them who are meant, where not everybody in the seat is.
    """

    role: str
    organization_id: int | None = None
    people: tuple[int, ...] | None = None

    def stored(self) -> dict[str, Any]:
        people = None if self.people is None else list(self.people)
        return {"role": self.role, "organization": self.organization_id, "people": people}


# Sent with ``event`` inside its open transaction: a receiver that raises refuses the act.
happened = Signal()


class NotAsDeclared(ValueError):
    """An event that stores something else than its room declared for it."""


def tell(event: Event) -> None:
    """Send the event to whoever delivers. Raises NotAsDeclared."""
    declared = fields_of(event.action)
    sent = set(event.said), set(event.parties)
    if declared is None or sent != (declared.said, declared.parties):
        raise NotAsDeclared(f"{event.action} stores {sent}, not {declared}")
    happened.send(sender=Event, event=event)
