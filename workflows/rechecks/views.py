"""Re-checks and self-reports: their lists, and the page and the forms of each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.announcements.looking import look
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.register import queries as register
from designation.site import clock
from designation.site.creating import create, kept
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from .. import door
from ..by_form import by_form
from ..case.opened import page_version
from ..titles import flow as titles
from ..titles import rules as of_titles
from . import acts, due, queries, reports, rules
from .case import RecheckCase
from .filters import RecheckFilters, ReportFilters
from .flow import PASSAGES, PassageDeclared, RecheckCourse
from .forms import ReportForm, StepForm
from .models import Standing


@login_required
@require_GET
def recheck_list(request: PersonRequest) -> HttpResponse:
    if not rules.reads_rechecks(request.user):
        raise Http404
    found = listing(request, RecheckFilters, queries.with_title(rules.in_scope(request.user)))
    return render(request, "rechecks/list.html", found.context)


@login_required
@require_GET
def report_list(request: PersonRequest) -> HttpResponse:
    if not rules.reads_rechecks(request.user):
        raise Http404
    rows = queries.with_title(rules.reports_in_scope(request.user))
    found = listing(request, ReportFilters, rows)
    return render(request, "rechecks/reports.html", found.context)


def _opened(request: PersonRequest, pk: int) -> RecheckCase:
    """The re-check as the person may read it; all others are 404."""
    rows = rules.in_scope(request.user).select_related(
        "title__organization__jurisdiction",
        "title__jurisdiction",
        "title__decision__round",
        "visit",
        "draw",
        "title_step__decision",
    )
    return RecheckCase(get_object_or_404(rows, pk=pk), asked=door.Asked(request.user))


@login_required
@require_GET
def recheck(request: PersonRequest, pk: int) -> HttpResponse:
    case = _opened(request, pk)
    look(case.recheck, request.user)
    names.read(names.who_acted(case.course))
    offered = door.offered(RecheckCourse.KIND, case, request.user)
    row, in_force = case.recheck, case.of_the_title.is_in_force
    coordinates = of_titles.is_coordinator(case, request.user)
    decides = row.standing == Standing.PROPOSED and of_titles.is_decider(case, request.user)
    context = {
        "case": case,
        "recheck": row,
        "title": case.title,
        "steps": [(one, PASSAGES[one.act].label) for one in case.course],
        "findings": queries.findings(row),
        "answer_until": due.answer_until(row) if row.standing == Standing.TOLD else None,
        "visit": queries.visit_to_read(row, request.user),
        "may_arrange": row.standing == Standing.DUE and coordinates and in_force,
        "has_ended": not (row.is_over or in_force),
        "may_look_again": coordinates and queries.may_be_looked_at_again(row),
        "may_revoke": decides,
        "revokes": titles.PASSAGES["revoke"],
        "offered": [
            (way, PASSAGES[way.slug], why) for way, why in offered if PASSAGES[way.slug].is_pressed
        ],
    }
    return render(request, "rechecks/recheck.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """One passage. What keeps it back is told before anything is typed."""
    case, declared = _opened(request, pk), PASSAGES.get(name)
    if declared is None or not declared.is_pressed or not declared.rule(case, request.user):
        raise Http404
    form = StepForm(name, declared, case, request.POST or None)
    if request.method == "POST":
        return _stepped(request, case, name, declared, form)
    if not door.is_offered(f"{RecheckCourse.KIND}.{name}", case, request.user):
        raise Http404
    return _step_page(request, case, name, form)


def _stepped(
    request: PersonRequest, case: RecheckCase, name: str, declared: PassageDeclared, form: StepForm
) -> HttpResponse:
    def carried_out(form: StepForm) -> None:
        seen = page_version(request)
        acts.carry_out(name, case.recheck, form.act, seen=seen, **by_form(request))

    if kept(form, carried_out):
        messages.success(request, declared.done)
        return redirect("rechecks:recheck", case.recheck.pk)
    return _step_page(request, case, name, form)


def _step_page(
    request: PersonRequest, case: RecheckCase, name: str, form: StepForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "recheck": case.recheck,
        "passage": PASSAGES[name],
        "form": form,
        "seen": case.recheck.version,
        "findings": queries.findings(case.recheck),
        "shut": () if form.errors else RecheckCourse(case).gate(name).findings,
    }
    return render(request, "rechecks/step.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked, for whoever speaks for the unit; what was said, for everybody who reads it."""
    rows = rules.reports_in_scope(request.user).select_related(
        "title__organization__jurisdiction", "title__jurisdiction", "actor"
    )
    found = get_object_or_404(rows, pk=pk)
    look(found, request.user)
    holder = register.holder(found.title)
    not_asked = reports.why_not_asked(found)
    speaks = rules.reporting_role(request.user, holder) is not None
    may = found.is_awaited and speaks and not not_asked
    if request.method == "POST" and not speaks:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)

    def make(sent: ReportForm) -> str:
        reports.hand_in(found, changes=sent.changes, actor=request.user)
        messages.success(request, _("年度自查已上报，今年不用再报。"))
        return reverse("rechecks:report", args=[pk])

    if request.method == "POST" and (address := create(request, form, make, refusals=(Refusal,))):
        return redirect(address)
    context = {
        "report": found,
        "title": found.title,
        "holder": holder,
        "not_asked": not_asked,
        "form": form if may or form.is_bound else None,
        "may_enter": found.year == clock.today().year
        and rules.drawing_role(request.user, found.title.jurisdiction.code) is not None,
    }
    return render(request, "rechecks/report.html", context, status=status_of(form.errors))
