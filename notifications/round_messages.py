"""The automatic e-mails that concern a round: those that say which round they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from designation.announcements.declared import (
    WHAT,
    Announcement,
    every_announcement,
    field_word,
    fields_of,
)
from designation.audit import wording as log

from .channels.email import EMAIL

ROUND = "round"
_ASKS, _TELLS = "asks", "tells"


@dataclass(frozen=True)
class RoundMessage:
    """Messages about one action: those that ask to act, or those that tell of it."""

    action: str
    asks_to_act: bool
    announcements: Sequence[Announcement]

    def __str__(self) -> str:
        asked = _("请办理") if self.asks_to_act else _("告知")
        what = _("其他环节") if self.action.endswith("*") else log.action(self.action)
        return _("%(what)s（%(asked)s）") % {"what": what, "asked": asked}

    @property
    def slug(self) -> str:
        """As an address names it."""
        asked = _ASKS if self.asks_to_act else _TELLS
        return f"{self.action.replace('*', 'any')}.{asked}"

    @property
    def receivers(self) -> list[str]:
        return [str(one) for each in self.announcements for one in each.receivers]

    @cached_property
    def fields(self) -> list[str]:
        """What its events store, that a text may name."""
        stored = fields_of(self.action)
        return sorted({*stored.said, WHAT}) if stored else []

    def words(self) -> list[str]:
        """What its fields are called, in the active language."""
        return [field_word(name) for name in self.fields]


def round_messages() -> list[RoundMessage]:
    """By action, in the order in which they are listed elsewhere."""
    found: dict[tuple[str, bool], list[Announcement]] = {}
    for one in _of_rounds():
        found.setdefault((one.action, one.asks_to_act), []).append(one)
    return [RoundMessage(*key, announcements) for key, announcements in found.items()]


def called(slug: str) -> RoundMessage | None:
    return next((one for one in round_messages() if one.slug == slug), None)


def _of_rounds() -> Iterator[Announcement]:
    for one in every_announcement():
        stored = fields_of(one.action)
        is_mailed = one.channels is None or EMAIL.name in one.channels
        if stored and ROUND in stored.said and is_mailed:
            yield one
