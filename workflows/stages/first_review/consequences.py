"""What a review writes beside the stage. Called by the door only, under its lock."""

from django.db import connection

from ...case.facts import Case
from ...case.records import Correction, Decision
from .models import ItemMark


def void_what_changed(case: Case) -> None:
    """The approvals of what changed since, and of nothing else."""
    submission = case.application.submission
    if submission is not None and submission.changed_items:
        ItemMark.objects.filter(
            application=case.application,
            voided_at__isnull=True,
            item__code__in=submission.changed_items,
        ).update(voided_at=case.now)


# Two tables in one statement: a decision is carried out under the lock of its case.
_CLEAR = """
WITH drafts AS (DELETE FROM workflows_decisiondraft WHERE application_id = %(application)s)
DELETE FROM workflows_claim WHERE application_id = %(application)s
"""


def clear_the_desk(case: Case) -> None:
    """It was decided: what was about to be decided and who was at it are of no more use."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, {"application": case.application.pk})


def release_marks(case: Case) -> None:
    """The decision lets the applicant see what was noted for it."""
    ItemMark.objects.filter(
        application=case.application, voided_at__isnull=True, released_at__isnull=True
    ).update(released_at=case.now)


def list_corrections(case: Case, decision: Decision) -> None:
    """Written after the decision they belong to."""
    items = {
        item.code: item
        for item in case.application.standard.items.filter(code__in=case.act.corrections)
    }
    Correction.objects.bulk_create(
        Correction(
            application=case.application,
            decision=decision,
            item=items.get(code),
            part="" if code in items else code,
            reason=reason.strip(),
        )
        for code, reason in case.act.corrections.items()
    )


def take_the_list_back(case: Case) -> None:
    """The list stays on record as it was sent, closed and asked for no more."""
    Correction.objects.filter(application=case.application, closed_at__isnull=True).update(
        closed_at=case.now, taken_back_at=case.now
    )
