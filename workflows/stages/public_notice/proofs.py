"""The proofs of posting that a round asks for are awaited until the last day of the notice.

A term of the coordinator: reminded of while it can still be posted, and afterwards of what keeps
the decision back. It is over with the last proof, or with the notice.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from designation.announcements.happened import Turn
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.calendar.terms import Whose
from designation.organizations.models import Role

from ... import term_reminders
from .models import Notice
from .periods import PROOFS
from .postings import wanting

awaited.register(awaited.Kind(PROOFS, gettext_lazy("张贴公示并登记证明"), reminds=True))


@dataclass(frozen=True, slots=True)
class _Titled:
    """A notice has its title in the language of the record alone."""

    name_zh: str
    name_en: str = ""


def await_them(notice: Notice, at: datetime) -> None:
    """From its publication on, where the round asks for any. The caller holds the notice."""
    if notice.round.channels_asked:
        code = notice.round.jurisdiction.code
        whose = Whose(role=Role.COUNTY_COORDINATOR, jurisdiction_code=code)
        terms.begin(PROOFS, about=notice, at=at, until=notice.ends_at, whose=whose)


def remind(term: Term, kind: Kind) -> None:
    """Nobody, where the round asks for it no more."""
    notice = Notice.objects.select_related("round__jurisdiction").get(pk=term.subject_id)
    turn = Turn(Role.COUNTY_COORDINATOR) if wanting(notice.round, notice) else None
    reminded = term_reminders.Reminded(
        subject=notice,
        about=_Titled(notice.title),
        round=notice.round,
        jurisdiction_code=notice.round.jurisdiction.code,
        turn=turn,
        superior=Turn(Role.DECIDING_OFFICER),
    )
    term_reminders.remind(term, kind, reminded)


awaited.told_by("workflows.notice", remind)
