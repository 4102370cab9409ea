"""Pages of the self-assessment, and the case page that every role shares."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation import clock
from designation.applications import answers, evidence
from designation.applications.models import Application, Stage
from designation.organizations.models import Organization, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.rounds.models import Round
from standards import wording
from standards.categories import Category
from standards.models import Item

from ... import case_page, editing, transitions
from ...cases import Act, Case
from ...flow import Course
from ...records import Correction
from ...scoping import visible_applications, waiting_for
from ..first_review import marks
from .forms import EvidenceForm, ItemForm, SummaryForm, initial

PAGE_SIZE = 25
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
REFUSED = 422


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
    application = get_object_or_404(
        visible_applications(request.user).select_related(*columns), pk=pk
    )
    return Case(application, actor=request.user)


@login_required
@require_GET
def application_list(request: PersonRequest) -> HttpResponse:
    """At most six statements, whatever the number of rows."""
    waiting = request.GET.get("waiting") == "1"
    scope = waiting_for(request.user) if waiting else visible_applications(request.user)
    rows = _filtered(scope, request.GET).select_related(
        "organization", "round", "holder_organization"
    )
    order = ("due_at", "pk") if waiting else ("-stage_since", "-pk")
    page = Paginator(rows.order_by(*order), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "applications/list.html",
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
    if text := chosen.get("text", "").strip()[:60]:
        condition &= Q(organization__name_zh__icontains=text) | Q(
            organization__name_en__icontains=text
        )
    return rows.filter(condition)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, round_id: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.exclude(status=Round.Status.DRAFT), pk=round_id)
    mine = seats(request.user).organizations(Role.PREPARER, Role.HEAD)
    organizations = Organization.objects.filter(pk__in=mine, is_active=True)
    if not organizations:
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        organization = get_object_or_404(
            organizations, pk=_number(request.POST.get("organization"))
        )
        try:
            application = transitions.start(round_, organization, actor=request.user)
        except transitions.Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已建立申报，请逐条填写自评。"))
            return redirect("applications:case", application.pk)
    return render(
        request,
        "applications/start.html",
        {"round": round_, "organizations": organizations, "findings": findings},
        status=REFUSED if findings else 200,
    )


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise Http404 from None


@login_required
@require_GET
def case(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    marks.open_submission(found, request.user)
    context = case_page.context(found, request.user, request.GET.get("show", "all"))
    return render(request, "applications/case.html", context)


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
    """The version of the application for which the form was shown."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


def _label(name: str) -> str:
    return next(iter(getattr(Course, name).get_transitions())).label


def _refused(request: PersonRequest, pk: int, refused: transitions.Refused) -> HttpResponse:
    context = case_page.context(case_in_scope(request, pk), request.user)
    context["refused"] = refused.findings
    return render(request, "applications/case.html", context, status=REFUSED)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """A page of its own, since it cannot be taken back."""
    found = case_in_scope(request, pk)
    if not case_page.may_withdraw(found, request.user):
        raise Http404
    findings: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            transitions.perform(
                "withdraw",
                pk,
                actor=request.user,
                expected_version=page_version(request),
                act=Act(opinion=request.POST.get("opinion", "")[:2000]),
            )
        except transitions.Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("申报已撤回。"))
            return redirect("applications:case", pk)
    return render(
        request,
        "applications/withdraw.html",
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
    if not editing.may_edit_summary(found, request.user):
        raise Http404
    form = SummaryForm(request.POST or None, instance=found.application)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=["summary", "approving_meeting_on"])
        messages.success(request, _("简介已保存。"))
        return redirect("applications:case", pk)
    return render(
        request,
        "applications/summary.html",
        {"application": found.application, "form": form},
        status=REFUSED if form.errors else 200,
    )


def _stored_item(found: Case, code: str) -> Item:
    return get_object_or_404(Item, version_id=found.application.standard_id, code=code)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    unlocked = code in editing.unlocked_items(found, request.user)
    if request.method == "POST" and not unlocked:
        return _locked(request, found, stored)
    form = _item_form(request, found, code)
    if request.method == "POST":
        _keep(found, stored, form, request.user)
        if getattr(request, "htmx", False):
            return render(request, "applications/_hints.html", _hints(found, code, form))
        if form.is_valid():
            messages.success(request, _("第 %(code)s 条已保存。") % {"code": code})
            return redirect(_after(request, found, code))
    context = _item_context(found, stored, form) | {"unlocked": unlocked}
    return render(request, "applications/item.html", context, status=_status(form))


def _status(form: ItemForm) -> int:
    return REFUSED if form.is_bound and form.errors else 200


def _item_form(request: PersonRequest, found: Case, code: str) -> ItemForm:
    rules = found.standard.item(code)
    answer, correction = found.answers.get(code), found.corrections.get(code)
    shown = initial(
        rules,
        answer.values if answer else {},
        answer.conclusion if answer else "",
        answer.note if answer else "",
    )
    if correction is not None:
        shown["reply"] = correction.reply
    data = request.POST if request.method == "POST" else None
    return ItemForm(rules, data, initial=shown, correction=correction is not None)


