"""Pages of the self-assessment, and the case page that every role shares."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications import summaries
from designation.applications.models import Application, FormerValue, Stage
from designation.organizations import names
from designation.organizations.models import Organization, Person
from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import applying_organizations, takes
from designation.site import autosave, request_keys
from designation.site.pages import PAGE_SIZE, REFUSED
from designation.site.shown import Seen
from designation.site.text import number_or_404, searched, typed_text, whole_number
from standards.categories import Category

from ... import transitions
from ...case import editing, rules
from ...case import page as case_page
from ...case.facts import Act, Case
from ...case.handed_in import as_read_by
from ...case.late import too_late
from ...case.scoping import visible_applications, waiting_for
from ...findings import GateFinding
from ...flow import Course
from ...vacancies import with_vacancies
from ..first_review import marks
from .forms import SummaryForm
from .printing import file_name, filled_pdf
from .summary import save as save_summary

# Pressed on the case page itself; all others have pages of their own.
PRESSED = (
    "confirm",
    "reopen",
    "submit",
    "recall",
    "resubmit",
    "begin_verification",
    "complete_verification",
)
_NO_VERSION = -1


def case_in_scope(request: PersonRequest, pk: int) -> Case:
    """The case of an application that the person may see; all others are 404."""
    columns = (
        "round__jurisdiction",
        "organization__jurisdiction",
        "standard",
        "submission",
        "reviewing_body",
        "holder_organization",
    )
    former = FormerValue.objects.filter(application=OuterRef("pk"))
    visible = visible_applications(request.user).annotate(has_former_values=Exists(former))
    application = get_object_or_404(with_vacancies(visible).select_related(*columns), pk=pk)
    return Case(application, actor=request.user)


@login_required
@require_GET
def application_list(request: PersonRequest) -> HttpResponse:
    """At most six statements, whatever the number of rows."""
    waiting = request.GET.get("waiting") == "1"
    scope = waiting_for(request.user) if waiting else visible_applications(request.user)
    rows = with_vacancies(_filtered(scope, request.GET)).select_related(
        "organization", "round", "holder_organization"
    )
    rows = rows.annotate(former_name=names.last_former_name("organization", "organization_id"))
    order = ("due_at", "pk") if waiting else ("-stage_since", "-pk")
    page = Paginator(rows.order_by(*order), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "case/list.html",
        {
            "page": page,
            "waiting": waiting,
            "stages": Stage.choices,
            "categories": Category.choices,
            "chosen": request.GET,
        },
    )


def _filtered(rows: QuerySet[Application], chosen: Any) -> QuerySet[Application]:
    condition = Q()
    if chosen.get("stage") in Stage.values:
        condition &= Q(stage=chosen["stage"])
    if chosen.get("category") in Category.values:
        condition &= Q(category=chosen["category"])
    if text := searched(chosen):
        condition &= names.called(text, Organization, "organization")
    return rows.filter(condition)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, round_id: int) -> HttpResponse:
    """Those of the person's organizations that the round takes; of the others it says why not."""
    rounds = Round.objects.exclude(status=Round.Status.DRAFT).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=round_id)
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
                lambda: _started(round_, organization, request.user),
                person=request.user,
            )
        except transitions.Refused as refused:
            findings = refused.findings
        except request_keys.SentBefore as before:
            findings = (GateFinding("sent_before", _("一次提交办一件事"), str(before)),)
        else:
            messages.success(request, _("已建立申报，请逐条填写自评。"))
            return redirect(address)
    return render(
        request,
        "case/start.html",
        {
            "round": round_,
            "organizations": [one for one in organizations if takes(round_, one)],
            "elsewhere": [one.name for one in organizations if not takes(round_, one)],
            "findings": findings,
            "key_is_used": any(finding.code == "sent_before" for finding in findings),
        },
        status=REFUSED if findings else 200,
    )


def _started(round_: Round, organization: Organization, actor: Person) -> str:
    application = transitions.start(round_, organization, actor=actor)
    return reverse("applications:case", args=[application.pk])


@login_required
@require_GET
def case(request: PersonRequest, pk: int) -> HttpResponse:
    found = as_read_by(case_in_scope(request, pk), request.user)
    marks.open_submission(found, request.user)
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
    if name not in PRESSED:
        raise Http404
    found = case_in_scope(request, pk)
    act = Act(truth_confirmed=request.POST.get("truth") == "yes")
    try:
        transitions.perform(
            name,
            found.application.pk,
            actor=request.user,
            expected_version=page_version(request),
            act=act,
        )
    except transitions.Refused as refused:
        return _refused(request, pk, refused)
    messages.success(request, _("已办理：%(what)s。") % {"what": _label(name)})
    return redirect("applications:case", pk)


def page_version(request: PersonRequest) -> int | None:
    """The version of the application for which the form was shown; one unreadable fits none."""
    if not request.POST.get("version"):
        return None
    number = whole_number(request.POST["version"])
    return _NO_VERSION if number is None else number


def _label(name: str) -> str:
    return next(iter(getattr(Course, name).get_transitions())).label


def _refused(request: PersonRequest, pk: int, refused: transitions.Refused) -> HttpResponse:
    context = case_page.context(case_in_scope(request, pk), request.user)
    context["refused"] = refused.findings
    return render(request, "case/case.html", context, status=REFUSED)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """A page of its own, since it cannot be taken back."""
    found = case_in_scope(request, pk)
    if not case_page.may_withdraw(found, request.user):
        if request.method == "POST" and rules.is_head(found, request.user):
            return too_late(request, found.application)
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            transitions.perform(
                "withdraw",
                pk,
                actor=request.user,
                expected_version=page_version(request),
                act=Act(opinion=typed_text(request.POST, "opinion")),
            )
        except transitions.Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("申报已撤回。"))
            return redirect("applications:case", pk)
    return render(
        request,
        "case/withdraw.html",
        {
            "application": found.application,
            "findings": findings,
            "opinion": request.POST.get("opinion", ""),
        },
        status=REFUSED if findings else 200,
    )


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
    form = SummaryForm(data, instance=found.application)
    if form.is_bound and form.is_valid():
        seen = Seen.of(request.POST)
        try:
            told = save_summary(found, form.cleaned_data, actor=request.user, seen=seen)
        except transitions.Refused as refused:
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
        {"application": found.application, "form": form, "record": record},
        status=REFUSED if form.errors or form.conflicts else 200,
    )


def _save_some_of_summary(request: PersonRequest, found: Case) -> HttpResponse:
    covered = autosave.covered(request) & frozenset(summaries.FIELDS)
    form = SummaryForm(request.POST, instance=found.application)
    errors = autosave.refused(form, covered)
    sent = {name: form.cleaned_data[name] for name in covered - errors.keys()}
    seen, way = Seen.of(request.POST), autosave.way(request)
    try:
        told = save_summary(found, sent, actor=request.user, seen=seen, way=way)
    except transitions.Refused as refused:
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
