"""The page on which the deciding officer records the decision and gives the titles."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.papers import files
from designation.rounds.models import Round
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Finding, Refusal

from ...by_form import by_form
from . import candidates, decisions, papers
from .forms import DecisionForm
from .rules import decided_rounds

# What the door says about the document itself is shown at the field where it was typed.
_FIELDS = {"document_number_taken": "document_number", "decided_too_early": "decided_on"}


@login_required
@require_http_methods(["GET", "POST"])
def designate(request: PersonRequest, round_id: int) -> HttpResponse:
    rounds = decided_rounds(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=round_id)
    cases = candidates.cases(round_, request.user)
    theirs = candidates.theirs(cases, request.user)
    initial = {
        "deciding_body": round_.organizer,
        "applications": [str(row.pk) for row in theirs],
    }
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(theirs, data, initial=initial)
    refused: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            address = create(request, form, lambda form: _designated(request, round_, form))
        except Refusal as error:
            refused = _told_at_their_fields(form, error)
        else:
            if address:
                messages.success(request, _("已命名并载入名册。"))
                return redirect(address)
    listed = [case.application for case in cases]
    context = {
        "round": round_,
        "form": form,
        # All that it listed was decided on by others: there is no form to show it in.
        "typed": [] if listed else form.typed,
        "candidates": listed,
        "findings": candidates.in_the_way(cases, request.user),
        "refused": refused,
        "seen": seen_whole.as_shown(decisions.listed(listed)),
        "recorded": papers.decisions_read_by(request.user, round_),
    }
    status = status_of(form.errors or refused)
    return render(request, "conferral/designate.html", context, status=status)


@login_required
@require_GET
def draft(request: PersonRequest, round_id: int, suffix: str) -> FileResponse:
    """The decision before its number is known, of those that the person may designate."""
    rounds = decided_rounds(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=round_id)
    rows = candidates.theirs(candidates.cases(round_, request.user), request.user)
    if not rows:
        raise Http404
    return files.answer(request, papers.drafted(round_, rows), suffix, area=round_.jurisdiction)


@login_required
@require_GET
def decision(request: PersonRequest, pk: int, suffix: str) -> FileResponse:
    """The decision as it was recorded."""
    found = get_object_or_404(papers.decisions_read_by(request.user), pk=pk)
    area = papers.area_of(found)
    return files.answer(
        request, papers.decided(found), suffix, area=area, dated=found.recorded_at, of=pk
    )


def _told_at_their_fields(form: DecisionForm, refused: Refusal) -> list[Finding]:
    """What belongs to no field is left."""
    for finding in refused.findings:
        if finding.code in _FIELDS:
            form.add_error(_FIELDS[finding.code], finding.message)
    return [finding for finding in refused.findings if finding.code not in _FIELDS]


def _designated(request: PersonRequest, round_: Round, form: DecisionForm) -> str:
    decision = decisions.designate(
        round_,
        form.chosen(),
        document_number=form.cleaned_data["document_number"],
        decided_on=form.cleaned_data["decided_on"],
        deciding_body=form.cleaned_data["deciding_body"],
        seen=request.POST,
        **by_form(request),
    )
    return f"{reverse('register:list')}?decision={decision.pk}"
