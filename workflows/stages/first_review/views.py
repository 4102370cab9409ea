"""The review page: marks per item and the decision. At the county it is the paper check."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from designation.applications.models import Conclusion, Stage
from designation.organizations.requests import PersonRequest
from standards.models import Item

from ... import case_page, transitions
from ...cases import Act, Case
from ..self_assessment.views import REFUSED, case_in_scope, page_version
from ..verification import visits
from . import forms, marks

DECISIONS = ("recommend", "return_for_correction", "reject")


def _reviewable(request: PersonRequest, pk: int) -> Case:
    found = case_in_scope(request, pk)
    if not marks.may_mark(found, request.user) and not visits.may_arrange(found, request.user):
        raise Http404
    return found


def _context(found: Case, request: PersonRequest, **extra: Any) -> dict[str, Any]:
    items = case_page.shown_items(found)
    show = request.GET.get("show", "all")
    chosen = case_page.FILTERS.get(show, case_page.FILTERS["all"])
    offered = {
        transition.slug: findings
        for transition, findings in transitions.offered(found, request.user)
    }
    return {
        "application": found.application,
        "case": found,
        "items": [item for item in items if chosen(item)],
        "show": show,
        "marked": len(found.marks),
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


# What the decision form itself asks for is not listed as a reason before it is filled.
_ASKED_IN_THE_FORM = ("opinion_too_short", "no_corrections")


@login_required
@require_GET
def review(request: PersonRequest, pk: int) -> HttpResponse:
    found = _reviewable(request, pk)
    marks.open_submission(found, request.user)
    return render(request, "first_review/review.html", _context(found, request))


@login_required
@require_POST
def mark_items(request: PersonRequest, pk: int) -> HttpResponse:
    """Save every mark that the form carries; comments without a verdict are asked for one."""
    found = _reviewable(request, pk)
    typed = forms.marks(request.POST, [item.code for item in found.standard.items])
    refused = _save_marks(found, typed, request)
    if refused is not None:
        context = _context(found, request, refused=refused.findings)
        return render(request, "first_review/review.html", context, status=REFUSED)
    without = sorted(code for code, mark in typed.items() if not mark.verdict)
    if without:
        messages.warning(
            request, _("这些条目写了意见但没有选结论：%(codes)s。") % {"codes": "、".join(without)}
        )
    messages.success(request, _("初审结论已保存。"))
    if request.POST.get("show") in case_page.FILTERS:
        return redirect(f"{request.path.removesuffix('marks/')}?show={request.POST['show']}")
    return redirect("applications:review", pk)


def _save_marks(
    found: Case, typed: dict[str, forms.TypedMark], request: PersonRequest
) -> transitions.Refused | None:
    items = Item.objects.filter(version_id=found.application.standard_id, code__in=typed)
    verdicts = {
        item: (typed[item.code].verdict, typed[item.code].comment)
        for item in items
        if typed[item.code].verdict
    }
    try:
        marks.mark_all(found.application, verdicts, actor=request.user)
    except transitions.Refused as refused:
        return refused
    return None


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    found = _reviewable(request, pk)
    typed = forms.decision(request.POST, [item.code for item in found.standard.items])
    if typed.name not in DECISIONS:
        raise Http404
    corrections = typed.corrections if typed.name == "return_for_correction" else {}
    try:
        transitions.perform(
            typed.name,
            pk,
            actor=request.user,
            expected_version=page_version(request),
            act=Act(opinion=typed.opinion, corrections=corrections),
        )
    except transitions.Refused as refused:
        context = _context(
            case_in_scope(request, pk), request, refused=refused.findings, typed=typed
        )
        return render(request, "first_review/review.html", context, status=REFUSED)
    messages.success(request, _("决定已作出，已通知申报单位。"))
    return redirect("applications:case", pk)
