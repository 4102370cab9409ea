"""Pages of an investigation: the officer asks somebody, and that person reports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ...by_form import by_form
from . import investigation, investigators, joined, objections, queries
from .forms import AssignForm, ReportForm


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: PersonRequest, pk: int) -> HttpResponse:
    """Who investigates it in the officer's place, and why they."""
    found = get_object_or_404(queries.whole(objections.under_investigation(request.user)), pk=pk)
    standing = investigators.standing(found)
    people = investigators.who_may(found, asked_by=request.user)
    form = AssignForm(request.POST or None, people=people, standing=standing)

    def assigned(form: AssignForm) -> str:
        investigation.assign(
            found,
            investigator=form.cleaned_data["investigator"],
            reason=form.cleaned_data["reason"],
            seen=request.POST,
            **by_form(request),
        )
        return reverse("notices:objection", args=[pk])

    address = None
    if request.method == "POST":
        address = create(request, form, assigned, refusals=(Refusal,))
    if address:
        messages.success(request, _("调查人已改定，有关的人会收到通知。"))
        return redirect(address)
    context: dict[str, Any] = {
        "objection": found,
        "standing": standing,
        "people": people,
        "form": form,
        "seen": seen_whole.as_shown(investigation.as_read(found)),
    }
    return render(request, "objections/assign.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """What the investigator found; once sent it stays."""
    mine = {one.objection_id: one for one in investigators.given_to(request.user)}
    if pk not in mine:
        raise Http404
    found = get_object_or_404(queries.whole(objections.readable(request.user)), pk=pk)
    form = ReportForm(request.POST or None)
    if mine[pk].reported_at and not form.is_bound:
        return redirect("notices:objection", pk)

    def reported(form: ReportForm) -> str:
        investigation.report(found, report=form.cleaned_data["report"], **by_form(request))
        return reverse("notices:objection", args=[pk])

    address = None
    if request.method == "POST":
        address = create(request, form, reported, refusals=(Refusal,))
    if address:
        messages.success(request, _("调查报告已提交，由异议受理人作出结论。"))
        return redirect(address)
    context = {"objection": found, "led": joined.around(found).led, "form": form}
    return render(request, "objections/report.html", context, status=status_of(form.errors))
