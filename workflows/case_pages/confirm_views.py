"""The page on which the head reads it all and gives their word."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from designation.applications.models import Application
from designation.organizations.requests import PersonRequest
from designation.site import sure
from designation.site.pages import status_of
from designation.site.refusal import Finding, Refusal
from designation.site.shown import Seen

from .. import declared, door, transitions
from ..by_form import by_form
from ..case import cited_evidence, rules
from ..case.facts import Act, Case
from ..case.late import too_late
from ..case.opened import case_in_scope, page_version
from ..stages.self_assessment import editing, head_reading
from .result import done, shown_after

# The tick stands beside the button: it is asked there, not listed as a reason.
_ASKED_BESIDE = "truth_not_confirmed"


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    name = head_reading.word(found, request.user)
    if not name:
        return _too_late(request, found)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        truth, seen = request.POST.get("truth") == "yes", Seen.of(request.POST)
        act = Act(truth_confirmed=truth, seen=seen)
        try:
            if declared.passage(name).cannot_be_undone:
                sure.ask(request.POST)
            application = transitions.perform(
                name, pk, expected_version=page_version(request), act=act, **by_form(request)
            )
        except Refusal as refused:
            findings = refused.findings
        else:
            return _done(request, name, application)
        found = case_in_scope(request, pk)
    return _page(request, found, name, findings)


def _too_late(request: PersonRequest, found: Case) -> HttpResponse:
    """The form that did it is answered as it was then; the head's other late press is told why."""
    if request.method != "POST" or not rules.gives_the_heads_word(found, request.user):
        raise Http404
    for name in (name for name, one in declared.passages().items() if one.asks_truth):
        if transitions.is_done(name, found.application, act=Act(), **by_form(request)):
            return _done(request, name, found.application)
    return too_late(request, found.application)


def _done(request: PersonRequest, name: str, application: Application) -> HttpResponse:
    messages.success(request, done(name, application, request.user))
    return redirect(shown_after(name, application))


def _page(
    request: PersonRequest, found: Case, name: str, refused: tuple[Finding, ...]
) -> HttpResponse:
    about = [
        finding
        for finding in door.findings(f"application.{name}", found)
        if finding.code != _ASKED_BESIDE
    ]
    is_typist = rules.is_typist(found, request.user)
    sections = head_reading.read(found, editing.unlocked_items(found, request.user))
    context = {
        "case": found,
        "application": found.application,
        "sections": sections,
        "loose": [one for one in found.evidence if not one.item_codes],
        "compared": head_reading.compared(found, sections),
        "record": head_reading.as_read(found),
        "short": head_reading.lines(found, [one for one in about if one.blocking]),
        "remarks": head_reading.lines(found, [one for one in about if not one.blocking]),
        "passage": declared.passage(name),
        "refused": refused,
        "is_typist": is_typist,
        # What they give their word for: the last that was signed.
        "paper": found.application.papers.last() if is_typist else None,
        "reads_personal": cited_evidence.reads_personal(found, request.user),
    }
    return render(request, "case/confirm.html", context, status=status_of(refused))
