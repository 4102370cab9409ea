"""The page of the decision, and the title that a case led to."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.applications.models import Stage

from ...case.facts import Case
from ...case.rules import is_deciding_officer
from ...declared import Link, Outcome

_: Any = gettext_lazy


def _round(case: Case) -> int:
    key: int = case.application.round_id
    return key


def _title(case: Case) -> tuple[str, str] | None:
    if case.application.stage != Stage.DESIGNATED:
        return None
    number: str = case.application.designation.number
    return number, number


DECIDE = Link("designations:designate", _("办理命名"), is_deciding_officer, key=_round)
TITLE = Outcome(_("名册"), "register:detail", _title)
