"""The first reviewer's marks, and the moment a submission is first opened."""

from collections.abc import Mapping
from typing import cast

from django.db import transaction

from designation import clock
from designation.applications.models import Application, Stage, Submission
from designation.organizations.models import Person
from standards.models import Item

from ... import rules
from ...cases import Case
from ...transitions import lock_for
from .models import ItemMark

_REWRITTEN = ("submission", "verdict", "comment", "marked_by", "marked_at")


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
def mark_all(
    application: Application, verdicts: Mapping[Item, tuple[str, str]], *, actor: Person
) -> None:
    """Set verdict and comment on each item; a voided mark is kept beside the new one.

    Raises transitions.Refused when the application has moved on, or the person may not.
    """
    locked = lock_for(application, may_mark, actor)
    # What is under review has been handed in: the database holds it to that.
    submission = cast("Submission", locked.submission)
    in_force = {mark.item_id: mark for mark in locked.marks.filter(voided_at__isnull=True)}
    marks = []
    for item, (verdict, comment) in verdicts.items():
        mark = in_force.get(item.pk) or ItemMark(application=locked, item=item)
        mark.submission, mark.marked_by, mark.marked_at = submission, actor, clock.now()
        mark.verdict, mark.comment = verdict, comment
        marks.append(mark)
    ItemMark.objects.bulk_update([mark for mark in marks if mark.pk], _REWRITTEN)
    ItemMark.objects.bulk_create(mark for mark in marks if not mark.pk)
