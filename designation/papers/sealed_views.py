"""The slot of a paper: where its sealed copy is put back, and taken again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.evidence import contents
from designation.evidence.names import as_attachment
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import status_of
from designation.site.text import whole_number

from . import sealed, slots
from .forms import SealedCopyForm

_SEEN = "standing"


@login_required
@require_http_methods(["GET", "POST"])
def slot(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """What was put there; and the form, for whoever issues the paper."""
    found = slots.of(kind)
    if found is None:
        raise Http404
    subject = get_object_or_404(found.read_by(request.user), pk=pk)
    may_put = found.role(subject, request.user) is not None
    if request.method == "POST" and not may_put:
        raise Http404
    is_sent = request.method == "POST"
    form = SealedCopyForm(request.POST, request.FILES) if is_sent else SealedCopyForm()
    if is_sent and _is_put(request, form, kind, subject):
        messages.success(request, _("盖章件已收下。以后下载这份文书的 PDF，就是这个盖章件。"))
        if form.was_several:
            messages.info(request, _("几张照片已按选择的顺序合成一个 PDF，请打开核对页序。"))
        return redirect("papers:sealed", kind, pk)
    return _page(request, found, kind, subject, form if may_put else None)


def _is_put(request: PersonRequest, form: SealedCopyForm, kind: str, subject: Any) -> bool:
    received = form.received() if form.is_valid() else None
    seen = whole_number(request.POST.get(_SEEN, ""))

    def put(_form: SealedCopyForm) -> None:
        assert received is not None  # noqa: S101 - a form that is kept has been judged
        sealed.put(kind, subject, received, seen=seen, actor=request.user)

    return received is not None and kept(form, put, at="file")


def _page(
    request: PersonRequest, found: slots.Slot, kind: str, subject: Any, form: SealedCopyForm | None
) -> HttpResponse:
    paper = found.paper(subject)
    if paper is None:
        raise Http404
    copies = sealed.shown(kind, subject, request.user)
    context = {
        "paper": paper,
        "name": paper.NAME,
        "back": found.address(subject),
        "copies": copies,
        "standing": next((one for one in copies if one.replaced_at is None), None),
        "form": form,
    }
    status = status_of(form.errors) if form else 200
    return render(request, "papers/sealed.html", context, status=status)


@login_required
@require_GET
def copy(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file as it was put there."""
    found = sealed.read(pk, request.user)
    if found is None:
        raise Http404
    try:
        content = contents.opened(found.entry.stored, found.entry.title)
    except EvidenceRefused as lost:
        messages.error(request, str(lost))
        return redirect("papers:sealed", found.kind, found.subject_id)
    media_type = found.entry.stored.media_type
    return as_attachment(content, found.entry.title, media_type, plain=str(pk))
