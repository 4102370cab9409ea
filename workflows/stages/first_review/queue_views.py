"""The pages of the queue: what waits for a reviewer, who is at it, and several at once."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import holds
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.text import typed_text, whole_numbers

from ...by_form import by_form
from ...case.late import too_late
from ...case.opened import case_in_scope, page_version
from . import batch, claims, decision_drafts, marks, queue
from .views import review_address


@login_required
@require_GET
def waiting(request: PersonRequest) -> HttpResponse:
    """One statement beside the frame, whatever waits."""
    _only_for_reviewers(request, Role.FIRST_REVIEWER, Role.COUNTY_COORDINATOR)
    rows = queue.waiting(request.user)
    context = {"waiting": rows, "ready": len(batch.of(rows))}
    return render(request, "first_review/queue.html", context)


def _only_for_reviewers(request: PersonRequest, *roles: Role) -> None:
    if not holds(request.user, *roles):
        raise Http404


@login_required
@require_POST
def claim(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it in hand, or put it down."""
    found = case_in_scope(request, pk)
    if not marks.may_review(found, request.user):
        raise Http404
    act = claims.release if request.POST.get("claim") == "release" else claims.claim
    try:
        act(found.application, actor=request.user)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    return redirect(review_address(request, pk))


@dataclass(frozen=True, slots=True)
class _Row:
    """One that may be recommended, with what was typed for it."""

    application: Application
    opinion: str
    is_chosen: bool


@login_required
@require_http_methods(["GET", "POST"])
def recommend(request: PersonRequest) -> HttpResponse:
    """Several at once; what was refused comes back with its reason and its opinion."""
    _only_for_reviewers(request, Role.FIRST_REVIEWER)
    chosen = whole_numbers(request.POST.getlist("case"))
    results = batch.recommend_each((_asked(request, pk) for pk in chosen), **by_form(request))
    refused = {one.application.pk for one in results if one.findings}
    listed = [one.application for one in batch.of(queue.waiting(request.user))]
    drafted = decision_drafts.opinions(listed, request.user)
    rows = [
        _Row(
            one,
            _opinion(request, one.pk, drafted.get(one.pk, "")),
            is_chosen=one.pk in refused,
        )
        for one in listed
    ]
    context = {"rows": rows, "results": results}
    return render(request, "first_review/batch.html", context, status=status_of(refused))


def _opinion(request: PersonRequest, pk: int, drafted: str = "") -> str:
    """As it was typed here; before that as it was written on the page of the review."""
    name = f"opinion-{pk}"
    return typed_text(request.POST, name) if name in request.POST else drafted


def _asked(request: PersonRequest, pk: int) -> batch.Asked:
    return batch.Asked(
        application_id=pk,
        opinion=_opinion(request, pk),
        version=page_version(request, f"version-{pk}"),
    )
