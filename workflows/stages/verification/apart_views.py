"""Pages of visits that stand apart: their list, and of each its record, an item, its passages."""

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
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.site import sure
from designation.site.creating import kept
from designation.site.lists import listing
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from standards.engine.evaluation import Item

from ... import door
from ...by_form import by_form
from ...case.late import refused_late
from . import apart, belonging, papers, queries, visits
from .course import PASSAGES, VisitCase, VisitCourse
from .facts import OnSite
from .filters import VisitFilters
from .forms import CallOffForm, SiteForm
from .models import VisitMember
from .record_forms import in_words_of, keep, measure_form, site_form
from .rules import why_not

CALL_OFF = "call_off"


@login_required
@require_GET
def visit_list(request: PersonRequest) -> HttpResponse:
    """Three statements beside those of the page frame, one more where someone was renamed."""
    if not queries.reads_visits(request.user):
        raise Http404
    rows = queries.with_lines(apart.in_scope(request.user))
    found = listing(request, VisitFilters, rows)
    names.read(leader.person for visit in found.page for leader in visit.leaders)
    context = found.context | {"may_arrange": queries.arranges_visits(request.user)}
    return render(request, "visits/list.html", context)


def _opened(request: PersonRequest, pk: int) -> apart.Apart:
    """The visit as the person may read it; all others are 404."""
    visit = get_object_or_404(apart.in_scope(request.user), pk=pk)
    return apart.Apart(visit, actor=request.user)


def _membership(found: apart.Apart, request: PersonRequest) -> VisitMember:
    member = visits.membership(found, request.user)
    if member is None:
        raise Http404
    return member


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: PersonRequest, pk: int) -> HttpResponse:
    """The site record: items, times, signatures. A POST keeps the times."""
    found = _opened(request, pk)
    if request.method == "GET":
        return _record_page(request, found, site_form(found, None))
    _membership(found, request)
    form = site_form(found, request.POST)
    if form.is_valid():
        try:
            told = visits.record_visit(
                found.visit, actor=request.user, seen=Seen.of(request.POST), **form.cleaned_data
            )
        except Refusal as refused:
            return _late(request, pk, refused)
        if not told:
            messages.success(request, _("核查时间已保存。"))
            return redirect("visits:verify", pk)
        form.tell(told)
        found = _opened(request, pk)
    return _record_page(request, found, form, status=REFUSED)


def _late(request: PersonRequest, pk: int, refused: Refusal) -> HttpResponse:
    return refused_late(request, refused, latest=reverse("visits:verify", args=[pk]))


def _record_page(
    request: PersonRequest,
    found: apart.Apart,
    form: SiteForm,
    status: int = 200,
    refused: Any = (),
) -> HttpResponse:
    look(found.visit, request.user)
    mine, site = visits.membership(found, request.user), OnSite.of(found)
    about = {"visit": found.visit, "application": found.application, "back": reverse("home")}
    if mine and (reasons := why_not(found, mine.person)):
        recused = about | {"reasons": reasons}
        return render(request, "verification/recused.html", recused, status=status)
    names.read(member.person for member in site.team)
    record, case = visits.visit_fields(found.visit), VisitCase(found.visit, found)
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, visits.texts(form.cleaned_data))
    context = about | {
        "team": site.team,
        "items": [_line(found, item) for item in found.standard.items],
        "verified": sum(bool(row.verdict) for row in site.own.values()),
        "total": len(site.item_codes),
        "form": form,
        "record": record,
        "signed_over": visits.signed_over(found),
        "mine": mine,
        "may_record": visits.may_record(found, request.user),
        "may_declare": visits.may_declare(found, request.user),
        "may_change_team": visits.may_change_team(found, request.user),
        "offered": _offered(found, request),
        "may_call_off": door.is_offered(f"visit.{CALL_OFF}", case, request.user),
        "cannot_be_undone": {name: one.cannot_be_undone for name, one in PASSAGES.items()},
        "refused": refused,
        "course": belonging.course_of(found.visit, request.user),
    }
    return render(request, "visits/record.html", context, status=status)


def _offered(found: apart.Apart, request: PersonRequest) -> list[tuple[Any, Any]]:
    """What is pressed here; before it begins, nobody asks for its conclusion."""
    offered = door.offered(VisitCourse.KIND, VisitCase(found.visit, found), request.user)
    elsewhere = {CALL_OFF} if OnSite.of(found).is_under_way else {CALL_OFF, "conclude"}
    return [(way, why) for way, why in offered if way.slug not in elsewhere]


