"""What may be appealed against, until when, and to which stage a case goes back.

The periods are those of local methods (5 working days after notice of the decision, 15 to answer),
which a round may set otherwise. They are counted as all terms are: the day of the notice is not
counted, and the last day lasts until 24:00. The time to appeal is a term of the decision, begun
with it and left to run out: whatever becomes of the calendar, it ends on the day that was told.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy

from designation.applications.models import Application, Stage
from designation.calendar import awaited, terms
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Jurisdiction, Organization, Role, head_of
from designation.register import queries as register
from designation.register.models import TitleStep
from designation.register.standing import Act
from designation.rounds.models import AppealsTo, Round

from ...case.records import Decision
from .models import OF_A_MEETING, Against

APPEALING = "decided.appeal"
awaited.register(awaited.Kind(APPEALING, gettext_lazy("申请复核")))

_DECISIONS: Mapping[tuple[str, str], Against] = {
    ("reject", Stage.SUBMITTED): Against.FIRST_REVIEW,
    ("reject", Stage.RECOMMENDED): Against.VERIFICATION,
    ("reject", Stage.VERIFYING): Against.VERIFICATION,
    ("leave_out", Stage.VERIFIED): Against.NOT_CHOSEN,
    ("decline", Stage.AWAITING_DESIGNATION): Against.NOT_NAMED,
}
# Exactly the stage that an upheld appeal concerns: there it is done again.
BACK_TO: Mapping[Against, Stage] = {
    Against.FIRST_REVIEW: Stage.SUBMITTED,
    Against.VERIFICATION: Stage.RECOMMENDED,
    Against.NOT_CHOSEN: Stage.VERIFIED,
    Against.NOT_NAMED: Stage.AWAITING_DESIGNATION,
}


def against(ground: Decision | TitleStep) -> Against | None:
    """What an appeal to it is called; None where none is made."""
    if isinstance(ground, TitleStep):
        return Against.REVOCATION if ground.act == Act.REVOKED else None
    return _DECISIONS.get((ground.transition, ground.from_stage))


def passages() -> frozenset[str]:
    """The passages of an application that may be appealed against, by name."""
    return frozenset(transition for transition, _stage in _DECISIONS)


def whose(ground: Decision | TitleStep) -> Organization:
    """Whose it is to appeal: the applicant's, or whoever holds the title now."""
    if isinstance(ground, Decision):
        return ground.application.organization
    return register.holder(ground.title)


def area_of(ground: Decision | TitleStep) -> Jurisdiction:
    """Where an appeal on paper is handed in, and in whose library it lies."""
    if isinstance(ground, Decision):
        return ground.application.round.jurisdiction
    return ground.title.jurisdiction


def begin(ground: Decision | TitleStep) -> None:
    """Let the time to appeal run from the act that is recorded; nothing where none is made.

    Neither where the calendar does not reach so far: there nobody can count yet.
    """
    if against(ground) is None:
        return
    code = area_of(ground).code
    whose_turn = Whose(Role.HEAD, whose(ground).pk, code)
    days = _frame(ground).appeal_days
    try:
        terms.begin(APPEALING, about=ground, at=ground.at, days=days, whose=whose_turn)
    except CalendarUnknown:
        return


def until(ground: Decision | TitleStep) -> datetime | None:
    """Until when it may be appealed against; None where the calendar does not reach so far.

    Notice is given with the act itself. Where nobody can count, nobody is late. What was decided
    before such terms were kept, or is not yet recorded, is counted by the calendar of today.
    """
    term = terms.open_terms(ground).filter(kind=APPEALING).first() if ground.pk else None
    if term is not None:
        return term.due_at
    try:
        return calendar().deadline(ground.at, _frame(ground).appeal_days)
    except CalendarUnknown:
        return None


def days_to_answer(ground: Decision | TitleStep) -> int:
    days: int = _frame(ground).appeal_answer_days
    return days


def above(application: Application, what: Against) -> str:
    """The area over more than which those sit who hear it; "" where that is anybody uninvolved."""
    round_ = application.round
    if what not in OF_A_MEETING or round_.appeals_to != AppealsTo.SUPERIOR:
        return ""
    return head_of(round_.jurisdiction.code, round_.jurisdiction.level)


def _frame(ground: Decision | TitleStep) -> Round:
    """The round that says how long; a title, which stands in none, goes by what is usual."""
    return ground.application.round if isinstance(ground, Decision) else Round()
