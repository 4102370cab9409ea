"""What the applicant sends of one item: the answer and its evidence are one form.

So neither costs the other: the buttons for evidence send the whole form, and what was typed is
kept before the file is judged. The form stands on the page of its section.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications import evidence
from designation.applications.models import Evidence
from designation.applications.published import PageRefused
from designation.evidence import contents, one_by_one
from designation.evidence.names import as_attachment
from designation.organizations.requests import PersonRequest
from designation.site import autosave
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.text import number_or_404
from standards.models import Item

from ...case import cited_evidence, items
from ...case.facts import Case
from ...case.opened import case_in_scope
from . import item_answers, item_autosave, item_evidence, item_upload, section_page, sections
from .forms import EvidenceForm, ItemForm
from .last_time import LastTime
from .section_page import Returned, item_form


@login_required
@require_http_methods(["GET", "POST"])
def item(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One item saves itself, or is sent whole; to look at it leads to its place."""
    if autosave.is_asked(request):
        return item_autosave.save_some(request, pk, code)
    found = case_in_scope(request, pk)
    if request.method == "GET":
        return redirect(_place(found, code))
    stored = _stored_item(found, code)
    form = item_form(found, found.standard.item(code), request.POST)
    upload = _upload(request, code)
    try:
        _keep(request, found, stored, form)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, form, upload)
    if not form.is_valid() or form.conflicts or upload.errors:
        return _page(request, found, form, upload)
    messages.success(request, _("第 %(code)s 条已保存。") % {"code": code})
    return redirect(_place(found, code))


def _stored_item(found: Case, code: str) -> Item:
    return items.named(found.application.standard_id, code)


def _number(found: Case, code: str) -> int:
    number = sections.number_of(found.standard, code)
    if number is None:
        raise Http404
    return number


def _place(found: Case, code: str) -> str:
    """The item on the page of its section; 404 for a code that the standard does not have."""
    _number(found, code)
    return sections.address(found.application, code)


def _keep(request: PersonRequest, found: Case, stored: Item, form: ItemForm) -> None:
    """Save what is good; what was refused keeps its last good value and stays in the form.

    What somebody else changed meanwhile is told at its field. Raises Refusal when
    the item is locked.
    """
    seen = Seen.of(request.POST)
    sent = form.sent(seen=seen)
    form.tell(item_answers.save(found, stored, sent, actor=request.user))


def _page(
    request: PersonRequest, found: Case, form: ItemForm, upload: EvidenceForm
) -> HttpResponse:
    number = _number(found, form.item.code)
    return section_page.show(request, found, number, Returned(form, upload))


def _locked(
    request: PersonRequest, found: Case, form: ItemForm, upload: EvidenceForm
) -> HttpResponse:
    """What was typed stays on the page, with why it cannot be kept now; files in the library."""
    fresh = case_in_scope(request, found.application.pk)
    item_upload.keep_for_later(request, fresh, upload)
    code = form.item.code
    if not form.is_bound:
        messages.error(request, item_autosave.locked_message())
        response = section_page.show(request, fresh, _number(fresh, code))
        response.status_code = REFUSED
        return response
    form.is_valid()
    form.add_error(None, item_autosave.locked_message())
    return _page(request, fresh, form, EvidenceForm(of=code))


def _form_along(request: PersonRequest, found: Case, code: str) -> ItemForm:
    """The form as it came along with a button for evidence; unbound when none came."""
    data = request.POST if "answer" in request.POST else None
    return item_form(found, found.standard.item(code), data)


@login_required
@require_POST
def evidence_add(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    upload = EvidenceForm(request.POST, request.FILES, of=code)
    if one_by_one.is_asked(request):
        return item_upload.take_one(request, found, stored, upload)
    form = _form_along(request, found, code)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, form, upload)
    return _evidence_changed(request, found, form, upload)


def _upload(request: PersonRequest, code: str) -> EvidenceForm:
    """A chosen file goes with whichever button is pressed; unbound when none was chosen."""
    if request.FILES:
        return EvidenceForm(request.POST, request.FILES, of=code)
    return EvidenceForm(of=code, initial={"title": request.POST.get("title", "")})


def _attach(found: Case, stored: Item, upload: EvidenceForm, request: PersonRequest) -> None:
    """Attach the files and say what became of each; a refused one is told at its field.

    Each is judged before the application is held: a photo takes its time. One that comes too late
    for the item is kept in the library, and said to be.
    """
    if not upload.is_valid():
        return
    new = 0
    for title, received in upload.judged():
        try:
            kept = item_evidence.attach(found, stored, received, title=title, actor=request.user)
        except evidence.EvidenceRefused as refused:
            upload.refuse(str(refused), [received.name])
            continue
        new += not kept.found_again
        if kept.found_again:
            messages.warning(request, evidence.outcome(kept, title))
        elif new == 1:
            told = evidence.outcome(kept, title)
    if new:
        several = _("%(count)s 个材料已上传。") % {"count": new}
        messages.success(request, told if new == 1 else several)
    found.forget("evidence")


def _evidence_changed(
    request: PersonRequest, found: Case, form: ItemForm, upload: EvidenceForm
) -> HttpResponse:
    """Back to the item; what was refused of the answer or the file stays to be mended."""
    if form.errors or form.conflicts or upload.errors:
        return _page(request, found, form, upload)
    return redirect(_place(found, form.item.code))


@login_required
@require_POST
def evidence_cite(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One upload reused for another item; an ``entry`` of the library, or a page, of last time."""
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _form_along(request, found, code)
    cite, upload = _cited(request, found, stored), _upload(request, code)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        _cite(cite, request)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, form, upload)
    return _evidence_changed(request, found, form, upload)


def _cited(request: PersonRequest, found: Case, stored: Item) -> Callable[[], object]:
    """What citing the chosen one is; 404 for a file that is not the applicant's."""
    if "address" in request.POST:
        address, last = request.POST["address"], LastTime.of(found)
        return lambda: item_evidence.link(
            found, stored, last.page(stored, address), actor=request.user
        )
    if "entry" in request.POST:
        entry = item_evidence.entry_or_404(found, number_or_404(request.POST["entry"]))
        return lambda: item_evidence.choose(found, stored, entry, actor=request.user)
    file = _file(found, number_or_404(request.POST.get("evidence")))
    return lambda: item_evidence.cite(found, stored, file, actor=request.user)


def _cite(cite: Callable[[], object], request: PersonRequest) -> None:
    try:
        cite()
    except (evidence.EvidenceRefused, PageRefused) as gone:
        messages.error(request, str(gone))
    else:
        messages.success(request, _("已引用材料。"))


@login_required
@require_POST
def evidence_remove(request: PersonRequest, pk: int, code: str, evidence_id: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    stored = _stored_item(found, code)
    form = _form_along(request, found, code)
    file, upload = _file(found, evidence_id), _upload(request, code)
    try:
        if form.is_bound:
            _keep(request, found, stored, form)
        item_evidence.remove(found, stored, file, actor=request.user)
        _attach(found, stored, upload, request)
    except Refusal:
        return _locked(request, found, form, upload)
    messages.success(request, _("已从本条移除材料；文件仍在资料库，可以重新选用。"))
    return _evidence_changed(request, found, form, upload)


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
