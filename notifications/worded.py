"""The words of a county in the e-mails of its rounds, filled in from what the event stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation

from designation.announcements import happened
from designation.announcements.declared import Announcement
from standards.language import is_english

from . import placeholders
from .channels import Words
from .email_wordings import KINDS
from .models import EmailWording, Event
from .round_messages import ROUND
from .wording import LONGEST, filled_in

# By round, action and whether it asks to act.
Said = Mapping[tuple[int, str, bool], EmailWording]


def by_counties(events: Iterable[Event]) -> Said:
    """What counties say of the rounds of these events; one statement, none where none has any."""
    rounds = {key for event in events if (key := round_of(event)) is not None}
    rows = EmailWording.objects.filter(round__in=rounds) if rounds else ()
    return {(one.round_id, one.action, one.asks_to_act): one for one in rows if one.says_anything}


def round_of(event: Event | happened.Event) -> int | None:
    """The key of the round that the event says it is about; None of one of before it was said."""
    named: Any = event.said.get(ROUND)
    return named.get("key") if isinstance(named, Mapping) else None


def of(event: Event, announcement: Announcement, language: str, said: Said) -> Words:
    """What the county of the event's round says to who reads this language."""
    key = round_of(event)
    if key is None:
        return Words()
    wording = said.get((key, announcement.action, announcement.asks_to_act))
    if wording is None:
        return Words()
    with translation.override(language):
        return filled(wording, filled_in(event))


def filled(wording: EmailWording, values: Mapping[str, str]) -> Words:
    """In the active language; what the county does not say in English the system says."""
    language = "en" if is_english() else "zh"
    subject, opening, closing = (
        placeholders.filled(getattr(wording, f"{kind}_{language}"), values) for kind in KINDS
    )
    return Words(" ".join(subject.split())[:LONGEST], opening, closing)