def _keep(found: Case, stored: Item, form: ItemForm, person: Any) -> None:
    """Save what is good; what was refused keeps its last good value and stays in the form."""
    form.is_valid()
    before = found.answers.get(stored.code)
    kept = dict(form.accepted)
    if before is not None:
        for refused in form.refused_codes() & before.values.keys():
            kept[refused] = before.values[refused]
    cleaned = form.cleaned_data
    answer = answers.save_item(
        found.application,
        stored,
        values=kept,
        conclusion=cleaned.get("conclusion", ""),
        note=cleaned.get("note", before.note if before else ""),
        actor=person,
    )
    found.answers[stored.code] = answer
    found.__dict__.pop("declared", None)
    found.__dict__.pop("declared_report", None)
    if "reply" in cleaned:
        Correction.objects.filter(pk=found.corrections[stored.code].pk).update(
            reply=cleaned["reply"], replied_at=clock.now()
        )


def _hints(found: Case, code: str, form: ItemForm) -> dict[str, Any]:
    """What this item still lacks, by the same engine that the gate asks."""
    findings = [finding for finding in found.declared_report.findings if finding.item_code == code]
    return {
        "hints": [
            (
                wording.rule(found.standard.check(f.check_code)),
                wording.message(found.standard.check(f.check_code), f),
                f.blocking,
            )
            for f in findings
        ],
        "form": form,
        "saved_at": clock.now(),
        "is_bound": form.is_bound,
    }


def _item_context(found: Case, stored: Item, form: ItemForm) -> dict[str, Any]:
    codes = [entry.code for entry in found.standard.items]
    place = codes.index(stored.code)
    files = [file for file in found.evidence if stored.code in file.item_codes]
    return {
        "application": found.application,
        "item": stored,
        "form": form,
        "phrases": sorted({check.phrase for check in form.item.checks}, key=len, reverse=True),
        "correction": found.corrections.get(stored.code),
        "evidence": files,
        "other_evidence": [file for file in found.evidence if file not in files],
        "evidence_form": EvidenceForm(),
        "previous": codes[place - 1] if place else None,
        "next": codes[place + 1] if place + 1 < len(codes) else None,
        "place": place + 1,
        "count": len(codes),
        **_hints(found, stored.code, form),
    }


def _after(request: PersonRequest, found: Case, code: str) -> str:
    codes = [entry.code for entry in found.standard.items]
    following = codes[codes.index(code) + 1 :]
    if "continue" in request.POST and following:
        return reverse("applications:item", args=[found.application.pk, following[0]])
    return reverse("applications:case", args=[found.application.pk])


def _locked(request: PersonRequest, found: Case, stored: Item) -> HttpResponse:
    """What was typed stays on the page, with why it cannot be kept now."""
    form = _item_form(request, found, stored.code)
    form.is_valid()
    form.add_error(None, _("本条现在不能修改：申报已经提交，或者本条不在补正清单中。"))
    context = _item_context(found, stored, form) | {"unlocked": False}
    return render(request, "applications/item.html", context, status=REFUSED)


@login_required
@require_POST
def evidence_add(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    if code not in editing.unlocked_items(found, request.user):
        return _locked(request, found, stored)
    upload = EvidenceForm(request.POST, request.FILES)
    if upload.is_valid():
        try:
            evidence.attach(
                found.application,
                upload.cleaned_data["file"],
                title=upload.cleaned_data["title"],
                items=[stored],
                actor=request.user,
            )
        except evidence.EvidenceRefused as refused:
            upload.add_error("file", str(refused))
        else:
            messages.success(request, _("材料已上传。"))
            return redirect("applications:item", pk, code)
    answer = found.answers.get(code)
    rules = found.standard.item(code)
    form = ItemForm(
        rules,
        initial=initial(
            rules,
            answer.values if answer else {},
            answer.conclusion if answer else "",
            answer.note if answer else "",
        ),
        correction=code in found.corrections,
    )
    context = _item_context(found, stored, form) | {"unlocked": True, "evidence_form": upload}
    return render(request, "applications/item.html", context, status=REFUSED)


@login_required
@require_POST
def evidence_cite(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One upload reused for another item."""
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    if code not in editing.unlocked_items(found, request.user):
        return _locked(request, found, stored)
    chosen = _number(request.POST.get("evidence"))
    file = next((entry for entry in found.evidence if entry.pk == chosen), None)
    if file is None:
        raise Http404
    evidence.cite(file, stored)
    messages.success(request, _("已引用材料。"))
    return redirect("applications:item", pk, code)


@login_required
@require_POST
def evidence_remove(request: PersonRequest, pk: int, code: str, evidence_id: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    if code not in editing.unlocked_items(found, request.user):
        return _locked(request, found, stored)
    file = next((entry for entry in found.evidence if entry.pk == evidence_id), None)
    if file is None:
        raise Http404
    evidence.remove(file, stored)
    messages.success(request, _("已从本条移除材料。"))
    return redirect("applications:item", pk, code)


@login_required
@require_GET
def evidence_file(request: PersonRequest, pk: int, evidence_id: int) -> FileResponse:
    """The file itself, to those who may see the application."""
    found = case_in_scope(request, pk)
    file = get_object_or_404(found.application.evidence, pk=evidence_id)
    response = FileResponse(file.file.open("rb"), as_attachment=True, filename=file.file_name)
    response["Content-Type"] = file.media_type
    return response
