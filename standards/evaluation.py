"""The rule engine: pure, the one implementation behind hints, gates, imports and replays.

``evaluate(standard, answers, stage)`` reads no database, no clock and no request: the same
input gives the same report. Bounds are inclusive (以上、以下 include the number itself: Civil
Code, article 1259). Wordings with 一般, 原则上 or 鼓励 are advisory: falling short is a remark.

Values by kind of check:

* number, percent, frequency, age: an ``int``, ``float`` or ``Decimal``; a list or tuple of them
  is judged by its least (at least) or its greatest (at most) member, and must be as long as the
  check's ``figures`` when it has that (12 months, 3 years).
* yes or no: a ``bool``; where it must be yes and the check has parts, a list of the parts
  fulfilled is also taken; where it is derived, a mapping of the two named figures.
* qualitative: at self-assessment and first review a text; at verification one of ``JUDGEMENTS``.
* ``NotApplicable(reason)`` where the check allows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

Stage = Literal["self_assessment", "first_review", "verification"]

CONFORMS, BROADLY, FAILS = "conforms", "broadly", "fails"
JUDGEMENTS = (CONFORMS, BROADLY, FAILS)

# No figure of a grassroots organization is larger; beyond it a unit was mistaken.
LARGEST = 10**12
OLDEST = 120

MISSING: Any = object()

# Reasons of a finding. ``None`` stands for "nothing to find".
NOT_ANSWERED = "not_answered"
WRONG_TYPE = "wrong_type"
OUT_OF_RANGE = "out_of_range"
NOT_MET = "not_met"
VETO = "veto"
ADVISORY_NOT_MET = "advisory_not_met"
LOCAL_TERM_UNDEFINED = "local_term_undefined"
NOT_APPLICABLE_REFUSED = "not_applicable_refused"
JUDGED_NOT_CONFORMING = "judged_not_conforming"

Rule = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The check does not concern this organization; the reason says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a check is not satisfied. ``blocking`` findings shut a gate."""

    item_code: str
    check_code: str
    reason: str
    value: Any
    blocking: bool
    document: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What evaluation found, in the order of the standard."""

    findings: tuple[Finding, ...]
    checks: int

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.blocking)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.blocking)

    @property
    def passed(self) -> bool:
        return not any(finding.blocking for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Check:
    """A check as data.

    ``threshold`` is in ``unit``. ``document`` is set while a veto is in force. ``figures`` is how
    many figures a list of them must have (0: any number). ``derive`` names two figures of which
    the first must be greater than the second.
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


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    text: str
    checks: tuple[Check, ...]
    title_en: str = ""
    number_printed: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    number_printed: str | None
    title_printed: str
    items: tuple[Item, ...]
    title_en: str = ""


