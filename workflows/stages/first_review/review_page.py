"""What the page of a review shows: the items, what was said of each, and what is about to be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Conclusion, Stage
from designation.organizations.models import Person
from designation.rounds.models import RoundDefinition
from designation.site.shown import Seen, Told
from standards import catalogue
from standards.language import of_the_record
from standards.models import Item

from ... import door
from ...case import used_elsewhere
from ...case.card import Card, Mode, Stated, card
from ...case.facts import Case
from ...case.records import Part
from ...case.shown_items import FILTERS, ShownItem, shown_items
from ...findings import GateFinding
from . import (
    corrections,
    decision_drafts,
    forms,
    gates,
    internal_notes,
    looks,
    mark_autosave,
    marks,
)
from .facts import Review
from .models import ItemMark

# What the decision form itself asks for is not listed as a reason before it is filled.
_ASKED_IN_THE_FORM = ("opinion_too_short", "no_corrections")
SINCE = "since"


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the list beside the items: how it stands, and whether it is on this page."""

    item: ShownItem
    verdict: str
    is_in_sight: bool
    is_returned: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An item on the page: the card that was filled in, read, and what was said of it since."""

    item: ShownItem
    card: Card
    stored: Item
    definitions: tuple[RoundDefinition, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought that is not on record: the page shows it as it was typed."""

    marks: dict[str, forms.TypedMark]
    decision: forms.TypedDecision | None
    asked: dict[str, ItemMark]
    seen: Seen
    # What another page of the person's own has written of draft and notes, by field.
    written: Mapping[str, Told] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


NOTHING_SENT = Sent({}, None, {}, Seen())


def context(found: Case, person: Person, asked_to_show: str, sent: Sent) -> dict[str, Any]:
    """Everything the template needs, for ``person``."""
    used_elsewhere.read(found, person)
    # While it is reviewed no list is open: the applicant has answered, or was never asked.
    found.correction_list = []
    items = shown_items(found, person, sides=("first_review",))
    looked = looks.look(found, person)
    new = looks.changed_since(found, person, looked.before)
    answered = corrections.answered(found)
    Review.of(found).returns_made = _returns(found, answered)
    show = asked_to_show or _first_to_show(found, items)
    # A comment that waits for its verdict stays in sight, whatever the filter.
    in_sight = [one for one in items if _is_shown(one, show, new) or one.code in sent.marks]
    decision = sent.decision or forms.TypedDecision.of(looked.draft, forms.returnable(found))
    codes, typed = {one.code for one in in_sight}, _typed_marks(found, sent)
    return {
        "application": found.application,
        "case": found,
        "items": [_reviewed(found, item) for item in in_sight],
        "parts": [(part, getattr(found.application, part)) for part in Part],
        "no_evidence": _no_evidence(),
        "answered": answered,
        "looked_before": looked.before,
        "new": new,
        "at_work": looked.at_work,
        "show": show,
        "typed_marks": typed,
        "rows": _rows(items, codes, typed, decision, new),
        "conclusions": [(one.value, str(one.label)) for one in Conclusion],
        "typed": decision,
        "blocking": _blocking(found, person),
        "is_first_review": found.application.stage == Stage.SUBMITTED,
        **_marked(found, items, codes),
        **_on_record(found, person, looked.draft, [one.code for one in items], sent),
    }


def _reviewed(found: Case, shown: ShownItem) -> Reviewed:
    code, rules = shown.code, found.standard.item(shown.code)
    stored = catalogue.stored(found.application.standard_id)[code]
    read = card(
        rules,
        Stated.of(found.answers.get(code)),
        found.declared_report.findings,
        mode=Mode.REVIEW,
        suggested=stored.evidence_suggested,
    )
    return Reviewed(shown, read, stored, found.definitions_of(rules))


def _typed_marks(found: Case, sent: Sent) -> dict[str, forms.TypedMark]:
    marks_given = Review.of(found).marks.items()
    return {code: forms.TypedMark.of(mark) for code, mark in marks_given} | sent.marks


