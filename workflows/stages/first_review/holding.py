"""Holding an application under review while its page saves itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import Http404

from designation.applications.models import Application, Stage
from designation.organizations.models import Person

from ... import door
from ...case import rules
from ...case.facts import Case
from ...case.held import already_moved
from . import marks


@contextmanager
def held_review(pk: int, person: Person) -> Iterator[Case]:
    """Hold an application under review, read and locked in one statement.

    Raises Http404 for whoever does not review it; Refusal when it has moved on.
    """
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("round", "organization__jurisdiction", "submission")
            .defer("submission__content")
            .filter(pk=pk)
            .first()
        )
        if application is None:
            raise Http404
        door.forget_what_was_not_there(application)
        case = Case(application, actor=person)
        if not (rules.is_first_reviewer(case, person) or _checks(case, person)):
            raise Http404
        if not marks.may_review(case, person):
            raise already_moved(application)
        yield case


def _checks(case: Case, person: Person) -> bool:
    """The county's, once the first review has let it go."""
    is_past = case.application.stage != Stage.SUBMITTED
    return is_past and rules.is_county_coordinator(case, person)
