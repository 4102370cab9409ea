"""Asking for the archive of a case or of a round; its file is fetched as every export."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from designation.exports.models import Export
from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.site import forms
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from . import asking, queries, rules


@login_required
@require_http_methods(["GET", "POST"])
def archive_case(request: PersonRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(rules.concluded(request.user), pk=pk)
    context = {
        "title": application.organization.name,
        "back": reverse("applications:case", args=[pk]),
        "former": queries.of_case(request.user, application),
        "round": application.round,
    }
    return _page(request, context, lambda who: asking.of_case(application, actor=who))


@login_required
@require_http_methods(["GET", "POST"])
def archive_round(request: PersonRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(rules.rounds(request.user), pk=pk)
    context = {
        "title": round_.name,
        "back": reverse("rounds:detail", args=[pk]),
        "former": queries.of_round(request.user, round_),
        "counted": queries.counted(request.user, round_),
    }
    return _page(request, context, lambda who: asking.of_round(round_, actor=who))


def _page(
    request: PersonRequest, context: dict[str, Any], ask: Callable[[Person], Export]
) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":

        def make(_form: forms.Form) -> str:
            return reverse("exports:detail", args=[ask(request.user).pk])

        if address := create(request, form, make, refusals=(Refusal,)):
            return redirect(address)
    context["form"] = form
    return render(request, "archive/ask.html", context, status=status_of(form.errors))
