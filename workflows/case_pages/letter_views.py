"""What a unit is written about its application, to be taken away by whoever sees the case."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from designation.organizations.requests import PersonRequest
from designation.papers import files

from ..case import letters
from ..case.opened import case_in_scope


@login_required
@require_GET
def letter(request: PersonRequest, pk: int, decision: int, suffix: str) -> FileResponse:
    """The letter of one of its decisions."""
    case = case_in_scope(request, pk)
    paper = letters.paper(case, decision)
    if paper is None:
        raise Http404
    return files.answer(
        request, paper, suffix, area=case.application.round.jurisdiction, of=decision
    )


@login_required
@require_GET
def visit_record(request: PersonRequest, pk: int, visit: int) -> FileResponse:
    """The record of one of its visits, once a decision released it."""
    found = letters.record(case_in_scope(request, pk), visit)
    if found is None:
        raise Http404
    content, name = found
    return FileResponse(BytesIO(content), filename=name, content_type="application/pdf")
