"""The term under which an application stands: begun, paused and ended with its passages."""

from datetime import datetime

from designation.calendar import terms
from designation.calendar.models import Term
from designation.calendar.terms import Ending, Whose
from designation.calendar.working_days import CalendarUnknown, calendar

from . import door
from .case.facts import Case
from .declared import OnTerm, holder, passage, place


def after(case: Case, done: door.Done) -> Term | None:
    """End or pause the term that ran until a passage, and begin that of the place it leads to.

    A reviewer who asked for a correction goes on with the working days then left; a passage that
    leads back to where it began changes nothing, unless it says so. Returns the term that runs
    now; None where no time does. Raises CalendarUnknown, and Refusal when the term that ran was
    ended beside the door.
    """
    ran, on_term = case.application.term, passage(done.name).on_term
    if on_term == OnTerm.EXTENDS and ran is not None:
        return _longer(case, done, ran)
    if done.source == done.target and on_term != OnTerm.BEGINS_ANEW:
        return ran
    if ran is None:
        return begun(case)
    if on_term == OnTerm.PAUSES:
        return begun(case, interrupts=terms.pause(ran, at=done.at))
    if on_term in (OnTerm.RESUMES, OnTerm.RESTORES) and ran.interrupts is not None:
        ended_as = _ended_as(done, on_term)
        return terms.resume(ran.interrupts, at=done.at, after=ran, ended_as=ended_as)
    until = _ran_before(case) if on_term == OnTerm.RESTORES else None
    return begun(case, until=until, ends=ran, ended_as=_ended_as(done, on_term))


def _longer(case: Case, done: door.Done, ran: Term) -> Term:
    """Until the moment that the place now says, with the reason that was given."""
    return terms.extend(
        ran,
        actor=done.asked.person,
        role=done.role,
        reason=case.act.opinion,
        at=done.at,
        until=due_at(case, case.application.stage),
    )


def _ran_before(case: Case) -> datetime | None:
    """Until when the last term ran of the place to which a case comes back."""
    kind = place(case.application.stage).awaits
    return terms.ended_terms(case.application, kind).values_list("due_at", flat=True).first()


def _ended_as(done: door.Done, on_term: OnTerm) -> Ending:
    if on_term in (OnTerm.OVERTAKES, OnTerm.RESTORES, OnTerm.BEGINS_ANEW):
        return Ending.OVERTAKEN
    return Ending.OVER if done.asked.actor is None else Ending.MET


def due_at(case: Case, stage: str) -> datetime | None:
    """Until when it would be to be done, came the case to ``stage`` now; None where no time runs.

    None also where the official calendar does not reach so far: there nothing comes.
    """
    due = place(stage).due(case)
    if due is None or isinstance(due, datetime):
        return due
    try:
        return calendar().deadline(case.now, due)
    except CalendarUnknown:
        return None


def begun(
    case: Case,
    *,
    interrupts: Term | None = None,
    ends: Term | None = None,
    ended_as: Ending = Ending.MET,
    until: datetime | None = None,
) -> Term | None:
    """Begin the term of the place where the application stands, and end what gives way to it.

    ``until`` is the moment at which it is over, where that is not the place's own. Raises
    CalendarUnknown.
    """
    application = case.application
    here, held_by = place(application.stage), holder(application)
    due = until or here.due(case)
    if due is not None:
        return terms.begin(
            here.awaits,
            about=application,
            at=case.now,
            days=None if isinstance(due, datetime) else due,
            until=due if isinstance(due, datetime) else None,
            whose=Whose(held_by.role or "", held_by.organization_id, application.area_code),
            interrupts=interrupts,
            ends=ends,
            ended_as=ended_as,
        )
    if ends is not None:
        terms.end(ends, at=case.now, as_=ended_as)
    return None
