"""The review page: marks per item and the decision. At the county it is the paper check."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from designation.applications.models import Conclusion, Stage
from designation.organizations.requests import PersonRequest
from designation.site import autosave, sure
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen

from ... import declared, door
from ...by_form import by_form
from ...case import rules
from ...case.facts import Act, Case
from ...case.items import of_standard
from ...case.late import too_late
from ...case.opened import case_in_scope, page_version
from ...case.shown_items import FILTERS, ShownItem, shown_items
from . import corrections, forms, mark_autosave, marks
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


def _page(request: PersonRequest, found: Case, **extra: Any) -> HttpResponse:
    items, given = shown_items(found, request.user), Review.of(found).marks
    show = _asked_to_show(request, found, items)
    chosen = FILTERS.get(show, FILTERS["all"])
    typed: dict[str, forms.TypedMark] = extra.pop("typed_marks", {})
    asked: dict[str, ItemMark] = extra.pop("asked", {})
    offered = {
        transition.slug: findings
        for transition, findings in door.offered("application", found, request.user)
    }
    # A comment that waits for its verdict stays in sight, whatever the filter.
    in_sight = [item for item in items if chosen(item) or item.code in typed]
    codes = {item.code for item in in_sight}
    context = {
        "application": found.application,
        "case": found,
        "items": in_sight,
        "not_shown": [item for item in items if item.code not in codes],
        "hidden_marks": len(given.keys() - codes),
        "typed_marks": {code: forms.TypedMark.of(mark) for code, mark in given.items()} | typed,
        "record": marks.fields(given, (item.code for item in items)),
        "held": Seen.of(request.POST).held(marks.field_of(code) for code in asked),
        "asked": {code: mark_autosave.told(code, mark) for code, mark in asked.items()},
        "definitions": {item.code: found.definitions_of(item) for item in found.standard.items},
        "answered": corrections.answered(found),
        "show": show,
        "marked": len(given),
        "total": len(items),
        "may_mark": marks.may_mark(found, request.user),
        "conclusions": Conclusion,
        "typed": forms.TypedDecision(),
        "blocking": {
            name: [f for f in found_ if f.blocking and f.code not in _ASKED_IN_THE_FORM]
            for name, found_ in offered.items()
        },
        "is_first_review": found.application.stage == Stage.SUBMITTED,
    } | extra
    status = status_of(extra)
    return render(request, "first_review/review.html", context, status=status)


def _asked_to_show(request: PersonRequest, found: Case, items: Iterable[ShownItem]) -> str:
    """The filter that was asked for; else what a correction changed, where the rest is marked."""
    if asked := request.POST.get("show") or request.GET.get("show"):
        return asked
    if found.application.stage != Stage.SUBMITTED:
        return "all"
    changed = {item.code for item in items if item.changed}
    rest = {item.code for item in items} - changed
    return "changed" if changed and rest <= Review.of(found).marks.keys() else "all"


# What the decision form itself asks for is not listed as a reason before it is filled.
_ASKED_IN_THE_FORM = ("opinion_too_short", "no_corrections")


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
    if not rules.is_first_reviewer(found, request.user):
        raise Http404
    codes = [item.code for item in found.standard.items]
    typed = forms.marks(request.POST, codes)
    decision = forms.decision(request.POST, codes)
    try:
        asked = _save_marks(found, typed, request)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    found = case_in_scope(request, pk)
    kept = _not_saved(found, typed, asked, request)
    if not kept:
        messages.success(request, _("初审结论已保存。"))
    if kept or decision.opinion or decision.corrections:
        return _page(request, found, typed_marks=kept, typed=decision, asked=asked)
    if request.POST.get("show") in FILTERS:
        return redirect(f"{request.path.removesuffix('marks/')}?show={request.POST['show']}")
    return redirect("applications:review", pk)


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
    items = of_standard(found.application.standard_id, typed)
    return marks.mark_all(
        found.application,
        {item: (typed[item.code].verdict, typed[item.code].comment) for item in items},
        actor=request.user,
        seen=Seen.of(request.POST),
        rest=forms.rest(request.POST),
    )


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the marks that came with the decision, then decide."""
    found = case_in_scope(request, pk)
    codes = [item.code for item in found.standard.items]
    typed = forms.decision(request.POST, codes)
    if typed.name not in DECISIONS or not _reviewed_before(found, request):
        raise Http404
    if not _may_review(found, request):
        if _was_sent_before(request, found, typed):
            return _decided(request, pk)
        return too_late(request, found.application)
    marked = forms.marks(request.POST, codes) if marks.may_mark(found, request.user) else {}
    try:
        asked = _save_marks(found, marked, request) if marked else {}
        fresh = case_in_scope(request, pk)
        if kept := _not_saved(fresh, marked, asked, request):
            return _page(request, fresh, typed_marks=kept, typed=typed, asked=asked)
        if declared.passage(typed.name).cannot_be_undone:
            sure.ask(request.POST)
        door.perform(
            f"application.{typed.name}",
            pk,
            expected_version=page_version(request),
            act=_act(typed),
            **by_form(request),
        )
    except Refusal as refused:
        fresh = case_in_scope(request, pk)
        if _was_sent_before(request, fresh, typed):
            return _decided(request, pk)
        return _page(request, fresh, refused=refused.findings, typed=typed)
    return _decided(request, pk)


def _act(typed: forms.TypedDecision) -> Act:
    corrections = typed.corrections if typed.name == "return_for_correction" else {}
    return Act(opinion=typed.opinion, corrections=corrections)


def _was_sent_before(request: PersonRequest, found: Case, typed: forms.TypedDecision) -> bool:
    """Whether this form has decided so already, and carries no mark beside those on record."""
    name = f"application.{typed.name}"
    if not door.is_done(name, found.application, act=_act(typed), **by_form(request)):
        return False
    given = Review.of(found).marks
    return all(
        code in given and mark.says_no_more_than(given[code])
        for code, mark in forms.marks(request.POST, found.item_codes).items()
        if mark.verdict or mark.comment
    )


def _decided(request: PersonRequest, pk: int) -> HttpResponse:
    messages.success(request, _("决定已作出，已通知申报单位。"))
    return redirect("applications:case", pk)