def _line(found: apart.Apart, item: Item) -> dict[str, Any]:
    """An item, whether it is to be seen, and what is found there beside what was found before."""
    site = OnSite.of(found)
    return {
        "item": item,
        "is_to_be_seen": item.code in site.item_codes,
        "found": site.own.get(item.code),
        "before": site.former.get(item.code),
    }


@login_required
@require_GET
def record(request: PersonRequest, pk: int) -> FileResponse:
    """The record as a PDF once it is concluded, for whoever may read it."""
    found = _opened(request, pk)
    mine = visits.membership(found, request.user)
    if found.visit.released_at is None or (mine and why_not(found, mine.person)):
        raise Http404
    return FileResponse(
        BytesIO(papers.apart_pdf(found)),
        filename=papers.file_name(found),
        content_type="application/pdf",
    )


@login_required
@require_POST
def declare(request: PersonRequest, pk: int) -> HttpResponse:
    """The verifier declares, in person, to have no interest in who is visited."""
    found = _opened(request, pk)
    member = _membership(found, request)
    try:
        visits.declare_no_interest(member)
    except Refusal as refused:
        return _refused(request, pk, refused)
    messages.success(request, _("已签署回避承诺。"))
    return redirect("visits:verify", pk)


@login_required
@require_POST
def sign(request: PersonRequest, pk: int) -> HttpResponse:
    found = _opened(request, pk)
    member = _membership(found, request)
    try:
        visits.sign(member, seen=Seen.of(request.POST))
    except Refusal as refused:
        return _refused(request, pk, refused)
    messages.success(request, _("已签字。记录如有改动，需要重新签字。"))
    return redirect("visits:verify", pk)


@login_required
@require_POST
def perform(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Begin the visit, or conclude it; calling it off has a page of its own."""
    _opened(request, pk)
    if name not in PASSAGES or name == CALL_OFF:
        raise Http404
    try:
        if PASSAGES[name].cannot_be_undone:
            sure.ask(request.POST)
        door.perform(f"{VisitCourse.KIND}.{name}", pk, **by_form(request))
    except Refusal as refused:
        return _refused(request, pk, refused)
    messages.success(request, PASSAGES[name].done)
    return redirect("visits:verify", pk)


@login_required
@require_http_methods(["GET", "POST"])
def call_off(request: PersonRequest, pk: int) -> HttpResponse:
    """With the reason, on a page of its own: it cannot be taken back."""
    found = _opened(request, pk)
    case, form = VisitCase(found.visit, found), CallOffForm(request.POST or None)
    if request.method == "GET" and not door.is_offered(f"visit.{CALL_OFF}", case, request.user):
        raise Http404

    def called_off(form: CallOffForm) -> None:
        reason = form.cleaned_data["reason"]
        visits.call_off(found.visit, reason=reason, **by_form(request))

    if request.method == "POST" and kept(form, called_off):
        messages.success(request, _("实地核查已取消，已通知核查组。"))
        return redirect("visits:verify", pk)
    context = {"visit": found.visit, "application": found.application, "form": form}
    status = status_of(form.errors)
    return render(request, "visits/call_off.html", context, status=status)


def _refused(request: PersonRequest, pk: int, refused: Refusal) -> HttpResponse:
    """The page as it now stands, with the findings."""
    found = _opened(request, pk)
    return _record_page(request, found, site_form(found, None), REFUSED, refused.findings)


@login_required
@require_http_methods(["GET", "POST"])
def measure(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One item on site: what is found beside what was found before."""
    found = _opened(request, pk)
    if code not in OnSite.of(found).item_codes:
        raise Http404
    _membership(found, request)
    if request.method == "GET" and not visits.may_record(found, request.user):
        raise Http404
    form = measure_form(request, found, code)
    if form.is_bound:
        try:
            keep(found, form, request)
        except Refusal as refused:
            return _late(request, pk, refused)
        if form.is_valid() and not form.conflicts:
            messages.success(request, _("第 %(code)s 条核查记录已保存。") % {"code": code})
            return redirect("visits:verify", pk)
        form.hold(Seen.of(request.POST), visits.record_of(found, code), form.said())
    context = {
        "visit": found.visit,
        "application": found.application,
        "item": form.item,
        "form": form,
        "record": visits.record_of(found, code),
        "former": in_words_of(form.item, OnSite.of(found).former.get(code)),
        "definitions": found.definitions_of(form.item),
        "phrases": form.item.phrases,
    }
    status = status_of(form.errors or form.conflicts)
    return render(request, "visits/item.html", context, status=status)
