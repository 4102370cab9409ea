"""Pages of the county verification: arranging the visit, and the site record on a phone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from designation.announcements.looking import look
from designation.applications.models import Stage
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.register.bars import Fault
from designation.site import autosave, sure
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.telling import tell
from designation.site.text import typed_text
from standards.models import Item

from ... import door
from ...by_form import by_form
from ...case import items, rules
from ...case.facts import Act, Case
from ...case.late import too_late
from ...case.opened import case_in_scope, page_version
from ...case.shown_items import FILTERS, shown_items
from ..first_review.facts import Review
from . import site_autosave, visits
from .facts import OnSite
from .forms import MeasureForm, SiteForm, VisitForm
from .models import Visit, VisitMember
from .plan import Plan
from .record_forms import in_words_of, keep, measure_form, open_visit, site_form
from .recusal import recused
from .rules import is_named, is_team_leader, why_not
from .sent_back import items_sent_back
from .team import verifiers


@login_required
@require_http_methods(["GET", "POST"])
def visit(request: PersonRequest, pk: int) -> HttpResponse:
    """The county coordinator plans the visit and names the team."""
    found = case_in_scope(request, pk)
    if not visits.may_change_team(found, request.user):
        if request.method == "POST" and rules.is_county_coordinator(found, request.user):
            return too_late(request, found.application)
        raise Http404
    if request.method != "POST":
        return _visit_page(request, found, _visit_form(found, None))
    form = _visit_form(found, request.POST)
    try:
        if form.is_valid() and form.changes:
            visits.arrange(
                found.application,
                planned_on=form.cleaned_data["planned_on"],
                place=form.cleaned_data["place"],
                team=form.chosen_team(),
                leader=form.chosen_leader(),
                items=form.cleaned_data["items"],
                before=Plan.of(OnSite.of(found).visit, OnSite.of(found).team),
                actor=request.user,
            )
    except Refusal as refused:
        if not all(finding.field for finding in refused.findings):
            return too_late(request, found.application, refused)
        tell(form, refused.findings)
    if form.errors:
        return _visit_page(request, case_in_scope(request, pk), form)
    messages.success(request, _("核查已安排，请核查员签署回避承诺。"))
    return redirect("applications:visit", pk)


def _visit_form(found: Case, data: Any) -> VisitForm:
    people, initial = verifiers(found), planned(found)
    has_plan = OnSite.of(found).visit is not None
    return VisitForm(
        found.application,
        people,
        data,
        initial=initial,
        is_planned=has_plan,
        offered=found.standard.items if _is_made_again(found) else (),
    )


def _is_made_again(found: Case) -> bool:
    visit = OnSite.of(found).visit
    reason = visit.reason if visit is not None else visits.reason_for(found.application)
    return reason == Visit.Reason.REVERIFICATION


def _visit_page(request: PersonRequest, found: Case, form: VisitForm) -> HttpResponse:
    is_planned = found.application.stage == Stage.RECOMMENDED
    context = {
        "application": found.application,
        "visit": OnSite.of(found).visit,
        "team": OnSite.of(found).team,
        "form": form,
        "recused": form.recused,
        "left": visits.left(found),
        "is_planned": is_planned,
        "findings": door.findings("application.begin_verification", found) if is_planned else (),
    }
    status = status_of(form.errors)
    return render(request, "verification/visit.html", context, status=status)


def planned(found: Case) -> dict[str, Any]:
    """The plan as its form shows it; before there is one, what it proposes."""
    visit, team = OnSite.of(found).visit, OnSite.of(found).team
    if visit is None:
        place = found.application.organization.name_zh
        items = list(items_sent_back(found))
        return {"planned_on": found.today, "place": place, "items": items}
    return {
        "items": visit.items,
        "planned_on": visit.planned_on,
        "place": visit.place,
        "team": [str(member.person_id) for member in team],
        "leader": next((str(member.person_id) for member in team if member.is_leader), None),
    }


def _site_case(request: PersonRequest, pk: int) -> Case:
    found = case_in_scope(request, pk)
    concerned = is_named(found, request.user) or rules.is_county_coordinator(found, request.user)
    if OnSite.of(found).visit is None or not concerned:
        raise Http404
    return found


def _membership(found: Case, request: PersonRequest) -> VisitMember:
    for member in OnSite.of(found).team:
        if member.person_id == request.user.pk:
            return member
    raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: PersonRequest, pk: int) -> HttpResponse:
    """The site record: progress, items, times, signatures. A POST keeps the times."""
    if autosave.is_asked(request):
        return site_autosave.save_record(request, pk)
    found = _site_case(request, pk)
    if request.method == "GET":
        look(open_visit(found), request.user)
        return _record_page(request, found, site_form(found, None))
    form = site_form(found, request.POST)
    if form.is_valid():
        seen = Seen.of(request.POST)
        try:
            told = visits.record_visit(
                open_visit(found), actor=request.user, seen=seen, **form.cleaned_data
            )
        except Refusal as refused:
            return too_late(request, found.application, refused)
        if not told:
            messages.success(request, _("核查时间已保存。"))
            return redirect("applications:verify", pk)
        form.tell(told)
        found = _site_case(request, pk)
    return _record_page(request, found, form, status=REFUSED)


def _record_page(
    request: PersonRequest, found: Case, form: SiteForm, status: int = 200, **extra: Any
) -> HttpResponse:
    mine = next((m for m in OnSite.of(found).team if m.person_id == request.user.pk), None)
    if reasons := _recusal(found, mine):
        back = reverse("applications:case", args=[found.application.pk])
        recused = {"application": found.application, "reasons": reasons, "back": back}
        return render(request, "verification/recused.html", recused, status=status)
    items = shown_items(found, request.user)
    show = request.GET.get("show", "all")
    chosen = FILTERS.get(show, FILTERS["all"])
    names.read(member.person for member in OnSite.of(found).team)
    is_leader = is_team_leader(found, request.user)
    record = visits.visit_fields(open_visit(found))
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, visits.texts(form.cleaned_data))
    verifying = found.application.stage == Stage.VERIFYING
    context = {
        "application": found.application,
        "visit": OnSite.of(found).visit,
        "team": OnSite.of(found).team,
        "items": [item for item in items if chosen(item)],
        "show": show,
        "verified": sum(bool(row.verdict) for row in OnSite.of(found).own.values()),
        "total": len(OnSite.of(found).item_codes),
        "former": OnSite.of(found).former,
        "reverified": visits.why_again(found),
        "form": form,
        "record": record,
        "signed_over": visits.signed_over(found),
        "mine": mine,
        "may_record": visits.may_record(found, request.user),
        "may_complete": is_leader and verifying,
        "faults": Fault.choices,
        "may_reject": verifying and rules.is_county_coordinator(found, request.user),
        "findings": door.findings("application.complete_verification", found) if verifying else (),
    }
    return render(request, "verification/record.html", context | extra, status=status)


def _recusal(found: Case, mine: VisitMember | None) -> list[str]:
    """Why the member before the page has to step aside, if so."""
    return why_not(found, mine.person) if mine else []


@login_required
@require_POST
def declare(request: PersonRequest, pk: int) -> HttpResponse:
    """The verifier declares, in person, to have no interest in the applicant."""
    found = _site_case(request, pk)
    member = _membership(found, request)
    if not OnSite.of(found).is_at_work:
        raise Http404
    try:
        visits.declare_no_interest(member)
    except Refusal as refused:
        return _record_page(
            request, found, site_form(found, None), REFUSED, refused=refused.findings
        )
    messages.success(request, _("已签署回避承诺。"))
    return redirect("applications:verify", pk)


@login_required
@require_POST
def sign(request: PersonRequest, pk: int) -> HttpResponse:
    found = _site_case(request, pk)
    member = _membership(found, request)
    try:
        visits.sign(member, seen=Seen.of(request.POST))
    except Refusal as refused:
        found = _site_case(request, pk)
        return _record_page(
            request, found, site_form(found, None), REFUSED, refused=refused.findings
        )
    messages.success(request, _("已签字。记录如有改动，需要重新签字。"))
    return redirect("applications:verify", pk)


@login_required
@require_POST
def reject(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator ends it: what was found on site does not meet the standard."""
    found = _site_case(request, pk)
    if not rules.is_county_coordinator(found, request.user):
        raise Http404
    opinion, fault = typed_text(request.POST, "opinion"), Fault.typed(request.POST.get("fault"))
    try:
        sure.ask(request.POST)
        door.perform(
            "application.reject",
            pk,
            expected_version=page_version(request),
            act=Act(opinion=opinion, fault=fault),
            **by_form(request),
        )
    except Refusal as refused:
        fresh = case_in_scope(request, pk)
        return _record_page(
            request,
            fresh,
            site_form(fresh, None),
            REFUSED,
            refused=refused.findings,
            opinion=opinion,
            fault=fault,
        )
    messages.success(request, _("已作出不通过的决定，已通知申报单位。"))
    return redirect("applications:case", pk)


