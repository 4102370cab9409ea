"""The list of applications, the start of one, its case page, and what is pressed on it."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements.looking import look
from designation.organizations.models import Organization
from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import applying_organizations, public_rounds, takes
from designation.site import request_keys, sure
from designation.site.lists import listing
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.text import number_or_404, typed_text

from .. import declared, door, transitions
from ..by_form import by_form
from ..case import rules
from ..case.facts import Act
from ..case.handed_in import as_read_by
from ..case.late import too_late
from ..case.opened import case_in_scope, page_version
from ..case.scoping import looks_after_many
from ..case_pages import page as case_page
from ..findings import GateFinding
from ..stages.self_assessment.printing import file_name, filled_pdf
from .filters import asked_for
from .queries import begun_in, with_lines
from .result import done, shown_after


@login_required
@require_GET
def application_list(request: PersonRequest) -> HttpResponse:
    """Six statements and, for an office, one or two for what it may choose from."""
    shown = asked_for(request)
    found = listing(request, shown.filters, with_lines(shown.rows(request.user)))
    context = {"shown": shown.name, "may_take_table": looks_after_many(request.user)}
    return render(request, "case/list.html", found.context | context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, round_id: int) -> HttpResponse:
    """Those of the person's organizations that the round takes; of the others it says why not."""
    round_ = get_object_or_404(public_rounds().select_related("jurisdiction"), pk=round_id)
    organizations = applying_organizations(request.user)
    if not organizations:
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        organization = get_object_or_404(
            organizations, pk=number_or_404(request.POST.get("organization"))
        )
        try:
            address = request_keys.once(
                request_keys.sent(request),
                lambda: _started(round_, organization, request),
                person=request.user,
            )
        except Refusal as refused:
            findings = refused.findings
        except request_keys.SentBefore as before:
            findings = (GateFinding("sent_before", _("一次提交办一件事"), str(before)),)
        else:
            messages.success(request, _("已建立申报，请逐条填写自评。"))
            return redirect(address)
    begun = begun_in(round_, organizations)
    taken = {application.organization_id for application in begun}
    free = [one for one in organizations if one.pk not in taken]
    return render(
        request,
        "case/start.html",
        {
            "round": round_,
            "begun": begun,
            "organizations": [one for one in free if takes(round_, one)],
            "elsewhere": [one.name for one in organizations if not takes(round_, one)],
            "findings": findings,
            "key_is_used": any(finding.code == "sent_before" for finding in findings),
        },
        status=status_of(findings),
    )


def _started(round_: Round, organization: Organization, request: PersonRequest) -> str:
    application = transitions.start(round_, organization, **by_form(request))
    return reverse("applications:case", args=[application.pk])


@login_required
@require_GET
def case(request: PersonRequest, pk: int) -> HttpResponse:
    found = as_read_by(case_in_scope(request, pk), request.user)
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


def _refused(request: PersonRequest, pk: int, refused: Refusal) -> HttpResponse:
    context = case_page.context(case_in_scope(request, pk), request.user)
    context["refused"] = refused.findings
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
