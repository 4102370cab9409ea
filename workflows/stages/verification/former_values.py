"""What was planned for a visit, and what its record said before, as those at work on it read it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.applications.models import Conclusion, FormerValue
from designation.organizations.models import Person
from designation.site.templatetags.moments import day

from ...case import rules
from ...case.facts import Case
from ...case.former_values import Reading
from ..self_assessment.item_answers import in_words
from .rules import is_on_team
from .visits import PLAN, SIGNATURE, visit_in_words


def _may_see(case: Case, person: Person, _row: FormerValue, _handed_in: Sequence[datetime]) -> bool:
    return is_on_team(case, person) or rules.is_county_coordinator(case, person)


def _of_the_visit(_case: Case, row: FormerValue) -> str:
    if row.field != PLAN:
        return visit_in_words(row.field, row.value)
    plan: Any = row.value
    return " · ".join((day(date.fromisoformat(plan["planned_on"])), plan["place"], *plan["team"]))


def _of_an_item(case: Case, row: FormerValue) -> str:
    item, said = row.item, str(row.value or "")
    if row.field == "verdict":
        return str(dict(Conclusion.choices).get(said, ""))
    if item is None or row.field == "basis":
        return said
    return in_words(case.standard.item(item.code), row.field, row.value)


VISIT = Reading(
    _may_see,
    _of_the_visit,
    {
        PLAN: _("核查安排"),
        "started_at": _("到达时间"),
        "ended_at": _("离开时间"),
        "summary": _("核查情况"),
        SIGNATURE: _("签字"),
    },
    where=_("核查"),
)
MEASUREMENT = Reading(
    _may_see,
    _of_an_item,
    {"verdict": _("核查结论"), "basis": _("核查依据")},
    where=_("核查"),
)
