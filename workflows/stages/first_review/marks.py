"""The first reviewer's marks, and the moment a submission is first opened."""

from django.db import transaction

from designation import clock
from designation.applications.models import Application, Stage, Submission
from designation.organizations.models import Person
from standards.models import Item

from ... import rules
from ...cases import Case
from .models import ItemMark


def may_mark(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.SUBMITTED and rules.is_first_reviewer(case, person)


def open_submission(case: Case, person: Person) -> None:
    """The reviewer has seen it: from now on it cannot be recalled."""
    submission = case.application.submission
    if submission is not None and submission.opened_at is None and may_mark(case, person):
        Submission.objects.filter(pk=submission.pk, opened_at__isnull=True).update(
            opened_at=clock.now()
        )


@transaction.atomic
def mark(
    application: Application, item: Item, *, verdict: str, comment: str, actor: Person
) -> ItemMark:
    """Set the verdict on one item; a mark in force is changed, a voided one is kept as it was."""
    Application.objects.select_for_update().get(pk=application.pk)
    now = clock.now()
    found, _created = ItemMark.objects.update_or_create(
        application=application,
        item=item,
        voided_at=None,
        defaults={
            "submission_id": application.submission_id,
            "verdict": verdict,
            "comment": comment,
            "marked_by": actor,
            "marked_at": now,
        },
    )
    return found
