"""The papers of an application to take away, and the slot for the signed and sealed page."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.applications import seals
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.requests import PersonRequest
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ...case import letters, rules
from ...case.facts import Case
from ...case.handed_in import as_read_by, submission_as_it_stands
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import papers as composed
from . import signed_page
from .forms import SignedPageForm


@login_required
@require_http_methods(["GET", "POST"])
def papers(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    if request.method == "POST":
        return _brought(request, found)
    return _page(request, found, SignedPageForm())


def _brought(request: PersonRequest, found: Case) -> HttpResponse:
    if not rules.is_applicant(found, request.user):
        raise Http404
    form = SignedPageForm(request.POST, request.FILES)
    received = form.received() if form.is_valid() else None
    if received is None:
        return _page(request, found, form)
    is_first = not seals.of(found.application).exists()
    try:
        signed_page.bring(found, received, title=form.cleaned_data["title"], actor=request.user)
    except EvidenceRefused as refused:
        form.add_error("file", str(refused))
        return _page(request, found, form)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    told = _("签章页已收下。") if is_first else _("签章页已收下，原来的仍留存。")
    messages.success(request, told)
    return redirect("applications:papers", found.application.pk)


def _page(request: PersonRequest, found: Case, form: SignedPageForm) -> HttpResponse:
    read = as_read_by(found, request.user)
    context: dict[str, Any] = {
        "application": found.application,
        "papers": [(kind, one.name) for kind, one in composed.KINDS.items()],
        "is_draft": submission_as_it_stands(read) is None,
        "letters": letters.of(found),
        "visits": letters.records(found),
        "pages": signed_page.shown(found, request.user),
        "form": form if signed_page.may_bring(found, request.user) else None,
    }
    return render(request, "self_assessment/papers.html", context, status=status_of(form.errors))


@login_required
@require_GET
def paper(request: PersonRequest, pk: int, kind: str, suffix: str) -> FileResponse:
    if kind not in composed.KINDS or suffix not in composed.FORMATS:
        raise Http404
    case = as_read_by(case_in_scope(request, pk), request.user)
    return FileResponse(
        BytesIO(composed.file(case, kind, suffix)),
        as_attachment=suffix != "pdf",
        filename=composed.file_name(case, kind, suffix),
        content_type=composed.CONTENT_TYPES[suffix],
    )
