"""A notice as seen by one person about to act: what its rules and gates ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from designation.site import clock

from ...door import Asked
from ...findings import GateFinding
from .models import Notice, NoticeEntry
from .steps import interested_in, names_in_force


@dataclass(frozen=True, slots=True)
class NoticeAct:
    """What a person brings to a step of a notice.

    ``seen`` is the form that was sent: it showed what stood (None: nobody was shown anything);
    ``reason`` that of a return, of more time or of a restart, ``days`` how much more, ``cause``
    what broke it off; ``printed`` and ``chosen`` the fields and the applications of a notice that
    is put forward anew.
    """

    seen: Mapping[str, Any] | None = None
    reason: str = ""
    days: int = 0
    cause: str = ""
    printed: Mapping[str, Any] | None = None
    chosen: frozenset[int] = frozenset()


class NoticeCase:
    """A notice with the facts that its gates ask about; each is one statement, kept."""

    def __init__(
        self, notice: Notice, *, asked: Asked | None = None, act: NoticeAct | None = None
    ) -> None:
        self.notice, self.asked = notice, asked or Asked(None)
        self.actor = self.asked.actor
        self.act = act or NoticeAct()
        self.now = clock.now()

    @cached_property
    def names(self) -> list[NoticeEntry]:
        """The names in force."""
        return list(names_in_force(self.notice))

    @cached_property
    def interests(self) -> list[GateFinding]:
        """What keeps the person from every step: that they belong to an applicant on the list."""
        return list(interested_in(self.actor, self.names)) if self.actor else []