Rules = tuple[tuple[str, Rule, Check], ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard ready to judge: its rules are compiled once, when it is made.

    Raises ValueError when two checks have the same code, KeyError for an unknown kind of check.
    """

    category: str
    number: int
    sections: tuple[Section, ...]
    _checks: Mapping[str, Check] = field(init=False, repr=False, compare=False)
    _items: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    _rules: Mapping[Stage, Rules] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        items = tuple(item for section in self.sections for item in section.items)
        checks = tuple(check for item in items for check in item.checks)
        by_code = {check.code: check for check in checks}
        if len(by_code) != len(checks):
            raise ValueError("two checks have the same code")
        declared = tuple((check.code, _rule(check, _is_text), check) for check in checks)
        measured = tuple((check.code, _rule(check, _is_judged), check) for check in checks)
        settle = object.__setattr__
        settle(self, "_checks", by_code)
        settle(self, "_items", {item.code: item for item in items})
        settle(
            self,
            "_rules",
            {"self_assessment": declared, "first_review": declared, "verification": measured},
        )

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(self._checks.values())

    def check(self, code: str) -> Check:
        return self._checks[code]

    def item(self, code: str) -> Item:
        return self._items[code]

    def rules(self, stage: Stage) -> Rules:
        """Code, compiled rule and check, in the order of the standard."""
        return self._rules[stage]

    def configured(
        self, *, vetoes: Mapping[str, str], local_terms: Mapping[str, str]
    ) -> "Standard":
        """This standard as a round uses it.

        ``vetoes`` maps check codes to the document each veto rests on (off when absent or
        blank); ``local_terms`` maps terms to the county's own definitions. Codes and terms of
        other standards are passed over: a round keeps those of all its categories together.
        """

        def configure(check: Check) -> Check:
            term = check.local_term
            undefined = bool(term) and not local_terms.get(term, "").strip()
            document = vetoes.get(check.code, "").strip()
            return replace(check, document=document, term_undefined=undefined)

        def with_checks(item: Item) -> Item:
            return replace(item, checks=tuple(map(configure, item.checks)))

        sections = tuple(
            replace(section, items=tuple(map(with_checks, section.items)))
            for section in self.sections
        )
        return Standard(self.category, self.number, sections)


def evaluate(standard: Standard, answers: Mapping[str, Any], stage: Stage) -> Report:
    """Judge ``answers`` (check code to value) against ``standard``.

    At verification the values are the measured ones and qualitative checks carry a judgement;
    before it they are the declared ones and qualitative checks carry a text. Answers to checks
    that the standard does not have are passed over. Raises KeyError for an unknown stage.
    """
    rules = standard.rules(stage)
    get = answers.get
    findings = [
        _finding(check, reason, value)
        for code, rule, check in rules
        if (reason := rule(value := get(code, MISSING))) is not None
    ]
    return Report(tuple(findings), len(rules))


def _finding(check: Check, reason: str, value: Any) -> Finding:
    blocking = True
    if reason in (NOT_MET, JUDGED_NOT_CONFORMING) and not check.strict:
        reason, blocking = ADVISORY_NOT_MET, False
    elif reason == NOT_MET and check.document:
        reason = VETO
    shown = None if value is MISSING else value
    return Finding(check.item_code, check.code, reason, shown, blocking, check.document)


def _rule(check: Check, qualitative: Rule) -> Rule:
    """The check as one function from a value to the reason of a finding, or None."""
    judge = _KINDS[check.kind](check, qualitative)
    if check.term_undefined:
        return lambda _value: LOCAL_TERM_UNDEFINED
    return _answered(check, judge)


def _answered(check: Check, judge: Rule) -> Rule:
    allowed = check.may_be_not_applicable

    def rule(value: Any) -> str | None:
        if value is MISSING or value in _EMPTY:
            return NOT_ANSWERED
        if value.__class__ is NotApplicable:
            if not allowed:
                return NOT_APPLICABLE_REFUSED
            return None if value.reason.strip() else NOT_ANSWERED
        return judge(value)

    return rule


_EMPTY: tuple[Any, ...] = (None, "", [], (), {})


def _number(value: Any) -> int | float | None:
    """The value as a number, None when it is none: neither a bool nor a text is one.

    Decimals become floats as thresholds do, so that 4.35 meets 4.35 however it was stored.
    """
    kind = value.__class__
    if kind is int or kind is float:
        return value
    if kind is Decimal:
        return float("nan") if value.is_nan() else float(value)
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


def _numeric(meets: Meets, most: int) -> Callable[[Check, Rule], Rule]:
    def make(check: Check, _qualitative: Rule) -> Rule:
        threshold = _number(check.threshold)
        if threshold is None:
            raise ValueError(f"{check.code} has no threshold")
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

    return make


def _at_least(figures: Sequence[int | float], threshold: float) -> bool:
    return min(figures) >= threshold


def _at_most(figures: Sequence[int | float], threshold: float) -> bool:
    return max(figures) <= threshold


def _must_be_true(check: Check, _qualitative: Rule) -> Rule:
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


def _derived(figures: Mapping[str, Any], greater: str, smaller: str) -> str | None:
    given = (figures.get(greater), figures.get(smaller))
    if any(figure in _EMPTY for figure in given):
        return NOT_ANSWERED
    first, second = map(_number, given)
    if first is None or second is None:
        return WRONG_TYPE
    if not (0 <= first <= LARGEST and 0 <= second <= LARGEST):
        return OUT_OF_RANGE
    return None if first > second else NOT_MET


def _must_be_false(_check: Check, _qualitative: Rule) -> Rule:
    def judge(value: Any) -> str | None:
        if value is False:
            return None
        return NOT_MET if value is True else WRONG_TYPE

    return judge


def _is_text(value: Any) -> str | None:
    if not isinstance(value, str):
        return WRONG_TYPE
    return None if value.strip() else NOT_ANSWERED


def _is_judged(value: Any) -> str | None:
    if value not in JUDGEMENTS:
        return WRONG_TYPE
    return JUDGED_NOT_CONFORMING if value == FAILS else None


_PERCENT = 100

_KINDS: Mapping[str, Callable[[Check, Rule], Rule]] = {
    "number_at_least": _numeric(_at_least, LARGEST),
    "number_at_most": _numeric(_at_most, LARGEST),
    "percent_at_least": _numeric(_at_least, _PERCENT),
    "percent_at_most": _numeric(_at_most, _PERCENT),
    "frequency_per_year_at_least": _numeric(_at_least, LARGEST),
    "frequency_per_month_at_least": _numeric(_at_least, LARGEST),
    "age_at_most": _numeric(_at_most, OLDEST),
    "must_be_true": _must_be_true,
    "must_be_false": _must_be_false,
    "declared_qualitative": lambda _check, qualitative: qualitative,
}
