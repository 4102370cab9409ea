"""Pages that arrange a visit which stands apart: what it is made for, and its plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site import clock
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell

from ...case.late import refused_late
from . import apart, queries, visits
from .facts import OnSite
from .filters import TitlesToVisit
from .forms import VisitForm
from .models import Visit
from .plan import Plan
from .team import verifiers
from .views import planned


@login_required
@require_GET
def grounds(request: PersonRequest) -> HttpResponse:
    """What a visit may be arranged for: objections under investigation, and valid titles."""
    if not queries.arranges_visits(request.user):
        raise Http404
    found = listing(request, TitlesToVisit, queries.titles_without_visit(request.user))
    context = found.context | {"objections": queries.objections_without_visit(request.user)}
    return render(request, "visits/grounds.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def for_title(request: PersonRequest, pk: int) -> HttpResponse:
    return _for_ground(request, get_object_or_404(apart.titles_to_visit(request.user), pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def for_objection(request: PersonRequest, pk: int) -> HttpResponse:
    rows = apart.objections_to_visit(request.user)
    return _for_ground(request, get_object_or_404(rows, pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def for_decision(request: PersonRequest, pk: int) -> HttpResponse:
    """What is appealed against."""
    return _for_ground(request, get_object_or_404(apart.decisions_to_visit(request.user), pk=pk))


def _for_ground(request: PersonRequest, ground: apart.Ground) -> HttpResponse:
    """The plan of a new visit; where one is arranged already, its own."""
    if request.method == "GET":
        if (arranged := queries.at_work_on(ground)) is not None:
            return redirect("visits:plan", arranged.pk)
        if not apart.calls_for_a_visit(ground, clock.today()):
            raise Http404
    try:
        visit = apart.new_visit(ground, queries.standard_for(ground))
    except Refusal as refused:
        return refused_late(request, refused, latest=reverse("visits:grounds"))
    return _plan(request, apart.Apart(visit, actor=request.user), ground)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Another day, place or team, while it is planned or goes on."""
    visit = get_object_or_404(apart.in_scope(request.user), pk=pk)
    found = apart.Apart(visit, actor=request.user)
    if not visits.may_change_team(found, request.user) and request.method == "GET":
        raise Http404
    return _plan(request, found, apart.ground_of(visit))


def _plan(request: PersonRequest, found: apart.Apart, ground: apart.Ground) -> HttpResponse:
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            visit = _arranged(request, form, found, ground)
        except Refusal as refused:
            if not all(finding.field for finding in refused.findings):
                return refused_late(request, refused, latest=reverse("visits:list"))
            tell(form, refused.findings)
        else:
            messages.success(request, _("核查已安排，请核查员签署回避承诺。"))
            return redirect("visits:verify", visit.pk)
    context = {
        "form": form,
        "visit": found.visit,
        "application": found.application,
        "team": OnSite.of(found).team,
        "recused": form.recused,
    }
    return render(request, "visits/plan.html", context, status=status_of(form.errors))


def _form(request: PersonRequest, found: apart.Apart) -> VisitForm:
    is_planned = found.visit.pk is not None
    proposed = {"planned_on": found.today, "place": found.application.organization.name_zh}
    return VisitForm(
        found.visit,
        verifiers(found),
        request.POST if request.method == "POST" else None,
        initial=planned(found) if is_planned else proposed,
        is_planned=is_planned,
        offered=found.standard.items,
    )


def _arranged(
    request: PersonRequest, form: VisitForm, found: apart.Apart, ground: apart.Ground
) -> Visit:
    site, typed = OnSite.of(found), form.cleaned_data
    return visits.arrange(
        ground,
        planned_on=typed["planned_on"],
        place=typed["place"],
        team=form.chosen_team(),
        leader=form.chosen_leader(),
        items=typed["items"],
        standard=found.visit.standard,
        before=Plan.of(found.visit, site.team),
        actor=request.user,
    )
