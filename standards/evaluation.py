"""The rule engine: pure, the one implementation behind hints, gates, imports and replays.

``evaluate(standard, answers, stage)`` reads no database, no clock and no request: the same
input gives the same report. Bounds are inclusive (以上、以下 include the number itself: Civil
Code, article 1259). Wordings with 一般, 原则上 or 鼓励 are advisory: falling short is a remark.

Values by kind of check:

* number, percent, frequency, age: an ``int``, ``float`` or ``Decimal``; a list of them is judged
  by its least (at least) or its greatest (at most) member.
* yes or no: a ``bool``; for a check with parts, a list of the parts fulfilled is also taken.
* qualitative: at self-assessment a text; at verification one of ``JUDGEMENTS``.
* ``NotApplicable(reason)`` where the check allows it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

Stage = Literal["self_assessment", "first_review", "verification"]

CONFORMS, BROADLY, FAILS = "conforms", "broadly", "fails"
JUDGEMENTS = (CONFORMS, BROADLY, FAILS)

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
    """A check as data. ``threshold`` is in ``unit``; ``document`` is set when a veto is in force."""

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


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard ready to judge: its rules are compiled once, when it is made."""

    category: str
    number: int
    sections: tuple[Section, ...]
    _checks: Mapping[str, Check] = field(init=False, repr=False, compare=False)
    _items: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    _declared: tuple[tuple[str, Rule, Check], ...] = field(init=False, repr=False, compare=False)
    _measured: tuple[tuple[str, Rule, Check], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        checks = {check.code: check for item in self.items for check in item.checks}
        settle = object.__setattr__
        settle(self, "_checks", checks)
        settle(self, "_items", {item.code: item for item in self.items})
        settle(self, "_declared", tuple((c, _rule(k, _is_text), k) for c, k in checks.items()))
        settle(self, "_measured", tuple((c, _rule(k, _is_judged), k) for c, k in checks.items()))

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(self._checks.values())

    def check(self, code: str) -> Check:
        return self._checks[code]

    def item(self, code: str) -> Item:
        return self._items[code]

    def configured(
        self, *, vetoes: Mapping[str, str], local_terms: Mapping[str, str]
    ) -> "Standard":
        """This standard as a round uses it.

        ``vetoes`` maps check codes to the document each veto rests on (off when absent);
        ``local_terms`` maps terms to the county's own definitions.
        """

        def configure(check: Check) -> Check:
            undefined = bool(check.local_term) and check.local_term not in local_terms
            return replace(check, document=vetoes.get(check.code, ""), term_undefined=undefined)

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
    before it they are the declared ones and qualitative checks carry a text.
    """
    rules = standard._measured if stage == "verification" else standard._declared  # noqa: SLF001 - one module, one engine
    get = answers.get
    findings = [
        _finding(check, reason, value)
        for code, rule, check in rules
        if (reason := rule(value := get(code, MISSING))) is not None
    ]
    return Report(tuple(findings), len(rules))


def _finding(check: Check, reason: str, value: Any) -> Finding:
    blocking = True
    if reason == NOT_MET and not check.strict:
        reason, blocking = ADVISORY_NOT_MET, False
    elif reason == NOT_MET and check.document:
        reason = VETO
    shown = None if value is MISSING else value
    return Finding(check.item_code, check.code, reason, shown, blocking, check.document)


def _rule(check: Check, qualitative: Rule) -> Rule:
    """The check as one function from a value to the reason of a finding, or None."""
    if check.term_undefined:
        return lambda _value: LOCAL_TERM_UNDEFINED
    return _answered(check, _KINDS[check.kind](check, qualitative))


def _answered(check: Check, rule: Rule) -> Rule:
    allowed = check.may_be_not_applicable

    def judge(value: Any) -> str | None:
        if value is MISSING or value is None or value == "" or value == []:
            return NOT_ANSWERED
        if value.__class__ is NotApplicable:
            if not allowed:
                return NOT_APPLICABLE_REFUSED
            return None if value.reason.strip() else NOT_ANSWERED
        return rule(value)

    return judge


_NUMBERS = (int, float, Decimal)


def _figures(value: Any) -> list[Any] | None:
    """The value as a list of numbers, or None when it is something else (a bool is no number)."""
    members = value if isinstance(value, list) else [value]
    return members if all(member.__class__ in _NUMBERS for member in members) else None


def _numeric(pick: Callable[..., Any], meets: Callable[[Any, Any], bool], most: float) -> Any:
    def make(check: Check, _qualitative: Rule) -> Rule:
        threshold, whole = check.threshold, check.whole_numbers

        def judge(value: Any) -> str | None:
            figures = _figures(value)
            if figures is None:
                return WRONG_TYPE
            if not all(0 <= figure <= most for figure in figures):
                return OUT_OF_RANGE
            if whole and any(figure != int(figure) for figure in figures):
                return WRONG_TYPE
            return None if meets(pick(figures), threshold) else NOT_MET

        return judge

    return make


def _at_least(figure: Any, threshold: Any) -> bool:
    return figure >= threshold


def _at_most(figure: Any, threshold: Any) -> bool:
    return figure <= threshold


def _yes_or_no(*, wanted: bool) -> Any:
    def make(check: Check, _qualitative: Rule) -> Rule:
        parts, needed = frozenset(check.parts), 1 if check.any_of else len(check.parts)

        def judge(value: Any) -> str | None:
            if value is wanted:
                return None
            if value is (not wanted):
                return NOT_MET
            if parts and isinstance(value, list) and parts.issuperset(value):
                return None if len(set(value)) >= needed else NOT_MET
            return WRONG_TYPE

        return judge

    return make


def _is_text(value: Any) -> str | None:
    if not isinstance(value, str):
        return WRONG_TYPE
    return None if value.strip() else NOT_ANSWERED


def _is_judged(value: Any) -> str | None:
    if value not in JUDGEMENTS:
        return WRONG_TYPE
    return JUDGED_NOT_CONFORMING if value == FAILS else None


_NO_LIMIT = 10**12
_OLDEST = 120

_KINDS: Mapping[str, Callable[[Check, Rule], Rule]] = {
    "number_at_least": _numeric(min, _at_least, _NO_LIMIT),
    "number_at_most": _numeric(max, _at_most, _NO_LIMIT),
    "percent_at_least": _numeric(min, _at_least, 100),
    "percent_at_most": _numeric(max, _at_most, 100),
    "frequency_per_year_at_least": _numeric(min, _at_least, _NO_LIMIT),
    "frequency_per_month_at_least": _numeric(min, _at_least, _NO_LIMIT),
    "age_at_most": _numeric(max, _at_most, _OLDEST),
    "must_be_true": _yes_or_no(wanted=True),
    "must_be_false": _yes_or_no(wanted=False),
    "declared_qualitative": lambda _check, qualitative: qualitative,
}
