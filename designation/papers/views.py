"""Pages on which a county keeps its own Word templates of papers."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.evidence.names import DOCX
from designation.organizations.models import Jurisdiction
from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Finding, Refusal
from designation.site.text import whole_number

from . import fields_document, templates, word
from .fields import PAPERS, described
from .forms import TemplateForm
from .rules import kept_areas

_SEEN = "standing"


def _area(request: PersonRequest, pk: int) -> Jurisdiction:
    return get_object_or_404(kept_areas(request.user), pk=pk)


@login_required
@require_GET
def kinds(request: PersonRequest, area: int) -> HttpResponse:
    """Every kind of paper, and whose template it is set by. One statement."""
    found = _area(request, area)
    in_use = templates.standing_by_kind(found)
    rows = [(kind, paper.NAME, in_use.get(kind)) for kind, paper in PAPERS.items()]
    return render(request, "papers/kinds.html", {"area": found, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def template(request: PersonRequest, area: int, kind: str) -> HttpResponse:
    """The fields of one kind, and the form in which its template is brought."""
    found = _area(request, area)
    if kind not in PAPERS:
        raise Http404
    if request.method == "GET":
        return _page(request, found, kind, TemplateForm())
    form = TemplateForm(request.POST, request.FILES)
    received = form.received() if form.is_valid() else None

    def brought(_form: TemplateForm) -> None:
        assert received is not None  # noqa: S101 - a form that is kept has been judged
        templates.bring(found, kind, received, seen=_seen(request), actor=request.user)

    if received is not None and kept(form, brought, at="file"):
        messages.success(request, _("本县模板已换用，以后生成的 Word 文书按它排版。"))
        return redirect("papers:template", found.pk, kind)
    return _page(request, found, kind, form)


def _seen(request: PersonRequest) -> templates.Seen:
    return templates.Seen(whole_number(request.POST.get(_SEEN, "")))


def _page(
    request: PersonRequest,
    area: Jurisdiction,
    kind: str,
    form: TemplateForm,
    refused: tuple[Finding, ...] = (),
) -> HttpResponse:
    versions = list(templates.of(area, kind))
    context: dict[str, Any] = {
        "area": area,
        "kind": kind,
        "name": PAPERS[kind].NAME,
        "form": form,
        "refused": refused,
        "versions": versions,
        "standing": next((one for one in versions if one.ended_at is None), None),
        "in_use": templates.standing_by_kind(area).get(kind),
        "fields": [
            (name, says, list(described(row)) if row else [])
            for name, says, row in fields_document.of_kind(kind)
        ],
        "tags": fields_document.TAGS,
    }
    status = REFUSED if refused else status_of(form.errors)
    return render(request, "papers/template.html", context, status=status)


@login_required
@require_GET
def file(request: PersonRequest, area: int, kind: str) -> FileResponse:
    """The template that is in use, to be changed in a word processor."""
    found = _area(request, area)
    if kind not in PAPERS:
        raise Http404
    own = templates.standing(found, kind)
    content = bytes(own.content) if own else word.own_template(kind)
    name = own.file_name if own else f"{PAPERS[kind].NAME}.docx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=DOCX)


@login_required
@require_POST
def end(request: PersonRequest, area: int, kind: str) -> HttpResponse:
    found = _area(request, area)
    if kind not in PAPERS:
        raise Http404
    try:
        templates.end(found, kind, seen=_seen(request), actor=request.user)
    except Refusal as refused:
        return _page(request, found, kind, TemplateForm(), refused.findings)
    messages.success(request, _("已恢复系统模板，本县模板仍留存。"))
    return redirect("papers:template", found.pk, kind)
