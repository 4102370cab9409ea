"""Who is told: seats and, while they hold one, people named. Asked of the event when delivered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.organizations.models import Role


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whoever holds ``role`` in the organization or, without one, over the area of the event.

    ``people`` None is everybody in that seat. Without a role it is the people themselves.
    """

    role: str
    organization_id: int | None = None
    people: frozenset[int] | None = None


class Receivers(Protocol):
    """``party`` is the name under which the event stores whom it needs; empty for none."""

    @property
    def party(self) -> str: ...

    def wanted(self, parties: Mapping[str, Any], /) -> Iterable[Wanted]: ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Over:
    """A role held over an area around the event."""

    role: Role
    party: str = ""

    def wanted(self, _parties: Mapping[str, Any]) -> Iterable[Wanted]:
        yield Wanted(self.role)

    def __str__(self) -> str:
        return force_str(self.role.label)


@dataclass(frozen=True, slots=True)
class In:
    """A role held in the organization that the event calls ``party``."""

    role: Role
    party: str

    def wanted(self, parties: Mapping[str, Any]) -> Iterable[Wanted]:
        yield Wanted(self.role, parties[self.party])

    def __str__(self) -> str:
        return force_str(self.role.label)


@dataclass(frozen=True, slots=True)
class InEach:
    """A role held in one of the organizations that the event lists under ``party``."""

    role: Role
    party: str

    def wanted(self, parties: Mapping[str, Any]) -> Iterable[Wanted]:
        for organization in parties[self.party]:
            yield Wanted(self.role, organization)

    def __str__(self) -> str:
        return force_str(self.role.label)


@dataclass(frozen=True, slots=True)
class WhoseTurn:
    """Whoever has to take the next step; nobody where none is left."""

    party: str = "turn"

    def wanted(self, parties: Mapping[str, Any]) -> Iterable[Wanted]:
        turn = parties[self.party]
        if turn is not None:
            people = turn["people"]
            meant = None if people is None else frozenset(people)
            yield Wanted(turn["role"], turn["organization"], meant)

    def __str__(self) -> str:
        return _("下一步的办理人")


@dataclass(frozen=True, slots=True)
class Those:
    """The people that the event calls ``party``; with a role, only while they hold it there."""

    party: str
    called: Any
    role: Role | None = None

    def wanted(self, parties: Mapping[str, Any]) -> Iterable[Wanted]:
        yield Wanted(self.role or "", None, frozenset(parties[self.party]))

    def __str__(self) -> str:
        return force_str(self.called)


# Of what concerns one person alone: the event calls them so.
THE_PERSON = (Those("person", gettext_lazy("有关人员本人")),)
