"""Reminding of the time in which an appeal is to be answered: of those who may hear it."""

from designation.announcements.happened import Turn
from designation.calendar import awaited
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.organizations.models import Role

from ... import term_reminders
from .models import Appeal


def remind(term: Term, kind: Kind) -> None:
    rows = Appeal.objects.select_related("organization", "decision__application__round")
    appeal = rows.get(pk=term.subject_id)
    application = appeal.application
    reminded = term_reminders.Reminded(
        subject=appeal,
        about=appeal.organization,
        round=application.round if application else None,
        jurisdiction_code=appeal.area_code,
        turn=Turn(Role.COUNTY_COORDINATOR),
        superior=Turn(Role.DECIDING_OFFICER),
        beside=Turn(Role.OBJECTION_OFFICER),
    )
    term_reminders.remind(term, kind, reminded)


awaited.told_by("workflows.appeal", remind)
