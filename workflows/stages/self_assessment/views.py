"""The page of what the applicant says of itself and its meeting."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.applications import summaries
from designation.organizations.requests import PersonRequest
from designation.site import autosave
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen

from ...case.facts import Case
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import editing
from .forms import SummaryForm
from .last_time import LastTime
from .summary import save as save_summary


@login_required
@require_http_methods(["GET", "POST"])
def summary(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    if autosave.is_asked(request):
        return _save_some_of_summary(request, found)
    if request.method == "GET" and not editing.may_edit_summary(found, request.user):
        raise Http404
    data = request.POST if request.method == "POST" else None
    record = summaries.fields(found.application)
    unlocked = editing.unlocked_fields(found, request.user)
    form = SummaryForm(data, instance=found.application, last_term=_last_term(found), only=unlocked)
    if form.is_bound and form.is_valid():
        seen = Seen.of(request.POST)
        try:
            told = save_summary(found, form.cleaned_data, actor=request.user, seen=seen)
        except Refusal as refused:
            return too_late(request, found.application, refused)
        if not told:
            messages.success(request, _("简介已保存。"))
            return redirect("applications:case", pk)
        form.tell(told)
        record = summaries.fields(case_in_scope(request, pk).application)
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, summaries.texts(form.cleaned_data))
    return render(
        request,
        "self_assessment/summary.html",
        {
            "application": found.application,
            "form": form,
            "record": record,
            "returned": found.parts_returned.values(),
        },
        status=status_of(form.errors or form.conflicts),
    )


def _last_term(found: Case) -> date | None:
    """What is offered where no date stands yet."""
    if found.application.term_began_on is not None:
        return None
    return LastTime.of(found).term_began_on


def _save_some_of_summary(request: PersonRequest, found: Case) -> HttpResponse:
    covered = autosave.covered(request) & frozenset(summaries.FIELDS)
    form = SummaryForm(request.POST, instance=found.application)
    errors = autosave.refused(form, covered)
    sent = {name: form.cleaned_data[name] for name in covered - errors.keys()}
    seen, way = Seen.of(request.POST), autosave.way(request)
    try:
        told = save_summary(found, sent, actor=request.user, seen=seen, way=way)
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)
    record = summaries.fields(form.instance)
    return autosave.answer(
        autosave.Outcome(
            record={name: record[name] for name in sent},
            refused=errors,
            conflicts=told,
            theirs={name: {name: [told[name].theirs]} for name in told},
        )
    )
