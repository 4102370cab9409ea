"""Which items the applicant may change now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from designation.applications.models import Application, Stage
from designation.organizations.models import Person

from .cases import Case
from .rules import is_applicant
from .transitions import lock_for


def unlocked_items(case: Case, person: Person) -> frozenset[str]:
    """Codes of the items ``person`` may change: all in a draft, the listed ones in a correction."""
    if not is_applicant(case, person):
        return frozenset()
    stage = case.application.stage
    if stage == Stage.DRAFT:
        return frozenset(item.code for item in case.standard.items)
    if stage == Stage.RETURNED:
        return frozenset(case.corrections)
    return frozenset()


def may_edit_item(code: str) -> Callable[[Case, Person], bool]:
    def may(case: Case, person: Person) -> bool:
        return code in unlocked_items(case, person)

    return may


def may_edit_summary(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.DRAFT and is_applicant(case, person)


@contextmanager
def held(
    application: Application, may: Callable[[Case, Person], bool], person: Person
) -> Iterator[Application]:
    """Hold the application while it is changed: nothing slips in after a submission is frozen.

    Yields it as it stands under the lock. Raises transitions.Refused when ``person`` may not
    change it, or not any more.
    """
    with transaction.atomic():
        yield lock_for(application, may, person)
