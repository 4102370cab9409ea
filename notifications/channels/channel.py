"""What a channel is, what it is given to carry, and what it answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from designation.announcements import subjects
from designation.announcements.declared import Announcement
from designation.organizations.models import Person

from ..models import Message


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom to tell, and by which announcement; None where that was settled when it was queued."""

    person: Person
    announcement: Announcement | None = None


class Channel(Protocol):
    """``name`` is kept with what is delivered; ``label`` is shown to people."""

    name: str
    label: Any

    def reaches(self, addressees: Sequence[Addressee]) -> list[bool]:
        """Of each whether they can be reached this way now, and are to be.

        How many statements that takes does not depend on how many are asked about.
        """
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """What a county says around the lines of a message; an empty part is the system's."""

    subject: str = ""
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way by a channel; ``is_gathered``: in one with others of its person."""

    message: Message
    is_gathered: bool = False
    words: Words = Words()

    @property
    def person(self) -> Person:
        return self.message.person

    def address(self) -> str:
        """Where it leads the person: asked when it is sent."""
        return subjects.address_for(self.person, self.message.leads_to)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: sent, put off by the other side, or counted against the message."""

    is_sent: bool = False
    is_put_off: bool = False
    answer: str = ""


class Away(Exception):
    """Nothing speaks against a message: the other side cannot be talked to now."""


@runtime_checkable
class Carrier(Channel, Protocol):
    """A channel that has to talk to somebody: what goes by it waits and has its state.

    What is there at once, as the inbox, carries nothing.
    """

    def deliver(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """One outcome a parcel, in order, each made when it is asked for; closed when done with.

        No transaction is open meanwhile. Raises Away; what has no outcome then was not tried.
        """
        ...
