"""The page of one item: the answer and its evidence are one form, so that neither costs the other.

The buttons for evidence send the whole form: what was typed is kept before the file is judged.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation import clock
from designation.applications import evidence
from designation.evidence.names import as_attachment
from designation.organizations.requests import PersonRequest
from designation.site.shown import Seen
from designation.site.text import number_or_404
from standards import evaluation, wording
from standards.models import Item

from ... import editing, transitions
from ...cases import Case
from . import item_answers, item_evidence
from .forms import EvidenceForm, ItemForm, initial
from .views import REFUSED, case_in_scope


@login_required
@require_http_methods(["GET", "POST"])
def item(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_form(request, found, code, is_typed=request.method == "POST")
    if not form.is_bound:
        return _page(request, found, stored, form)
    try:
        _keep(request, found, stored, form)
    except transitions.Refused:
        return _locked(request, found, stored, form)
    if getattr(request, "htmx", False):
        return render(request, "applications/_hints.html", _hints(found, code, form))
    if not form.is_valid() or form.conflicts:
        return _page(request, found, stored, form)
    messages.success(request, _("第 %(code)s 条已保存。") % {"code": code})
    return redirect(_after(request, found, code))


def _stored_item(found: Case, code: str) -> Item:
    return get_object_or_404(Item, version_id=found.application.standard_id, code=code)


def _item_form(request: PersonRequest, found: Case, code: str, *, is_typed: bool) -> ItemForm:
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
    data = request.POST if is_typed else None
    return ItemForm(
        rules,
        data,
        initial=shown,
        correction=correction is not None,
        periods=found.periods,
    )


def _keep(request: PersonRequest, found: Case, stored: Item, form: ItemForm) -> None:
    """Save what is good; what was refused keeps its last good value and stays in the form.

    What somebody else changed meanwhile is told at its field. Raises transitions.Refused when
    the item is locked.
    """
    form.is_valid()
    cleaned, seen, refused = form.cleaned_data, Seen.of(request.POST), form.refused_codes()
    asked = [check.code for check in form.item.checks if check.code not in refused]
    sent = item_answers.Sent(
        values={code: form.accepted.get(code) for code in asked},
        conclusion=cleaned.get("conclusion"),
        note=cleaned.get("note"),
        reply=cleaned.get("reply"),
        seen=seen,
    )
    form.tell(item_answers.save(found, stored, sent, actor=request.user), seen)


def _hints(found: Case, code: str, form: ItemForm) -> dict[str, Any]:
    """What this item still lacks, by the same engine that the gate asks."""
    findings = [finding for finding in found.declared_report.findings if finding.item_code == code]
    return {
        "hints": [
            (
                wording.rule(found.standard.check(f.check_code)),
                wording.message(found.standard.check(f.check_code), f),
                f.blocking,
                f.reason == evaluation.NOT_ANSWERED,
            )
            for f in findings
        ],
        "form": form,
        "saved_at": clock.now(),
        "is_bound": form.is_bound,
    }


def _page(
    request: PersonRequest,
    found: Case,
    stored: Item,
    form: ItemForm,
    upload: EvidenceForm | None = None,
) -> HttpResponse:
    codes = [entry.code for entry in found.standard.items]
    place = codes.index(stored.code)
    files = [file for file in found.evidence if stored.code in file.item_codes]
    upload = upload or EvidenceForm()
    context = {
        "application": found.application,
        "item": stored,
        "form": form,
        "record": item_answers.record_of(found, stored.code),
        "unlocked": stored.code in editing.unlocked_items(found, request.user),
        "phrases": sorted({check.phrase for check in form.item.checks}, key=len, reverse=True),
        "correction": found.corrections.get(stored.code),
        "evidence": files,
        "other_evidence": [file for file in found.evidence if file not in files],
        "evidence_form": upload,
        "previous": codes[place - 1] if place else None,
        "next": codes[place + 1] if place + 1 < len(codes) else None,
        "place": place + 1,
        "count": len(codes),
        **_hints(found, stored.code, form),
    }
    refused = form.errors or upload.errors or form.conflicts
    return render(request, "applications/item.html", context, status=REFUSED if refused else 200)


def _after(request: PersonRequest, found: Case, code: str) -> str:
    codes = [entry.code for entry in found.standard.items]
    following = codes[codes.index(code) + 1 :]
    if "continue" in request.POST and following:
        return reverse("applications:item", args=[found.application.pk, following[0]])
    return reverse("applications:case", args=[found.application.pk])


def _locked(request: PersonRequest, found: Case, stored: Item, form: ItemForm) -> HttpResponse:
    """What was typed stays on the page, with why it cannot be kept now."""
    fresh = case_in_scope(request, found.application.pk)
    message = _("本条现在不能修改：申报已经提交，或者本条不在补正清单中。")
    if not form.is_bound:
        messages.error(request, message)
        response = _page(request, fresh, stored, form)
        response.status_code = REFUSED
        return response
    form.is_valid()
    form.add_error(None, message)
    if getattr(request, "htmx", False):
        return render(request, "applications/_hints.html", _hints(fresh, stored.code, form))
    return _page(request, fresh, stored, form)


def _item_page_form(request: PersonRequest, found: Case, code: str) -> ItemForm:
    """The form as it came along with a button for evidence; unbound when none came."""
    return _item_form(request, found, code, is_typed="answer" in request.POST)


@login_required
@require_POST
def evidence_add(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_page_form(request, found, code)
    upload = EvidenceForm(request.POST, request.FILES)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        _attach(found, stored, upload, request)
    except transitions.Refused:
        return _locked(request, found, stored, form)
    if upload.errors:
        return _page(request, found, stored, form, upload)
    return _evidence_changed(request, found, stored, form)


def _attach(found: Case, stored: Item, upload: EvidenceForm, request: PersonRequest) -> None:
    """Attach the file and say what became of it; a refused one is told at its field."""
    # Judged before the application is held: a photo takes its time.
    received = upload.received() if upload.is_valid() else None
    if received is None:
        return
    title = upload.cleaned_data["title"]
    try:
        kept = item_evidence.attach(found, stored, received, title=title, actor=request.user)
    except evidence.EvidenceRefused as refused:
        upload.add_error("file", str(refused))
        return
    level = messages.WARNING if kept.found_again else messages.SUCCESS
    messages.add_message(request, level, evidence.outcome(kept, title))


def _evidence_changed(
    request: PersonRequest, found: Case, stored: Item, form: ItemForm
) -> HttpResponse:
    """Back to the item; what was refused of the answer stays to be mended."""
    if form.errors or form.conflicts:
        found.__dict__.pop("evidence", None)
        return _page(request, found, stored, form)
    return redirect("applications:item", found.application.pk, stored.code)


@login_required
@require_POST
def evidence_cite(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One upload reused for another item."""
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_page_form(request, found, code)
    file = _file(found, number_or_404(request.POST.get("evidence")))
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        item_evidence.cite(found, stored, file, actor=request.user)
    except transitions.Refused:
        return _locked(request, found, stored, form)
    messages.success(request, _("已引用材料。"))
    return _evidence_changed(request, found, stored, form)


@login_required
@require_POST
def evidence_remove(request: PersonRequest, pk: int, code: str, evidence_id: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_page_form(request, found, code)
    file = _file(found, evidence_id)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        item_evidence.remove(found, stored, file, actor=request.user)
    except transitions.Refused:
        return _locked(request, found, stored, form)
    messages.success(request, _("已从本条移除材料。"))
    return _evidence_changed(request, found, stored, form)


def _file(found: Case, evidence_id: int) -> Any:
    for file in found.evidence:
        if file.pk == evidence_id:
            return file
    raise Http404


@login_required
@require_GET
def evidence_file(request: PersonRequest, pk: int, evidence_id: int) -> FileResponse:
    """The file itself, to those who may see the application."""
    found = case_in_scope(request, pk)
    file = get_object_or_404(found.application.evidence, pk=evidence_id)
    return as_attachment(
        file.file.open("rb"), file.file_name, file.media_type, plain=f"{pk}-{file.pk}"
    )
