"""Reminding of the terms of an objection: the officers who hear it, and then the coordinators."""

from designation.announcements.happened import Turn
from designation.calendar import awaited
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.organizations.models import Role

from ... import term_reminders
from . import investigators
from .models import Hearing, Objection


def remind(term: Term, kind: Kind) -> None:
    """Nothing is said of who raised it, nor of what they wrote."""
    rows = Objection.objects.select_related(
        "entry__application__organization", "entry__notice__round"
    )
    objection = rows.get(pk=term.subject_id)
    application = objection.entry.application
    reminded = term_reminders.Reminded(
        subject=objection,
        about=application.organization,
        round=objection.entry.notice.round,
        jurisdiction_code=application.area_code,
        turn=Turn(Role.OBJECTION_OFFICER),
        beside=_investigator(objection),
        superior=Turn(Role.COUNTY_COORDINATOR),
    )
    term_reminders.remind(term, kind, reminded)


def _investigator(objection: Objection) -> Turn | None:
    """Who was asked to investigate, until they have reported."""
    found = investigators.under_way().filter(objection=objection, reported_at=None).first()
    return None if found is None else Turn("", people=(found.investigator_id,))


def remind_of_hearing(term: Term, kind: Kind) -> None:
    """The people of the organization; nothing is said of the facts."""
    rows = Hearing.objects.select_related(
        "objection__entry__application__organization", "objection__entry__notice__round"
    )
    hearing = rows.get(pk=term.subject_id)
    entry = hearing.objection.entry
    organization = entry.application.organization
    reminded = term_reminders.Reminded(
        subject=hearing,
        about=organization,
        round=entry.notice.round,
        jurisdiction_code=entry.application.area_code,
        turn=Turn(Role.HEAD, organization.pk),
        beside=Turn(Role.PREPARER, organization.pk),
        superior=Turn(Role.OBJECTION_OFFICER),
    )
    term_reminders.remind(term, kind, reminded)


awaited.told_by("workflows.objection", remind)
awaited.told_by("workflows.hearing", remind_of_hearing)
