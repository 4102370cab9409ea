"""What the page of a section shows: a card an item, each a form of its own that saves itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from designation.applications.models import PublishedLink
from designation.organizations.requests import PersonRequest
from designation.rounds.models import RoundDefinition
from designation.site.pages import status_of
from designation.site.shown import Seen
from standards import catalogue
from standards.engine.evaluation import Item as Rules
from standards.models import Item

from ...case import cited_evidence
from ...case.card import Card, Mode
from ...case.facts import Case
from ...case.handed_in import as_read_by
from . import editing, item_answers, item_upload, sections
from .forms import EvidenceForm, ItemForm, initial
from .last_time import LastTime


@dataclass(frozen=True, slots=True)
class Entry:
    """A card with its form and its evidence, as the page shows them."""

    card: Card
    stored: Item
    form: ItemForm
    record: Mapping[str, Any]
    unlocked: bool
    correction: Any
    evidence: list[Any]
    links: list[PublishedLink]
    other_evidence: list[Any]
    last_evidence: list[Any]
    last_pages: list[PublishedLink]
    definitions: tuple[RoundDefinition, ...]
    upload: EvidenceForm


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that comes back to be mended, with the upload that came along."""

    form: ItemForm
    upload: EvidenceForm


def item_form(case: Case, rules: Rules, data: Mapping[str, Any] | None = None) -> ItemForm:
    """The form of an item as the record has it, or as it was typed."""
    answer, correction = case.answers.get(rules.code), case.corrections.get(rules.code)
    said = initial(
        rules,
        answer.values if answer else {},
        answer.conclusion if answer else "",
        answer.note if answer else "",
    )
    if correction is not None:
        said["reply"] = correction.reply
    return ItemForm(
        rules, data, initial=said, correction=correction is not None, periods=case.periods
    )


def show(
    request: PersonRequest, case: Case, number: int, back: Returned | None = None
) -> HttpResponse:
    """The page of the section with that ``number``, from 1, as this person may read it."""
    case = as_read_by(case, request.user)
    section = case.standard.sections[number - 1]
    codes = [item.code for item in section.items]
    stored = catalogue.stored(case.application.standard_id)
    unlocked = editing.unlocked_items(case, request.user)
    seen = Seen.of(request.POST)
    last_files = LastTime.of(case).evidence(codes) if unlocked else {}

    def entry(item: Rules) -> Entry:
        own, is_open = _own(back, item), item.code in unlocked
        return _entry(case, stored[item.code], is_open, own, seen, last_files=last_files)

    entries = [entry(item) for item in section.items]
    tasks = sections.tasks(case)
    context = {
        "application": case.application,
        "section": section,
        "number": number,
        "count": len(tasks),
        "task": tasks[number - 1],
        "entries": entries,
        "may_fill": bool(unlocked),
        "room": item_upload.room(case),
        "carried": sum(len(entry.card.carried) for entry in entries),
        "asked_anew": sum(_asked_anew(entry.card) for entry in entries),
        "tasks": tasks,
        "after": codes[-1],
        "is_last": number == len(tasks),
        "reads_personal": cited_evidence.reads_personal(case, request.user),
    }
    refused = back and (back.form.errors or back.form.conflicts or back.upload.errors)
    return render(request, "self_assessment/section.html", context, status=status_of(refused))


def _own(back: Returned | None, item: Rules) -> Returned | None:
    return back if back is not None and back.form.item.code == item.code else None


def _asked_anew(card: Card) -> int:
    """How many questions of the card wait for an answer, and for more than to be confirmed."""
    return sum(
        question.verdict is None and question.code not in card.carried
        for question in card.questions
    )


def _entry(
    case: Case,
    stored: Item,
    is_open: bool,
    back: Returned | None,
    seen: Seen,
    *,
    last_files: Mapping[str, list[Any]],
) -> Entry:
    item = case.standard.item(stored.code)
    record = item_answers.record_of(case, item.code)
    form = back.form if back else item_form(case, item)
    if form.is_bound:
        form.hold(seen, record, form.said())
    files = [file for file in case.evidence if item.code in file.item_codes]
    mode = Mode.FILL if is_open or form.is_bound else Mode.REVIEW
    return Entry(
        card=sections.card_of(case, item, mode=mode, suggested=stored.evidence_suggested),
        stored=stored,
        form=form,
        record=record,
        unlocked=is_open,
        correction=case.corrections.get(item.code),
        evidence=files,
        links=case.links_of(item.code),
        other_evidence=[file for file in case.evidence if file not in files],
        last_evidence=last_files.get(item.code, []) if is_open else [],
        last_pages=LastTime.of(case).pages_offered(stored) if is_open else [],
        definitions=case.definitions_of(item),
        upload=_upload(item.code, back),
    )


def _upload(code: str, back: Returned | None) -> EvidenceForm:
    """The empty form, unless a file was refused; one attached already is not chosen again."""
    if back is None or not back.upload.is_bound:
        return EvidenceForm(of=code, initial=back.upload.initial if back else None)
    return back.upload if back.upload.errors else EvidenceForm(of=code, is_taken=True)
