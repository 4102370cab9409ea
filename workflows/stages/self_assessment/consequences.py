"""What handing in writes beside the stage. Called by the door only, under its lock."""

from designation.applications import postings, submissions
from designation.organizations.models import Person

from ...case.facts import Case
from ...case.records import Correction


def _actor(case: Case) -> Person:
    if case.actor is None:
        raise TypeError("Only a person can do this.")
    return case.actor


def freeze_submission(case: Case) -> None:
    application = case.application
    frozen = submissions.content(
        application,
        case.answers.values(),
        case.evidence,
        postings.frozen(case.posting, case.posting_proofs),
    )
    submissions.freeze(application, frozen, actor=_actor(case), at=case.now)


def close_the_corrections(case: Case) -> None:
    """The list was answered: it is closed and kept."""
    open_ones = Correction.objects.filter(application=case.application, closed_at__isnull=True)
    open_ones.update(closed_at=case.now)
