"""What rooms declare: the events there are and what they store, and the messages about them.

Registered when the rooms start (``AppConfig.ready``). An announcement that names what its event
does not store is refused then, in both languages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from standards.language import RECORD

from .receivers import Receivers

_FIELD = re.compile(r"%\((\w+)\)s")
# What composing knows of every event, beside what was said: the words of its action.
WHAT = "what"
LANGUAGES = (RECORD, "en")


@dataclass(frozen=True, slots=True)
class Fields:
    """What an event stores: what is said in texts, and who is spoken of by receivers.

    ``is_aside``: it leaves it to those who were asked before to act, as if it had not been.
    """

    said: frozenset[str]
    parties: frozenset[str]
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """One automatic message.

    ``action`` is that of its event; one ending in ``.*`` speaks of every event of the noun that
    has no announcement of its own. ``subject`` is one line, ``body`` one text a line; a line of
    which a field is empty is left out. Of several about one event a person gets the first, one
    that asks to act before all others. ``is_decision``: it says what was decided of the receiver's
    own affair, which nobody may do without. ``channels`` None is every channel. ``page`` names the
    party whose page it leads to, where that is not the subject's.
    """

    action: str
    receivers: Sequence[Receivers]
    subject: Any
    body: Sequence[Any] = ()
    asks_to_act: bool = False
    channels: tuple[str, ...] | None = None
    page: str = ""
    is_decision: bool = False


class Unstored(ValueError):
    """An announcement that speaks of what its event does not store, or is not declared at all."""


# What the fields are called in the list of messages.
_WORDS: dict[str, Any] = {
    WHAT: _("动作"),
    "organization": _("组织名称"),
    "round": _("批次"),
    "due": _("办理期限"),
    "opinion": _("意见"),
    "reason": _("理由"),
    "role": _("角色"),
    "place": _("所在、地点"),
}
_FIELDS: dict[str, Fields] = {}
_ANNOUNCEMENTS: dict[str, list[Announcement]] = {}


def store(
    action: str, *, said: Sequence[str], parties: Sequence[str] = (), is_aside: bool = False
) -> None:
    """Declare what the events of ``action`` store: each of them all of it, empty where need be."""
    _FIELDS[action] = Fields(frozenset(said), frozenset(parties), is_aside)


def asides() -> list[str]:
    """The actions whose events leave it to those who were asked before to act."""
    return [action for action, fields in _FIELDS.items() if fields.is_aside]


def announce(*announcements: Announcement) -> None:
    """Declare messages, those of one action in the order of preference. Raises Unstored."""
    for one in announcements:
        fields = fields_of(one.action)
        if fields is None:
            raise Unstored(f"nothing says what {one.action} stores")
        _refuse_what_is_not_stored(one, fields)
        known = _ANNOUNCEMENTS.setdefault(one.action, [])
        if one not in known:
            known.append(one)
            known.sort(key=lambda announcement: not announcement.asks_to_act)


def leave_untold(action: str) -> None:
    """Of events of ``action`` nobody is told, also not by what is said of any of their noun."""
    _ANNOUNCEMENTS.setdefault(action, [])


def withdraw(action: str) -> None:
    """Take back what was declared of the messages about ``action``."""
    _ANNOUNCEMENTS.pop(action, None)


def _refuse_what_is_not_stored(one: Announcement, fields: Fields) -> None:
    for language in LANGUAGES:
        with override(language):
            for text in map(force_str, (one.subject, *one.body)):
                if unknown := fields_in(text) - fields.said - {WHAT}:
                    raise Unstored(f"{one.action} stores no {sorted(unknown)}: {text}")
    spoken_of = {receivers.party for receivers in one.receivers} | {one.page}
    if unknown := spoken_of - fields.parties - {""}:
        raise Unstored(f"{one.action} knows of no {sorted(unknown)}")


def fields_in(text: str) -> set[str]:
    """The names of the fields that a text fills in."""
    return set(_FIELD.findall(text))


def name_fields(words: Mapping[str, Any]) -> None:
    """Say what fields are called, where the list of messages shows them unfilled."""
    _WORDS.update(words)


def field_word(name: str) -> str:
    return force_str(_WORDS.get(name, name))


def fields_of(action: str) -> Fields | None:
    """What events of ``action`` store; None where nothing says so."""
    return _FIELDS.get(action) or _FIELDS.get(_any_of_its_noun(action))


def announcements_of(action: str) -> list[Announcement]:
    """The messages about an event, in the order of preference."""
    own = _ANNOUNCEMENTS.get(action)
    return own if own is not None else _ANNOUNCEMENTS.get(_any_of_its_noun(action), [])


def every_announcement() -> Iterator[Announcement]:
    """All that was declared, by action."""
    for action in sorted(_ANNOUNCEMENTS):
        yield from _ANNOUNCEMENTS[action]


def _any_of_its_noun(action: str) -> str:
    return f"{action.split('.', maxsplit=1)[0]}.*"
