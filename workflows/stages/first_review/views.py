"""The review page: marks per item and the decision. At the county it is the paper check."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from designation.organizations.requests import PersonRequest
from designation.register.bars import Fault
from designation.site import autosave, sure
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told

from ... import declared, door
from ...by_form import by_form
from ...case import items, rules
from ...case.facts import Act, Case
from ...case.late import too_late
from ...case.opened import case_in_scope, page_version
from . import (
    decision_drafts,
    forms,
    internal_notes,
    mark_autosave,
    marks,
    preview,
    queue,
    review_page,
)
from .facts import Review
from .models import ItemMark

DECISIONS = ("recommend", "return_for_correction", "reject")


def _may_review(found: Case, request: PersonRequest) -> bool:
    return marks.may_mark(found, request.user) or marks.may_check(found, request.user)


def _reviewed_before(found: Case, request: PersonRequest) -> bool:
    """It was this person's to review: a late press is told so, not hidden."""
    return rules.is_first_reviewer(found, request.user) or rules.is_county_coordinator(
        found, request.user
    )


def _page(
    request: PersonRequest,
    found: Case,
    sent: review_page.Sent = review_page.NOTHING_SENT,
    *,
    status: int | None = None,
    **extra: Any,
) -> HttpResponse:
    asked = request.POST.get("show") or request.GET.get("show") or ""
    context = review_page.context(found, request.user, asked, sent)
    queued, named = _in_queue(request), request.POST
    context |= {
        "in_queue": queued,
        "stays": "&queue=1" if queued else "",
        # What was asked for and is not done stays open.
        "about": {named.get("decision"), named.get("preview")},
        "faults": Fault.choices,
    } | extra
    if status is None:
        status = status_of(sent is not review_page.NOTHING_SENT)
    return render(request, "first_review/review.html", context, status=status)


def _sent(
    request: PersonRequest,
    typed: forms.TypedDecision | None,
    kept: dict[str, forms.TypedMark] | None = None,
    asked: dict[str, ItemMark] | None = None,
    written: dict[str, Told] | None = None,
) -> review_page.Sent:
    told = written or {}
    notes = forms.notes(request.POST, map(internal_notes.code_of, told))
    return review_page.Sent(kept or {}, typed, asked or {}, Seen.of(request.POST), told, notes)


def _in_queue(request: PersonRequest) -> bool:
    """Whether the person goes through the queue: then what comes next follows a decision."""
    return (request.POST.get("queue") or request.GET.get("queue")) == "1"


