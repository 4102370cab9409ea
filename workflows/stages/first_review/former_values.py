"""Marks that gave way, as those who review read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.applications.models import Conclusion, FormerValue
from designation.organizations.models import Person

from ...case import rules
from ...case.facts import Case
from ...case.former_values import Reading
from .marks import MARK
from .notes import reads_every_mark


def _may_see(case: Case, person: Person, _row: FormerValue, _handed_in: Sequence[datetime]) -> bool:
    reviews = rules.is_first_reviewer(case, person) or rules.is_county_coordinator(case, person)
    return reviews and reads_every_mark(case, person)


def _said(_case: Case, row: FormerValue) -> str:
    said: Any = row.value
    verdict, comment = said
    return " ".join(filter(None, (str(dict(Conclusion.choices).get(verdict, "")), comment)))


READING = Reading(_may_see, _said, {MARK: _("初审结论")})
