"""The item card: one item as it is seen by who fills it in and by who reads it. Pure.

Built from the item, its answers and what the engine found; templates/case/card/ shows it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Answer, Conclusion
from standards import kinds, values, wording
from standards.engine import evaluation as ev
from standards.engine.evaluation import Check, Finding, Item, NotApplicable

# Of one press for several: our default is two questions at least.
_FEWEST_TOGETHER = 2


class Mode(StrEnum):
    """What the card is for: inputs, or what was answered in words."""

    FILL = "fill"
    REVIEW = "review"


class Standing(StrEnum):
    """How an answer, or a whole item, stands."""

    MET = "met"
    SHORT = "short"
    REMARK = "remark"
    UNSETTLED = "unsettled"


class Progress(StrEnum):
    """How far an item, or a section, is filled in."""

    EMPTY = "empty"
    BEGUN = "begun"
    FILLED = "filled"
    RETURNED = "returned"


_STANDINGS = {
    ev.NOT_MET: Standing.SHORT,
    ev.VETO: Standing.SHORT,
    ev.ADVISORY_NOT_MET: Standing.REMARK,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer stands, and what is said of it at its field."""

    standing: Standing
    check: Check
    value: Any
    finding: Finding | None = None

    @property
    def said(self) -> str:
        stands = wording.standing(self.check, self.value)
        if self.finding is None:
            return stands
        if self.standing == Standing.REMARK:
            told = _("%(standing)s。低于原则性要求，请在说明中写明原因。")
            return told % {"standing": stands}
        has_words = stands != values.show(self.check, self.value)
        if self.finding.reason == ev.NOT_MET and has_words:
            return stands
        return wording.message(self.check, self.finding)


@dataclass(frozen=True, slots=True)
class Last:
    """What was answered last time, in words; ``is_carried``: it waits to be confirmed.

    ``news`` says what is new of the check since then, empty where nothing is.
    """

    said: str
    is_carried: bool = False
    news: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A check as a question, with the answer in words and how it stands; None while open."""

    check: Check
    answer: str
    verdict: Verdict | None
    last: Last | None

    @property
    def code(self) -> str:
        return self.check.code

    @property
    def asked(self) -> str:
        return wording.question(self.check)

    @property
    def consequence(self) -> str:
        return wording.consequence(self.check)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together; those of ``is_one_press`` may all be affirmed at once."""

    questions: tuple[Question, ...]
    is_one_press: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(question.code for question in self.questions)


@dataclass(frozen=True, slots=True)
class Card:
    """``proposed`` is the conclusion that the checks lead to, empty while one has no verdict.

    What waits to be confirmed counts for it as if it were, for one press takes both.

    ``contradicts``: the conclusion on record is another.
    """

    item: Item
    mode: Mode
    groups: tuple[Group, ...]
    suggested: tuple[str, ...]
    concluded: str
    proposed: str
    note: str
    needs_note: bool
    progress: Progress

    @property
    def code(self) -> str:
        return self.item.code

    @property
    def contradicts(self) -> bool:
        return bool(self.concluded and self.proposed and self.concluded != self.proposed)

    @property
    def offers(self) -> str:
        """The proposal, where nothing was concluded yet."""
        return "" if self.concluded else self.proposed

    @property
    def carried(self) -> tuple[str, ...]:
        """Codes of the checks that wait to be confirmed."""
        return tuple(one.code for one in self.questions if one.last and one.last.is_carried)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions)


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands on record of an item: values by check code, conclusion and note."""

    values: Mapping[str, Any]
    conclusion: str = ""
    note: str = ""

    @classmethod
    def of(cls, answer: Answer | None) -> "Stated":
        if answer is None:
            return cls({})
        return cls(values.from_rows([answer.values]), answer.conclusion, answer.note)


@dataclass(frozen=True, slots=True)
class LastTime:
    """What last time adds to a card, by check code.

    ``carried`` are the values that wait to be confirmed, ``findings`` the engine's once they are.
    """

    beside: Mapping[str, Last]
    carried: Mapping[str, Any]
    findings: Sequence[Finding]


def card(
    item: Item,
    stated: Stated,
    findings: Iterable[Finding],
    *,
    mode: Mode = Mode.FILL,
    suggested: Sequence[str] = (),
    last: LastTime | None = None,
) -> Card:
    """The card of ``item``; ``findings`` are the engine's, those of other items are passed over."""
    found = _of(item, findings)
    beside = last.beside if last else {}
    questions = tuple(
        _question(check, stated.values, found, beside.get(check.code)) for check in item.checks
    )
    then = _of(item, last.findings) if last else found
    proposed = _proposed(item, {**(last.carried if last else {}), **stated.values}, then)
    needs_note = _needs_note(stated.conclusion or proposed, then)
    return Card(
        item=item,
        mode=mode,
        groups=tuple(_groups(questions)),
        suggested=tuple(suggested),
        concluded=stated.conclusion,
        proposed=proposed,
        note=stated.note,
        needs_note=needs_note,
        progress=_progress(stated, found, needs_note=needs_note),
    )


