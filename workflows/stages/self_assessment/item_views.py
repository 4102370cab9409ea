"""The page of one item: the answer and its evidence are one form, so that neither costs the other.

The buttons for evidence send the whole form: what was typed is kept before the file is judged.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications import evidence
from designation.applications.models import Evidence
from designation.evidence import contents
from designation.evidence.names import as_attachment
from designation.organizations.requests import PersonRequest
from designation.site import autosave
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.text import number_or_404
from standards.models import Item

from ...case import cited_evidence
from ...case.facts import Case
from ...case.items import of_standard
from ...case.opened import case_in_scope
from . import editing, item_answers, item_autosave, item_evidence
from .forms import EvidenceForm, ItemForm, initial


@login_required
@require_http_methods(["GET", "POST"])
def item(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    if autosave.is_asked(request):
        return item_autosave.save_some(request, pk, code)
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_form(request, found, code, is_typed=request.method == "POST")
    if not form.is_bound:
        return _page(request, found, stored, form)
    upload = _upload(request)
    try:
        _keep(request, found, stored, form)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, stored, form)
    if not form.is_valid() or form.conflicts or upload.errors:
        return _page(request, found, stored, form, upload)
    messages.success(request, _("第 %(code)s 条已保存。") % {"code": code})
    return redirect(_after(request, found, code))


def _stored_item(found: Case, code: str) -> Item:
    return get_object_or_404(of_standard(found.application.standard_id), code=code)


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

    What somebody else changed meanwhile is told at its field. Raises Refusal when
    the item is locked.
    """
    seen = Seen.of(request.POST)
    sent = form.sent(seen=seen)
    form.tell(item_answers.save(found, stored, sent, actor=request.user))


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
    if upload is None or (upload.is_bound and not upload.errors):
        # Attached already: the page's script need not choose the file again.
        upload = EvidenceForm(is_taken=upload is not None)
    record = item_answers.record_of(found, stored.code)
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, form.said())
    context = {
        "application": found.application,
        "item": stored,
        "form": form,
        "record": record,
        "unlocked": stored.code in editing.unlocked_items(found, request.user),
        "definitions": found.definitions_of(form.item),
        "phrases": sorted({check.phrase for check in form.item.checks}, key=len, reverse=True),
        "correction": found.corrections.get(stored.code),
        "evidence": files,
        "other_evidence": [file for file in found.evidence if file not in files],
        "evidence_form": upload,
        "previous": codes[place - 1] if place else None,
        "next": codes[place + 1] if place + 1 < len(codes) else None,
        "place": place + 1,
        "count": len(codes),
        "hints": item_autosave.hints(found, stored.code),
    }
    refused = form.errors or upload.errors or form.conflicts
    return render(request, "self_assessment/item.html", context, status=status_of(refused))


def _after(request: PersonRequest, found: Case, code: str) -> str:
    codes = [entry.code for entry in found.standard.items]
    following = codes[codes.index(code) + 1 :]
    if "continue" in request.POST and following:
        return reverse("applications:item", args=[found.application.pk, following[0]])
    return reverse("applications:case", args=[found.application.pk])


def _locked(request: PersonRequest, found: Case, stored: Item, form: ItemForm) -> HttpResponse:
    """What was typed stays on the page, with why it cannot be kept now."""
    fresh = case_in_scope(request, found.application.pk)
    if not form.is_bound:
        messages.error(request, item_autosave.locked_message())
        response = _page(request, fresh, stored, form)
        response.status_code = REFUSED
        return response
    form.is_valid()
    form.add_error(None, item_autosave.locked_message())
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
    except Refusal:
        return _locked(request, found, stored, form)
    return _evidence_changed(request, found, stored, form, upload)


def _upload(request: PersonRequest) -> EvidenceForm:
    """A chosen file goes with whichever button is pressed; unbound when none was chosen."""
    if request.FILES:
        return EvidenceForm(request.POST, request.FILES)
    return EvidenceForm(initial={"title": request.POST.get("title", "")})


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
    found.forget("evidence")


def _evidence_changed(
    request: PersonRequest, found: Case, stored: Item, form: ItemForm, upload: EvidenceForm
) -> HttpResponse:
    """Back to the item; what was refused of the answer or the file stays to be mended."""
    if form.errors or form.conflicts or upload.errors:
        return _page(request, found, stored, form, upload)
    return redirect("applications:item", found.application.pk, stored.code)


@login_required
@require_POST
def evidence_cite(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One upload reused for another item."""
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_page_form(request, found, code)
    file, upload = _file(found, number_or_404(request.POST.get("evidence"))), _upload(request)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        _cite(found, stored, file, request)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, stored, form)
    return _evidence_changed(request, found, stored, form, upload)


def _cite(found: Case, stored: Item, file: Evidence, request: PersonRequest) -> None:
    try:
        item_evidence.cite(found, stored, file, actor=request.user)
    except evidence.EvidenceRefused as gone:
        messages.error(request, str(gone))
    else:
        messages.success(request, _("已引用材料。"))


@login_required
@require_POST
def evidence_remove(request: PersonRequest, pk: int, code: str, evidence_id: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _item_page_form(request, found, code)
    file, upload = _file(found, evidence_id), _upload(request)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        item_evidence.remove(found, stored, file, actor=request.user)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, stored, form)
    messages.success(request, _("已从本条移除材料。"))
    return _evidence_changed(request, found, stored, form, upload)


def _file(found: Case, evidence_id: int) -> Evidence:
    """Also one that was taken away while the page stood open: what came with it is kept."""
    return get_object_or_404(found.application.evidence, pk=evidence_id)


@login_required
@require_GET
def evidence_file(request: PersonRequest, pk: int, evidence_id: int) -> FileResponse | HttpResponse:
    """The file itself, to those who may read it."""
    readable = cited_evidence.readable_of(pk, request.user).select_related("entry__stored")
    file = get_object_or_404(readable, pk=evidence_id)
    try:
        content = contents.opened(file.entry.stored, file.title)
    except evidence.EvidenceRefused as lost:
        messages.error(request, str(lost))
        return redirect("applications:case", pk)
    return as_attachment(content, file.file_name, file.media_type, plain=f"{pk}-{file.pk}")