def _marked(found: Case, items: Sequence[ShownItem], codes: Collection[str]) -> dict[str, Any]:
    """How far the marks have come; ``codes`` are the items that are in sight."""
    given = Review.of(found).marks
    return {
        "total": len(items),
        "marked": len(given),
        "not_shown": [one for one in items if one.code not in codes],
        "hidden_marks": len(given.keys() - codes),
    }


def _on_record(
    found: Case, person: Person, draft: Mapping[str, Any], codes: Sequence[str], sent: Sent
) -> dict[str, Any]:
    """What the form says it has shown, and what others wrote there meanwhile."""
    noted = internal_notes.readable(found, person)
    record = (
        marks.fields(Review.of(found).marks, codes)
        | decision_drafts.fields(draft, forms.returnable(found))
        | internal_notes.fields(noted, codes)
    )
    for code, text in sent.notes.items():
        noted.setdefault(code, internal_notes.Noted()).own = text
    return {
        "may_mark": marks.may_mark(found, person),
        "noted": noted,
        "record": record,
        "held": sent.seen.held([*map(marks.field_of, sent.asked), *sent.written]),
        "asked": {code: mark_autosave.told(code, mark) for code, mark in sent.asked.items()}
        | dict(sent.written),
    }


@of_the_record()
def _no_evidence() -> str:
    """The reason that a press writes into the list: what is sent is in the record's language."""
    return _("本条缺少佐证材料，请补充。")


def _returns(found: Case, answered: Mapping[str, list[corrections.Answered]]) -> int:
    """How often this stage has sent it back, as the list of what was answered tells."""
    made = (one.correction.decision for returns in answered.values() for one in returns)
    stage = found.application.stage
    return len({decision.pk for decision in made if decision.from_stage == stage})


def _is_shown(item: ShownItem, show: str, new: Collection[str]) -> bool:
    return item.code in new if show == SINCE else FILTERS.get(show, FILTERS["all"])(item)


def _first_to_show(found: Case, items: Iterable[ShownItem]) -> str:
    """What a correction changed, where the rest is marked; else everything."""
    if found.application.stage != Stage.SUBMITTED:
        return "all"
    changed = {item.code for item in items if item.changed}
    rest = {item.code for item in items} - changed
    return "changed" if changed and rest <= Review.of(found).marks.keys() else "all"


def _rows(
    items: Sequence[ShownItem],
    in_sight: Collection[str],
    typed: dict[str, forms.TypedMark],
    decision: forms.TypedDecision,
    new: Collection[str],
) -> list[Row]:
    return [
        Row(
            item=item,
            verdict=_verdict(typed.get(item.code)),
            is_in_sight=item.code in in_sight,
            is_returned=item.code in decision.corrections,
            is_new=item.code in new,
        )
        for item in items
    ]


def _verdict(mark: forms.TypedMark | None) -> str:
    return str(Conclusion(mark.verdict).label) if mark and mark.verdict else _("未审")


def _blocking(found: Case, person: Person) -> dict[str, list[GateFinding]]:
    """By passage, why it is shut before anything is filled in."""
    offered = door.offered("application", found, person)
    return {
        transition.slug: _unmarked_in_one(
            [f for f in findings if f.blocking and f.code not in _ASKED_IN_THE_FORM]
        )
        for transition, findings in offered
    }


def _unmarked_in_one(findings: Sequence[GateFinding]) -> list[GateFinding]:
    """Items without a mark in one line: which they are, the list beside the items says."""
    unmarked = [one for one in findings if one.code == gates.NOT_MARKED]
    if len(unmarked) < 2:  # noqa: PLR2004 - one is told as it is
        return list(findings)
    told = _("还有 %(count)s 条没有初审结论，从这一条开始。") % {"count": len(unmarked)}
    rest = [one for one in findings if one.code != gates.NOT_MARKED]
    return [replace(unmarked[0], message=told), *rest]
