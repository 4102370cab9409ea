"""What handing in writes beside the stage. Called by the door only, under its lock."""

from designation.applications import submissions
from designation.organizations.models import Person

from ...case.facts import Case
from ...case.handed_in import to_hand_in
from ...case.records import Correction


def _actor(case: Case) -> Person:
    if case.actor is None:
        raise TypeError("Only a person can do this.")
    return case.actor


def freeze_submission(case: Case) -> None:
    application = case.application
    submissions.freeze(application, to_hand_in(case), actor=_actor(case), at=case.now)


def close_the_corrections(case: Case) -> None:
    """The list was answered: it is closed and kept."""
    open_ones = Correction.objects.filter(application=case.application, closed_at__isnull=True)
    open_ones.update(closed_at=case.now)