def progress(item: Item, stated: Stated, findings: Iterable[Finding]) -> Progress:
    """How far ``item`` is filled in: as its card says, without composing a word of it."""
    found = _of(item, findings)
    conclusion = stated.conclusion or _proposed(item, stated.values, found)
    return _progress(stated, found, needs_note=_needs_note(conclusion, found))


def _of(item: Item, findings: Iterable[Finding]) -> dict[str, Finding]:
    return {one.check_code: one for one in findings if one.item_code == item.code}


def _question(
    check: Check, answers: Mapping[str, Any], found: Mapping[str, Finding], last: Last | None
) -> Question:
    value = answers.get(check.code)
    return Question(
        check=check,
        answer=values.show(check, value),
        verdict=_verdict(check, value, found.get(check.code)),
        last=last,
    )


def _verdict(check: Check, value: Any, finding: Finding | None) -> Verdict | None:
    if finding is None:
        return None if value is None else Verdict(Standing.MET, check, value)
    if finding.reason == ev.NOT_ANSWERED and value is None:
        return None
    standing = _STANDINGS.get(finding.reason, Standing.UNSETTLED)
    return Verdict(standing, check, value, finding)


def _is_affirmed_together(check: Check) -> bool:
    """What was done, plainly: no negative fact, veto or figure, no alternative, no exception."""
    apart = check.document or check.asked_as or check.group or check.may_be_not_applicable
    return kinds.of(check.kind).is_grouped and not apart


def _groups(questions: Sequence[Question]) -> Iterable[Group]:
    """The questions of one press together, before the others, in the order of the standard."""
    together = tuple(each for each in questions if _is_affirmed_together(each.check))
    if len(together) < _FEWEST_TOGETHER:
        yield Group(tuple(questions))
        return
    conditions = tuple(each for each in questions if each.check.kind == ev.CONDITION)
    rest = tuple(each for each in questions if each not in (*conditions, *together))
    for group in (Group(conditions), Group(together, is_one_press=True), Group(rest)):
        if group.questions:
            yield group


# What leaves a check without a verdict.
_UNSETTLING = (
    ev.NOT_ANSWERED,
    ev.WRONG_TYPE,
    ev.OUT_OF_RANGE,
    ev.TOO_FEW,
    ev.LOCAL_TERM_UNDEFINED,
    ev.NOT_APPLICABLE_REFUSED,
)


def _proposed(item: Item, answers: Mapping[str, Any], found: Mapping[str, Finding]) -> str:
    """The conclusion that the checks lead to; empty while one of them has no verdict."""
    given = [answers[check.code] for check in item.checks if answers.get(check.code) is not None]
    if not given or any(finding.reason in _UNSETTLING for finding in found.values()):
        return ""
    is_out = any(
        check.kind == ev.CONDITION and answers.get(check.code) is False for check in item.checks
    )
    if is_out or all(isinstance(value, NotApplicable) for value in given):
        return Conclusion.NOT_APPLICABLE
    is_short = any(finding.blocking for finding in found.values())
    return Conclusion.NOT_MET if is_short else Conclusion.MET


def _needs_note(conclusion: str, found: Mapping[str, Finding]) -> bool:
    is_short = conclusion not in ("", Conclusion.MET)
    return is_short or any(one.reason == ev.ADVISORY_NOT_MET for one in found.values())


def _progress(stated: Stated, found: Mapping[str, Finding], *, needs_note: bool) -> Progress:
    is_settled = not any(finding.reason in _UNSETTLING for finding in found.values())
    if stated.conclusion and is_settled and (stated.note.strip() or not needs_note):
        return Progress.FILLED
    is_begun = any((stated.values, stated.conclusion, stated.note))
    return Progress.BEGUN if is_begun else Progress.EMPTY
