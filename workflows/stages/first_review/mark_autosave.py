"""The page of a review saves itself: its marks, and what is about to be decided."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from designation.applications.models import Conclusion
from designation.organizations.requests import PersonRequest
from designation.site import autosave, shown, tallies
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told

from ...case import items
from ...case.facts import Case
from . import decision_drafts, forms, internal_notes, marks
from .holding import held_review
from .models import ItemMark


def save_some(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the inputs that changed: verdict and comment of an item go together.

    Raises Http404 for whoever does not review the application.
    """
    try:
        with held_review(pk, request.user) as case:
            saved = (_save_marks, _save_draft, _save_notes)
            outcomes = [save(request, case) for save in saved]
            return autosave.answer(reduce(autosave.together, outcomes))
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)


def _save_marks(request: PersonRequest, case: Case) -> autosave.Outcome:
    """Without a mark, or of the county that gives none, the save is counted and no more."""
    covered = autosave.covered(request)
    typed = {
        code: mark
        for code, mark in forms.marks(request.POST, case.item_codes).items()
        if f"comment-{code}" in covered
    }
    if not typed or not marks.may_mark(case, request.user):
        tallies.count(autosave.way(request).tally)
        return autosave.Outcome({})
    # Without its verdict a mark says nothing yet; the comment waits on the page.
    without = {code for code, mark in typed.items() if mark.lacks_its_verdict}
    given = {
        items.known(case.application.standard_id, code): (mark.verdict, mark.comment)
        for code, mark in typed.items()
        if code not in without
    }
    asked = marks.mark_held(
        case,
        given,
        actor=request.user,
        seen=Seen.of(request.POST),
        way=autosave.way(request),
    )
    kept = {code: mark for code, mark in typed.items() if code not in without}
    return autosave.Outcome(
        record={marks.field_of(code): _words(mark) for code, mark in kept.items()},
        refused={f"comment-{code}": _("请选择初审结论。") for code in sorted(without)},
        conflicts={f"comment-{code}": told(code, mark) for code, mark in asked.items()},
        theirs={f"comment-{code}": _texts(code, mark) for code, mark in asked.items()},
    )


def _save_draft(request: PersonRequest, case: Case) -> autosave.Outcome:
    """Opinion, ticks and reasons, for this person alone."""
    covered = autosave.covered(request)
    written = forms.draft(request.POST, forms.returnable(case))
    sent = {name: text for name, text in written.items() if name in covered}
    asked = decision_drafts.save_held(case, sent, actor=request.user, seen=Seen.of(request.POST))
    stands = decision_drafts.of(case, request.user) if asked else {}
    return autosave.Outcome(
        record=sent,
        conflicts=asked,
        theirs={name: {name: _listed(stands.get(name, ""))} for name in asked},
    )


def _save_notes(request: PersonRequest, case: Case) -> autosave.Outcome:
    """What the person notes for colleagues of the same step."""
    covered = autosave.covered(request)
    written = forms.notes(request.POST, case.item_codes)
    sent = {
        code: text for code, text in written.items() if internal_notes.field_of(code) in covered
    }
    seen = Seen.of(request.POST)
    asked = internal_notes.save_held(case, sent, actor=request.user, seen=seen)
    return autosave.Outcome(
        record={internal_notes.field_of(code): text for code, text in sent.items()},
        conflicts=asked,
        theirs={name: {name: [told.theirs]} for name, told in asked.items()},
    )


def _listed(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _words(mark: forms.TypedMark) -> Any:
    return [mark.verdict, mark.comment] if mark.verdict else ""


def told(code: str, mark: ItemMark) -> Told:
    """What is asked where another reviewer has marked the item meanwhile."""
    label = str(Conclusion(mark.verdict).label)
    theirs = f"{label}：{mark.comment}" if mark.comment else label
    return Told(
        name=marks.field_of(code),
        theirs=theirs,
        by=mark.marked_by.full_name,
        at=mark.marked_at,
        digest=shown.digest(mark.words),
    )


def _texts(code: str, mark: ItemMark) -> Mapping[str, list[str]]:
    return {f"verdict-{code}": [mark.verdict], f"comment-{code}": [mark.comment]}
