"""The messages by which people are reminded of a term, whatever it is about.

Each room says of its terms whose turn it is, who stands above, and what they are called; when they
come is said by ``designation.calendar.reminders``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, Turn, tell
from designation.announcements.receivers import Receivers, WhoseTurn
from designation.audit.models import WithoutSeat
from designation.calendar import awaited
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.organizations.models import Role
from designation.site import clock

_FIELDS = ("about", "awaited", "round", "holder", "due")
_PARTIES = ("turn", "beside", "superior")
_BODY = (_("批次：%(round)s"),)
_TO_SUPERIOR = (*_BODY, _("办理人：%(holder)s"), _("办理期限：%(due)s"))
_SENTENCES: Mapping[Kind, Any] = {
    Kind.BEFORE: _("%(about)s（%(awaited)s）的办理期限快到了，请在%(due)s前办理。"),
    Kind.ON_THE_DAY: _("%(about)s（%(awaited)s）的办理期限到了，请今天办理。"),
    Kind.AFTER: _("%(about)s（%(awaited)s）已经超过办理期限，请尽快办理。"),
    Kind.TO_SUPERIOR: _("%(about)s（%(awaited)s）逾期三个工作日仍未办理，请督促。"),
}


@dataclass(frozen=True, slots=True)
class _Beside(WhoseTurn):
    """Whoever may act beside those whose turn it is, as the head beside the preparer."""

    party: str = "beside"

    def __str__(self) -> str:
        return gettext("同样可以办理的人")


@dataclass(frozen=True, slots=True)
class _Superior(WhoseTurn):
    party: str = "superior"

    def __str__(self) -> str:
        return gettext("上级（初审机构或县级经办人）")


WHOSE_TURN: tuple[Receivers, ...] = (WhoseTurn(), _Beside())


def action(kind: Kind) -> str:
    return f"term.{kind}"


def declare() -> None:
    for kind, sentence in _SENTENCES.items():
        asks = kind != Kind.TO_SUPERIOR
        # What is told to the superior alone leaves the turn with those who were asked before.
        store(action(kind), said=_FIELDS, parties=_PARTIES, is_aside=not asks)
        receivers, body = (WHOSE_TURN, _BODY) if asks else ((_Superior(),), _TO_SUPERIOR)
        announce(Announcement(action(kind), receivers, sentence, body, asks_to_act=asks))
    name_fields({"about": _("对象"), "awaited": _("事项"), "holder": _("办理人")})


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a room says of a term: its subject, what that is called, and whom it concerns.

    ``round`` is None where it is of none, ``turn`` where nobody has to act: then nobody is.
    ``jurisdiction_code`` has 12 digits.
    """

    subject: models.Model
    about: said.Named
    round: said.NamedWithKey | None
    jurisdiction_code: str
    turn: Turn | None
    superior: Turn
    beside: Turn | None = None


def remind(term: Term, kind: Kind, of: Reminded) -> None:
    """Tell whose turn it is, or whoever stands above, that a reminder has come."""
    if of.turn is None:
        return
    tell(
        Event(
            action=action(kind),
            subject=of.subject,
            jurisdiction_code=of.jurisdiction_code,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={
                "about": said.name(of.about),
                "awaited": said.words(awaited.kind(term.kind).words),
                "round": said.of_round(of.round),
                "holder": said.words(Role(of.turn.role).label),
                "due": said.deadline(term.due_at),
            },
            parties={"turn": of.turn, "beside": of.beside, "superior": of.superior},
            at=clock.now(),
        )
    )
