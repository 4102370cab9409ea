"""The page of a review saves its marks as they are given; opinions wait for their decision."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from designation.applications.models import Conclusion
from designation.organizations.requests import PersonRequest
from designation.site import autosave, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told

from ...case import items
from ...case.facts import Case
from . import forms, marks
from .holding import held_review
from .models import ItemMark


def save_some(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the marks of the inputs that changed: verdict and comment of an item go together.

    Raises Http404 for whoever does not review the application.
    """
    try:
        with held_review(pk, request.user) as case:
            return _save(request, case)
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)


def _save(request: PersonRequest, case: Case) -> HttpResponse:
    covered = autosave.covered(request)
    typed = {
        code: mark
        for code, mark in forms.marks(request.POST, case.item_codes).items()
        if f"comment-{code}" in covered
    }
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
    return autosave.answer(
        autosave.Outcome(
            record={marks.field_of(code): _words(mark) for code, mark in kept.items()},
            refused={f"comment-{code}": _("请选择初审结论。") for code in sorted(without)},
            conflicts={f"comment-{code}": told(code, mark) for code, mark in asked.items()},
            theirs={f"comment-{code}": _texts(code, mark) for code, mark in asked.items()},
        )
    )


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
