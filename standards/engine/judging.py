"""How one check judges one value: the rule of its kind, compiled from the check as data.

A rule is a function from a value to the reason why it does not satisfy the check, or None.
Bounds are inclusive (以上、以下 include the number itself: Civil Code, article 1259).

Kinds are declared in ``standards.kinds``, one object each; here they are only known by what the
engine asks of them, so that it stays pure. What they are made of stands below.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import nan
from typing import Any, Protocol

CONFORMS, BROADLY, FAILS = "conforms", "broadly", "fails"
JUDGEMENTS = (CONFORMS, BROADLY, FAILS)

# No figure of a grassroots organization is larger; beyond it a unit was mistaken.
LARGEST = 10**12
OLDEST = 120

# Reasons of a finding. ``None`` stands for "nothing to find".
NOT_ANSWERED = "not_answered"
WRONG_TYPE = "wrong_type"
OUT_OF_RANGE = "out_of_range"
NOT_MET = "not_met"
TOO_FEW = "too_few"
LOCAL_TERM_UNDEFINED = "local_term_undefined"
NOT_APPLICABLE_REFUSED = "not_applicable_refused"
JUDGED_NOT_CONFORMING = "judged_not_conforming"

# The question whose answer no takes an item out; beside the kinds of check, judged by none.
CONDITION = "condition"

Rule = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The check does not concern this organization; the reason says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure that a value is derived from, in ``unit``."""

    name: str
    zh: str
    en: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check as data.

    ``threshold`` is in ``unit``. ``document`` and ``confirmed_by`` (the outside body that
    confirms the fact) are set while a veto is in force. ``figures`` is how many figures a list of
    them must have (0: any number). ``derive`` names two figures of which the first must be
    greater than the second; ``rate`` two of which the first is a part of the second, which is at
    least ``least``; ``asked_as`` how a person is asked for them. Checks of an item with the same
    ``group`` are alternatives.
    """

    code: str
    item_code: str
    kind: str
    unit: str
    threshold: int | float | Decimal | bool | None
    strict: bool
    parts: tuple[str, ...] = ()
    any_of: bool = False
    local_term: str = ""
    term_undefined: bool = False
    may_be_not_applicable: bool = False
    document: str = ""
    metric_zh: str = ""
    metric_en: str = ""
    phrase: str = ""
    scope: str = "current"
    whole_numbers: bool = False
    figures: int = 0
    derive: tuple[str, str] | None = None
    rate: tuple[str, str] | None = None
    least: int = 0
    asked_as: tuple[Figure, ...] = ()
    group: str = ""
    confirmed_by: str = ""


class Judges(Protocol):
    """What the engine asks of a kind of check.

    Kinds of the same ``sort`` take the same values, so that an answer to one answers the other.
    """

    @property
    def code(self) -> str: ...

    @property
    def sort(self) -> str: ...

    def judge(self, check: Check, *, judged: bool) -> Rule: ...


# Every kind by its code; filled where kinds are declared.
KINDS: dict[str, Judges] = {}


def rule_of(check: Check, *, judged: bool) -> Rule:
    """The check as one function from a value to the reason of a finding, or None.

    ``judged``: a qualitative check carries a judgement (on site), not a text. Raises KeyError for
    an unknown kind of check, ValueError for a numeric check without a threshold.
    """
    judge = KINDS[check.kind].judge(check, judged=judged)
    if check.term_undefined:
        return lambda _value: LOCAL_TERM_UNDEFINED
    return _answered(check, judge)


def _answered(check: Check, judge: Rule) -> Rule:
    allowed = check.may_be_not_applicable

    def rule(value: Any) -> str | None:
        if value in _EMPTY:
            return NOT_ANSWERED
        if value.__class__ is NotApplicable:
            if not allowed:
                return NOT_APPLICABLE_REFUSED
            return None if value.reason.strip() else NOT_ANSWERED
        return judge(value)

    return rule


PERCENT = 100
_EMPTY: tuple[Any, ...] = (None, "", [], (), {})


def _number(value: Any) -> int | float | None:
    """The value as a number, None when it is none: neither a bool nor a text is one.

    Decimals become floats as thresholds do, so that 4.35 meets 4.35 however it was stored.
    """
    kind = value.__class__
    if kind is int or kind is float:
        return value
    if kind is Decimal:
        return nan if value.is_nan() else float(value)
    return None


def _figures(value: Any, length: int) -> tuple[list[int | float], str | None]:
    """The value as a list of numbers, and the reason of a finding when it is something else."""
    if not isinstance(value, list | tuple):
        figure = _number(value)
        return ([], WRONG_TYPE) if figure is None else ([figure], None)
    if any(member in _EMPTY for member in value) or len(value) < length:
        return [], NOT_ANSWERED
    figures = [figure for member in value if (figure := _number(member)) is not None]
    if len(figures) != len(value) or (length and len(value) > length):
        return [], WRONG_TYPE
    return figures, None


Meets = Callable[[Sequence[int | float], int | float], bool]


def compared(check: Check, meets: Meets, most: int) -> Rule:
    """Figures between 0 and ``most`` against the threshold. Raises ValueError without one."""
    threshold = _number(check.threshold)
    if threshold is None:
        raise ValueError(f"{check.code} has no threshold")
    if check.rate:
        return _rate(*check.rate, check.least, threshold, meets)
    length, whole = check.figures, check.whole_numbers

    def judge(value: Any) -> str | None:
        figures, reason = _figures(value, length)
        if reason is not None:
            return reason
        # Written so that a figure that is not a number (NaN) is out of range too.
        if not all(0 <= figure <= most for figure in figures):
            return OUT_OF_RANGE
        if whole and any(figure != int(figure) for figure in figures):
            return WRONG_TYPE
        return None if meets(figures, threshold) else NOT_MET

    return judge


def at_least(figures: Sequence[int | float], threshold: float) -> bool:
    """All of them reach it."""
    return min(figures) >= threshold


def at_most(figures: Sequence[int | float], threshold: float) -> bool:
    """None of them is beyond it."""
    return max(figures) <= threshold


def done(check: Check) -> Rule:
    """Yes; or the parts fulfilled, as many as are needed; or the first of two figures greater."""
    parts, needed = frozenset(check.parts), 1 if check.any_of else len(check.parts)
    derive = check.derive

    def judge(value: Any) -> str | None:
        if value is True:
            return None
        if value is False:
            return NOT_MET
        if derive and isinstance(value, Mapping):
            return _derived(value, *derive)
        if not isinstance(value, list | tuple) or not all(part in check.parts for part in value):
            return WRONG_TYPE
        return None if len(parts.intersection(value)) >= needed else NOT_MET

    return judge


def _two(figures: Any, *names: str) -> tuple[int | float, int | float] | str:
    """The two named figures, or the reason why they cannot be compared."""
    if not isinstance(figures, Mapping):
        return WRONG_TYPE
    given = [figures.get(name) for name in names]
    if any(figure in _EMPTY for figure in given):
        return NOT_ANSWERED
    first, second = map(_number, given)
    if first is None or second is None:
        return WRONG_TYPE
    if not (0 <= first <= LARGEST and 0 <= second <= LARGEST):
        return OUT_OF_RANGE
    return first, second


def _derived(figures: Any, greater: str, smaller: str) -> str | None:
    two = _two(figures, greater, smaller)
    if isinstance(two, str):
        return two
    return None if two[0] > two[1] else NOT_MET


def _rate(part: str, whole: str, least: int, threshold: float, meets: Meets) -> Rule:
    """Judges ``part`` of ``whole`` in percent; counts are whole, and a part is no more than all.

    A rate over fewer than ``least`` is none (our default for surveys: ten valid sheets).
    """

    def judge(value: Any) -> str | None:
        two = _two(value, part, whole)
        if isinstance(two, str):
            return two
        if any(figure != int(figure) for figure in two):
            return WRONG_TYPE
        if two[0] > two[1]:
            return OUT_OF_RANGE
        if two[1] < max(least, 1):
            return TOO_FEW
        # Multiplied out, so that 80% of 45 is 36 and not a hair less.
        return None if meets([PERCENT * two[0]], threshold * two[1]) else NOT_MET

    return judge


def not_happened(value: Any) -> str | None:
    """The rule of what must not have happened: no."""
    if value is False:
        return None
    return NOT_MET if value is True else WRONG_TYPE


def is_text(value: Any) -> str | None:
    """The rule of what is described in words."""
    if not isinstance(value, str):
        return WRONG_TYPE
    return None if value.strip() else NOT_ANSWERED


def is_judged(value: Any) -> str | None:
    """The rule of what is judged on site: one of ``JUDGEMENTS``."""
    if value not in JUDGEMENTS:
        return WRONG_TYPE
    return JUDGED_NOT_CONFORMING if value == FAILS else None


def yes_or_no(value: Any) -> str | None:
    """The rule of a question that either answer satisfies."""
    return None if value is True or value is False else WRONG_TYPE
