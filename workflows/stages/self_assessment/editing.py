"""Which items the applicant may change now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import Http404

from designation.applications import summaries
from designation.applications.models import Application, Stage
from designation.organizations.models import Person

from ... import door
from ...case.facts import Case
from ...case.held import already_moved, lock_for
from ...case.records import Correction
from ...case.rules import is_applicant
from . import last_time
from .last_time import LastTime


def unlocked_items(case: Case, person: Person) -> frozenset[str]:
    """Codes of the items ``person`` may change: all in a draft, the listed ones in a correction."""
    if not is_applicant(case, person):
        return frozenset()
    stage = case.application.stage
    if stage == Stage.DRAFT:
        return frozenset(case.item_codes)
    if stage == Stage.RETURNED:
        return frozenset(case.corrections)
    return frozenset()


def may_edit_item(code: str) -> Callable[[Case, Person], bool]:
    def may(case: Case, person: Person) -> bool:
        return code in unlocked_items(case, person)

    return may


def unlocked_fields(case: Case, person: Person) -> frozenset[str]:
    """Beside the items: all of the introduction in a draft, what was listed in a correction."""
    if not is_applicant(case, person):
        return frozenset()
    if case.application.stage == Stage.DRAFT:
        return frozenset(summaries.FIELDS)
    if case.application.stage == Stage.RETURNED:
        return frozenset(case.parts_returned)
    return frozenset()


def may_edit_summary(case: Case, person: Person) -> bool:
    return bool(unlocked_fields(case, person))


@contextmanager
def held_item(pk: int, code: str, person: Person) -> Iterator[Case]:
    """Hold an application while one of its items saves itself: read and locked in one statement.

    Raises Http404 for an application that is not this person's to fill in, and for an item that
    its standard does not have; Refusal when the item is locked.
    """
    listed = Correction.objects.filter(application=OuterRef("pk"), closed_at__isnull=True)
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("round", "submission")
            .defer("submission__content")
            .annotate(
                listed_codes=ArraySubquery(listed.values("item__code")),
                said_last=Subquery(last_time.of_one_item(code)),
            )
            .filter(pk=pk)
            .first()
        )
        if application is None:
            raise Http404
        door.forget_what_was_not_there(application)
        case = Case(application, actor=person)
        if not is_applicant(case, person) or code not in case.item_codes:
            raise Http404
        is_draft = application.stage == Stage.DRAFT
        is_listed = application.stage == Stage.RETURNED and code in application.listed_codes
        if not (is_draft or is_listed):
            raise already_moved(application)
        LastTime.of(case).read_item(code, application.said_last if is_draft else None)
        yield case


@contextmanager
def held(
    application: Application, may: Callable[[Case, Person], bool], person: Person
) -> Iterator[Application]:
    """Hold the application while it is changed: nothing slips in after a submission is frozen.

    Yields it as it stands under the lock. Raises Refusal when ``person`` may not
    change it, or not any more.
    """
    with transaction.atomic():
        yield lock_for(application, may, person)
