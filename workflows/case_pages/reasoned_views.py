"""Passages that are carried out with a reason, each on a page of its own: it is read by others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.text import typed_text

from .. import declared, door, transitions
from ..by_form import by_form
from ..case.facts import Act, Case
from ..case.late import too_late
from ..case.opened import case_in_scope, page_version
from .result import done

# Each has its page at ``applications:NAME``; what one should know before is the passage's hint.
PASSAGES = ("return_to_preparer", "end_overdue", "return_to_review", "put_back", "decline")
_ASKED_IN_THE_FORM = ("opinion_too_short",)


@login_required
@require_http_methods(["GET", "POST"])
def page(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    act = Act(opinion=typed_text(request.POST, "opinion"))
    offered = door.offered("application", found, request.user)
    offers = {way.slug: findings for way, findings in offered}
    if name not in offers:
        if request.method == "POST" and _is_theirs(name, found, request.user):
            if transitions.is_done(name, found.application, act=act, **by_form(request)):
                return _done(request, name, found.application)
            return too_late(request, found.application)
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        version = page_version(request)
        try:
            application = transitions.perform(
                name, pk, expected_version=version, act=act, **by_form(request)
            )
        except Refusal as refused:
            findings = refused.findings
        else:
            return _done(request, name, application)
    context = {
        "application": found.application,
        "title": declared.passage(name).words,
        "told": declared.passage(name).cannot_be_undone or declared.passage(name).hint,
        "refused": findings,
        "shut": [f for f in offers[name] if f.code not in _ASKED_IN_THE_FORM],
        "opinion": request.POST.get("opinion", ""),
    }
    return render(request, "case/reasoned.html", context, status=status_of(findings))


def _done(request: PersonRequest, name: str, application: Application) -> HttpResponse:
    messages.success(request, done(name, application, request.user))
    return redirect("applications:case", application.pk)


def _is_theirs(name: str, case: Case, person: Person) -> bool:
    return any(way.rule(case, person) for way in declared.passage(name).ways)
