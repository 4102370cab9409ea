"""Which items the applicant may change now."""

from designation.applications.models import Stage
from designation.organizations.models import Person

from .cases import Case
from .rules import is_applicant


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


def may_edit_summary(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.DRAFT and is_applicant(case, person)
