"""The page on which the choosing of a round stands, with its meetings and its reserve."""

from typing import Any

from django.utils.translation import gettext_lazy

from ...case.facts import Case
from ...case.rules import is_county_coordinator
from ...declared import Link

_: Any = gettext_lazy


def _round(case: Case) -> int:
    key: int = case.application.round_id
    return key


CHOOSE = Link("selections:round", _("研究择优"), is_county_coordinator, key=_round)
