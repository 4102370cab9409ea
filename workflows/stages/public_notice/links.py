"""The pages of a notice, and what a case shows of the one on which it stands."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats

from ...case import rules
from ...case.facts import Case
from ...declared import Link, Outcome
from .facts import Noticed

_: Any = gettext_lazy


def _may_compose(case: Case, person: Person) -> bool:
    return rules.is_county_coordinator(case, person) and Noticed.of(case).entry is None


def _handles(case: Case, person: Person) -> bool:
    """Whether the notice on which it stands is this person's work."""
    mine, area = seats(person), case.application.area_code
    holds = any(mine.holds_over(area, role) for role in NOTICE_ROLES)
    return holds and Noticed.of(case).entry is not None


def _notice(case: Case) -> int:
    """The key of the notice on which it stands."""
    entry: Any = Noticed.of(case).entry
    key: int = entry.notice_id
    return key


def _round(case: Case) -> int:
    key: int = case.application.round_id
    return key


def _published(case: Case) -> tuple[str, int] | None:
    entry = Noticed.of(case).entry
    if entry is None or entry.notice.published_at is None:
        return None
    return entry.notice.title, entry.notice_id


COMPOSE = Link("notices:compose", _("拟定公示"), _may_compose, key=_round)
HANDLE = Link("notices:manage", _("公示办理"), _handles, key=_notice)
PUBLISHED = Outcome(_("公示"), "notices:detail", _published)
