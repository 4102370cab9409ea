"""What a message will say, before it is one: for whoever shows people what others will read.

Whoever delivers says how a message is composed; there is one way.
"""

from collections.abc import Callable

from .declared import Announcement, announcements_of
from .happened import Event, Turn

# Subject and body of a message, in the active language.
Composer = Callable[[Event, Announcement], tuple[str, str]]
_COMPOSERS: list[Composer] = []


def composed_by(composer: Composer) -> None:
    """Say how messages are composed; called once, when the site starts."""
    _COMPOSERS[:] = [composer]


def message_to(event: Event, organization_id: int) -> tuple[str, str]:
    """Subject and body as the people of an organization would get it; raises StopIteration."""
    parties = {
        name: party.stored() if isinstance(party, Turn) else party
        for name, party in event.parties.items()
    }
    theirs = (
        announcement
        for announcement in announcements_of(event.action)
        for receivers in announcement.receivers
        for wanted in receivers.wanted(parties)
        if wanted.organization_id == organization_id
    )
    return _COMPOSERS[0](event, next(theirs))
