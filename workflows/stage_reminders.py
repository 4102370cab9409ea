"""Reminding of the term under which an application stands: the seat that holds the stage.

Never of what was not handed in: a draft is its applicant's own affair, and of the round's end all
are told alike. Of what was returned the applicant is reminded.
"""

from designation.announcements.happened import Turn
from designation.applications.models import Application
from designation.calendar import awaited
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.organizations.models import Role

from . import declared, passage_events, term_reminders


def listen() -> None:
    awaited.told_by("applications.application", remind)


def remind(term: Term, kind: Kind) -> None:
    rows = Application.objects.select_related("organization", "round")
    term_reminders.remind(term, kind, reminded(rows.get(pk=term.subject_id)))


def reminded(application: Application) -> term_reminders.Reminded:
    """Whom it concerns that an application still stands where it stands."""
    return term_reminders.Reminded(
        subject=application,
        about=application.organization,
        round=application.round,
        jurisdiction_code=application.area_code,
        turn=passage_events.turn(application),
        superior=_superior(application),
        beside=beside(application),
    )


def beside(application: Application) -> Turn | None:
    """Of what the applicant has to do its head hears, too: either of them may do it."""
    if declared.answers_corrections(application.stage):
        return Turn(Role.HEAD, application.organization_id)
    return None


def _superior(application: Application) -> Turn:
    """Who stands above whoever holds it: for the applicant the body that reviews it.

    Above the county's own people is the coordinator, above the coordinator who decides; nobody of
    the county is above that one, and it is the coordinator who prepares what is to be decided.
    """
    if declared.answers_corrections(application.stage):
        return Turn(Role.FIRST_REVIEWER, application.reviewing_body_id)
    is_coordinators = application.holder_role == Role.COUNTY_COORDINATOR
    return Turn(Role.DECIDING_OFFICER if is_coordinators else Role.COUNTY_COORDINATOR)
