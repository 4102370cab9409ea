"""The receipt of a submission, with all that was handed in; and its copy to keep."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.applications.models import Submission
from designation.organizations.requests import PersonRequest

from ...case import cited_evidence, rules
from ...case.facts import Case
from ...case.handed_in import as_handed_in, reads
from ...case.opened import case_in_scope
from ...declared import place
from . import head_reading, printing


@login_required
@require_GET
def receipt(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    case, submission = _handed_in(request, pk, number)
    here, is_applicant = place(case.application.stage), rules.is_applicant(case, request.user)
    context = {
        "application": case.application,
        "case": case,
        "submission": submission,
        "is_last": submission.pk == case.application.submission_id,
        "stage_words": here.words_for_applicant if is_applicant else here.words,
        "sections": head_reading.read(case),
        "reads_personal": cited_evidence.reads_personal(case, request.user),
    }
    return render(request, "self_assessment/receipt.html", context)


@login_required
@require_GET
def copy(request: PersonRequest, pk: int, number: int) -> FileResponse:
    case, submission = _handed_in(request, pk, number)
    return FileResponse(
        BytesIO(printing.copy_pdf(case, submission)),
        filename=printing.copy_name(case, submission),
        content_type="application/pdf",
    )


def _handed_in(request: PersonRequest, pk: int, number: int) -> tuple[Case, Submission]:
    """Of an application and a submission that the person may read; all others are 404."""
    found = case_in_scope(request, pk)
    rows = found.application.submissions.select_related("receipt", "submitted_by")
    submission = get_object_or_404(rows, number=number)
    if not reads(found, request.user, submission):
        raise Http404
    read = as_handed_in(found, submission)
    # What came back since belongs to no version, and an answer to it was not handed in.
    read.correction_list = []
    return read, submission