@login_required
@require_http_methods(["GET", "POST"])
def measure(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One item on site: declared beside measured."""
    if autosave.is_asked(request):
        return site_autosave.save_measurement(request, pk, code)
    found = _site_case(request, pk)
    stored = items.named(found.application.standard_id, code)
    if not visits.may_record(found, request.user):
        if request.method == "POST" and _has_declared(found, request):
            return too_late(request, found.application, recused(found, request.user))
        raise Http404
    form = measure_form(request, found, code)
    if form.is_bound:
        try:
            keep(found, form, request)
        except Refusal as refused:
            return too_late(request, found.application, refused)
        if form.is_valid() and not form.conflicts:
            messages.success(request, _("第 %(code)s 条核查记录已保存。") % {"code": code})
            return redirect(*_after(request, found, code))
    return render(
        request,
        "verification/measure.html",
        _measure_context(request, found, stored, form),
        status=status_of(form.errors or form.conflicts),
    )


def _has_declared(found: Case, request: PersonRequest) -> bool:
    member = visits.membership(found, request.user)
    return member is not None and member.no_interest_declared_at is not None


def _after(request: PersonRequest, found: Case, code: str) -> tuple[Any, ...]:
    codes = [entry.code for entry in found.standard.items]
    following = codes[codes.index(code) + 1 :]
    if "continue" in request.POST and following:
        return ("applications:measure", found.application.pk, following[0])
    return ("applications:verify", found.application.pk)


def _measure_context(
    request: PersonRequest, found: Case, stored: Item, form: MeasureForm
) -> dict[str, Any]:
    codes = [entry.code for entry in found.standard.items]
    place = codes.index(stored.code)
    record = visits.record_of(found, stored.code)
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, form.said())
    return {
        "application": found.application,
        "item": stored,
        "form": form,
        "record": record,
        "own": found.answers.get(stored.code),
        "first_review": Review.of(found).marks.get(stored.code),
        "former": in_words_of(form.item, OnSite.of(found).former.get(stored.code)),
        "reverified": visits.why_again(found),
        "evidence": [file for file in found.evidence if stored.code in file.item_codes],
        "links": found.links_of(stored.code),
        "previous": codes[place - 1] if place else None,
        "next": codes[place + 1] if place + 1 < len(codes) else None,
        "place": place + 1,
        "count": len(codes),
        "definitions": found.definitions_of(form.item),
        "phrases": form.item.phrases,
    }
