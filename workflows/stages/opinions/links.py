"""The table of the departments' opinions, wherever a case of such a round stands."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.applications.models import PRIVATE_STAGES
from designation.organizations.models import Person
from designation.rounds.rules import may_follow

from ...case.facts import Case
from ...declared import Link, Shown

_: Any = gettext_lazy


def _is_asked(case: Case, person: Person) -> bool:
    """Without a statement: a round that asks nobody has no such page."""
    application = case.application
    return (
        application.round.department_days is not None
        and application.stage not in PRIVATE_STAGES
        and may_follow(person, application.round)
    )


def _round(case: Case) -> int:
    key: int = case.application.round_id
    return key


OPINIONS = Link("opinions:round", _("部门意见"), _is_asked, key=_round, shown=Shown.BESIDE)
