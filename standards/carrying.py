"""Which answers of an earlier application may still be true in a later one.

Our default, by a rule of the check alone: what was done or described, asked of the day of
application, such as rooms, rules and duties. Never what must not have happened, a veto, a figure,
what looks back over a year or a term, nor what rests on a term that each round defines anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from . import kinds
from .engine.evaluation import Check, NotApplicable, Standard
from .engine.judging import rule_of
from .models import Scope


class News(StrEnum):
    """What a version of the standard says otherwise than the one answered before."""

    ADDED = "added"
    CHANGED = "changed"


def may_still_be_true(check: Check) -> bool:
    """Whether an answer to the check may outlast its year."""
    looks_back = check.scope != Scope.CURRENT
    is_fixed_anew = check.document or check.local_term or check.asked_as
    return kinds.of(check.kind).may_last and not (looks_back or is_fixed_anew)


def news(check: Check, before: Standard) -> News | None:
    """How ``check`` differs from the one of the same code in ``before``; None where it does not."""
    try:
        known = before.check(check.code)
    except KeyError:
        return News.ADDED
    return None if _asked(known) == _asked(check) else News.CHANGED


def _asked(check: Check) -> Check:
    """What it asks: neither its English nor what a round sets."""
    return replace(check, metric_en="", document="", confirmed_by="", term_undefined=False)


def carried(check: Check, value: Any, before: Standard) -> bool:
    """Whether ``value``, which answered the check in ``before``, is to be offered again."""
    if value is None or isinstance(value, NotApplicable) or not may_still_be_true(check):
        return False
    return news(check, before) is None and rule_of(check, judged=False)(value) is None


def all_carried(standard: Standard, answers: Mapping[str, Any], before: Standard) -> dict[str, Any]:
    """Of ``answers`` to ``before``, by check code, those to be offered again in ``standard``."""
    found = {check.code: answers.get(check.code) for check in standard.checks}
    return {
        code: value for code, value in found.items() if carried(standard.check(code), value, before)
    }