@login_required
@require_GET
def review(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    if not _may_review(found, request):
        raise Http404
    marks.open_submission(found, request.user)
    return _page(request, found)


@login_required
@require_POST
def mark_items(request: PersonRequest, pk: int) -> HttpResponse:
    """Save every mark that the form carries, and keep in sight what else it carries."""
    if autosave.is_asked(request):
        return mark_autosave.save_some(request, pk)
    found = case_in_scope(request, pk)
    if not (rules.is_first_reviewer(found, request.user) or marks.may_check(found, request.user)):
        raise Http404
    decision = forms.decision(request.POST, forms.returnable(found))
    typed = _typed_marks(request, found)
    try:
        asked = _save_marks(found, typed, request) if typed else {}
        written = _keep_what_is_written(request, found)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    found = case_in_scope(request, pk)
    kept = _not_saved(found, typed, asked, request)
    if asked_for := request.POST.get("preview"):
        sent = _sent(request, decision, kept, asked, written)
        shown = preview.preview(found, request.user, asked_for, _act(decision, asked_for))
        return _page(request, found, sent, status=status_of(kept or written), preview=shown)
    if not (kept or written):
        messages.success(request, _("初审结论已保存。"))
    if not (kept or written) and request.POST.get("then") == "next":
        return _to_next(queue.next_after(request.user, found.application))
    if kept or written or decision.opinion or decision.corrections:
        # Where nothing is asked about it, the draft on record is what was written last.
        said = decision if written else None
        return _page(request, found, _sent(request, said, kept, asked, written))
    return redirect(review_address(request, pk))


def _typed_marks(request: PersonRequest, found: Case) -> dict[str, forms.TypedMark]:
    """Those that the form carries; at the check of the papers none are given.

    Who reviewed it before and comes late is told so by whoever saves them.
    """
    if marks.may_check(found, request.user):
        return {}
    return forms.marks(request.POST, found.item_codes)


def review_address(request: PersonRequest, pk: int) -> str:
    """The page of the review as it was asked for."""
    asked = {"show": request.POST.get("show", ""), "queue": "1" if _in_queue(request) else ""}
    query = urlencode({name: text for name, text in asked.items() if text})
    return reverse("applications:review", args=[pk]) + (f"?{query}" if query else "")


def _to_next(pk: int | None) -> HttpResponse:
    """To the review of what comes next in the queue; to the queue itself where nothing does."""
    if pk is None:
        return redirect("applications:queue")
    return redirect(reverse("applications:review", args=[pk]) + "?queue=1")


def _keep_what_is_written(request: PersonRequest, found: Case) -> dict[str, Told]:
    """What no script has saved: the draft of the decision, and internal notes.

    Returns what another page of the person's own has written meanwhile, by field.
    """
    written = forms.draft(request.POST, forms.returnable(found))
    sent = {name: text for name, text in written.items() if _is_in(request, name)}
    seen = Seen.of(request.POST)
    asked = decision_drafts.save(found.application, sent, actor=request.user, seen=seen)
    noted = forms.notes(request.POST, found.item_codes)
    asked |= internal_notes.save(found.application, noted, actor=request.user, seen=seen)
    if asked:
        messages.warning(request, _("您在另一个页面上也改过，请在标出的地方选择。"))
    return asked


def _is_in(request: PersonRequest, name: str) -> bool:
    """A form with a field for reasons carries the ticks beside them, also where none is set."""
    return name in request.POST or (
        name == decision_drafts.RETURN and decision_drafts.OPINION in request.POST
    )


def _not_saved(
    found: Case,
    typed: dict[str, forms.TypedMark],
    asked: dict[str, ItemMark],
    request: PersonRequest,
) -> dict[str, forms.TypedMark]:
    """What stays on the page as typed: comments without a verdict, and what is asked about."""
    given = Review.of(found).marks
    without = [code for code, mark in typed.items() if mark.lacks_its_verdict and code not in given]
    if without:
        message = _("这些条目写了意见但没有选结论：%(codes)s。") % {"codes": "、".join(without)}
        messages.warning(request, message)
    if asked:
        message = _("这些条目别人同时改过，请在标出的地方选择：%(codes)s。")
        messages.warning(request, message % {"codes": "、".join(asked)})
    return {code: typed[code] for code in (*without, *asked)}


def _save_marks(
    found: Case, typed: dict[str, forms.TypedMark], request: PersonRequest
) -> dict[str, ItemMark]:
    """Save what differs; returns the marks of others that are asked about, by item code.

    Raises Refusal when the application has moved on.
    """
    version = found.application.standard_id
    return marks.mark_all(
        found.application,
        {items.known(version, code): (one.verdict, one.comment) for code, one in typed.items()},
        actor=request.user,
        seen=Seen.of(request.POST),
        rest=forms.rest(request.POST),
    )


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the marks that came with the decision, then decide."""
    found = case_in_scope(request, pk)
    typed = forms.decision(request.POST, forms.returnable(found))
    if typed.name not in DECISIONS or not _reviewed_before(found, request):
        raise Http404
    if not _may_review(found, request):
        if _was_sent_before(request, found, typed):
            return _decided(request, pk)
        return too_late(request, found.application)
    in_turn = queue.next_after(request.user, found.application) if _in_queue(request) else None
    try:
        held_back = _save_and_decide(request, found, typed)
    except Refusal as refused:
        fresh = case_in_scope(request, pk)
        if not _was_sent_before(request, fresh, typed):
            return _refused(request, fresh, typed, refused)
        held_back = None
    if held_back is None and _in_queue(request):
        _say_decided(request)
        return _to_next(in_turn)
    return held_back or _decided(request, pk)


def _save_and_decide(
    request: PersonRequest, found: Case, typed: forms.TypedDecision
) -> HttpResponse | None:
    """The page where a mark is still asked about; None once it is decided. Raises Refusal."""
    marked = _typed_marks(request, found)
    asked = _save_marks(found, marked, request) if marked else {}
    fresh = case_in_scope(request, found.application.pk)
    if kept := _not_saved(fresh, marked, asked, request):
        return _page(request, fresh, _sent(request, typed, kept, asked))
    if declared.passage(typed.name).cannot_be_undone:
        sure.ask(request.POST)
    door.perform(
        f"application.{typed.name}",
        found.application.pk,
        expected_version=page_version(request),
        act=_act(typed, typed.name),
        **by_form(request),
    )
    return None


def _refused(
    request: PersonRequest, fresh: Case, typed: forms.TypedDecision, refused: Refusal
) -> HttpResponse:
    written = _keep_what_is_written(request, fresh) if _may_review(fresh, request) else {}
    return _page(request, fresh, _sent(request, typed, written=written), refused=refused.findings)


def _act(typed: forms.TypedDecision, name: str) -> Act:
    corrections = typed.corrections if name == "return_for_correction" else {}
    fault = typed.fault if name == "reject" else ""
    return Act(opinion=typed.opinion, corrections=corrections, fault=fault)


def _was_sent_before(request: PersonRequest, found: Case, typed: forms.TypedDecision) -> bool:
    """Whether this form has decided so already, and carries no mark beside those on record."""
    name = f"application.{typed.name}"
    if not door.is_done(name, found.application, act=_act(typed, typed.name), **by_form(request)):
        return False
    given = Review.of(found).marks
    return all(
        code in given and mark.says_no_more_than(given[code])
        for code, mark in forms.marks(request.POST, found.item_codes).items()
        if mark.verdict or mark.comment
    )


def _say_decided(request: PersonRequest) -> None:
    messages.success(request, _("决定已作出，已通知申报单位。"))


def _decided(request: PersonRequest, pk: int) -> HttpResponse:
    _say_decided(request)
    return redirect("applications:case", pk)
