"""The list of applications, the case page of one, and what is pressed on it."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements.looking import look
from designation.organizations.requests import PersonRequest
from designation.site import sure
from designation.site.lists import listing
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.text import typed_text

from .. import declared, door, transitions
from ..by_form import by_form
from ..case import rules
from ..case.facts import Act
from ..case.handed_in import as_read_by
from ..case.late import too_late
from ..case.opened import case_in_scope, page_version
from ..case_pages import page as case_page
from ..stages.self_assessment import typed
from ..stages.self_assessment.printing import file_name, filled_pdf
from .filters import asked_for
from .queries import with_lines
from .result import done, shown_after


@login_required
@require_GET
def application_list(request: PersonRequest) -> HttpResponse:
    """Six statements and, for an office, one or two for what it may choose from."""
    shown = asked_for(request)
    found = listing(request, shown.filters, with_lines(shown.rows(request.user)))
    return render(request, "case/list.html", found.context | {"shown": shown.name})


@login_required
@require_GET
def case(request: PersonRequest, pk: int) -> HttpResponse:
    found = as_read_by(case_in_scope(request, pk, says_vacancy=True), request.user)
    declared.place(found.application.stage).when_read(found, request.user)
    look(found.application, request.user)
    context = case_page.context(found, request.user, request.GET.get("show", "all"))
    return render(request, "case/case.html", context)


@login_required
@require_GET
def sheet(request: PersonRequest, pk: int) -> FileResponse:
    """The self-assessment as it stands, to print, sign and file."""
    case = as_read_by(case_in_scope(request, pk), request.user)
    return FileResponse(
        BytesIO(filled_pdf(case)), filename=file_name(case), content_type="application/pdf"
    )


@login_required
@require_POST
def perform(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Carry out a transition that is pressed on the case page."""
    if name not in declared.pressed():
        raise Http404
    found = case_in_scope(request, pk)
    try:
        if declared.passage(name).cannot_be_undone:
            sure.ask(request.POST)
        application = transitions.perform(
            name,
            found.application.pk,
            expected_version=page_version(request),
            **by_form(request),
        )
    except Refusal as refused:
        return _refused(request, pk, refused)
    messages.success(request, done(name, application, request.user))
    return redirect(shown_after(name, application))


@login_required
@require_POST
def take_over(request: PersonRequest, pk: int) -> HttpResponse:
    """The unit goes on itself with what its township typed."""
    found = case_in_scope(request, pk)
    if not rules.is_of_the_applicant(found, request.user):
        raise Http404
    try:
        if typed.may_take_over(found, request.user):
            sure.ask(request.POST)
        typed.take_over(found, actor=request.user)
    except Refusal as refused:
        return _refused(request, pk, refused, beside="not_taken_over")
    messages.success(request, _("已由本单位接手填报，乡镇(街道)不再代录。"))
    return redirect("applications:case", pk)


def _refused(
    request: PersonRequest, pk: int, refused: Refusal, *, beside: str = ""
) -> HttpResponse:
    """The case page with why; ``beside`` names the form that says it too."""
    found = as_read_by(case_in_scope(request, pk, says_vacancy=True), request.user)
    context = case_page.context(found, request.user)
    context |= {name: refused.findings for name in ("refused", beside) if name}
    return render(request, "case/case.html", context, status=REFUSED)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """A page of its own, since it cannot be taken back."""
    found = case_in_scope(request, pk)
    act = Act(opinion=typed_text(request.POST, "opinion"))
    if not door.is_offered("application.withdraw", found, request.user):
        if request.method == "POST" and rules.is_head(found, request.user):
            if transitions.is_done("withdraw", found.application, act=act, **by_form(request)):
                return _withdrawn(request, pk)
            return too_late(request, found.application)
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            transitions.perform(
                "withdraw",
                pk,
                expected_version=page_version(request),
                act=act,
                **by_form(request),
            )
        except Refusal as refused:
            findings = refused.findings
        else:
            return _withdrawn(request, pk)
    return render(
        request,
        "case/withdraw.html",
        {
            "application": found.application,
            "findings": findings,
            "opinion": request.POST.get("opinion", ""),
        },
        status=status_of(findings),
    )


def _withdrawn(request: PersonRequest, pk: int) -> HttpResponse:
    messages.success(request, _("申报已撤回。"))
    return redirect("applications:case", pk)
