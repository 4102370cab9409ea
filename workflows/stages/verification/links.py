"""The pages of a visit: its plan, its team, its record."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.organizations.models import Person

from ...case import rules
from ...case.facts import Case
from ...declared import Link, Shown
from .facts import OnSite
from .queries import BesideTheCourse
from .rules import is_on_team
from .visits import may_arrange, may_change_team

_: Any = gettext_lazy


def _is_planned(case: Case) -> bool:
    return OnSite.of(case).visit is not None


def _reads_the_record(case: Case, person: Person) -> bool:
    return _is_planned(case) and (
        is_on_team(case, person) or rules.is_county_coordinator(case, person)
    )


def _reads_it_afterwards(case: Case, person: Person) -> bool:
    return not OnSite.of(case).is_at_work and _reads_the_record(case, person)


def _was_looked_into(case: Case, _person: Person) -> bool:
    return BesideTheCourse.of(case).latest is not None


def _latest_apart(case: Case) -> int:
    latest = BesideTheCourse.of(case).latest
    return latest.pk if latest is not None else 0


PLAN = Link("applications:visit", _("安排实地核查"), may_arrange, goes_first=_is_planned)
RECORD = Link("applications:verify", _("实地核查记录"), _reads_the_record)
TEAM = Link("applications:visit", _("调整核查组"), may_change_team, shown=Shown.BESIDE)
FORMER_RECORD = Link(RECORD.page, RECORD.label, _reads_it_afterwards, shown=Shown.BELOW)
APART = Link("visits:verify", _("专项核查"), _was_looked_into, key=_latest_apart, shown=Shown.BELOW)
