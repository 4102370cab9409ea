"""The pages of a township that types for a unit without a computer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.evidence.refusals import EvidenceRefused
from designation.organizations.requests import PersonRequest
from designation.site import request_keys
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell

from ...bars import words
from ...by_form import by_form
from ...case import cited_evidence, rules
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import typed
from .forms import PaperForm, TypedForm


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: PersonRequest, round_id: int) -> HttpResponse:
    """Begin the application of a unit, with the paper that its head signed."""
    round_ = get_object_or_404(typed.rounds(request.user), pk=round_id)
    is_sent = request.method == "POST"
    form = TypedForm(round_, request.POST, request.FILES) if is_sent else TypedForm(round_)
    received = form.received() if form.is_bound and form.is_valid() else None
    if received is not None:

        def begun() -> str:
            said = form.cleaned_data
            application = typed.begin(
                round_,
                said["organization"],
                received,
                signed_by=said["signed_by"],
                signed_on=said["signed_on"],
                **by_form(request),
            )
            return reverse("applications:case", args=[application.pk])

        try:
            address = request_keys.once(request_keys.sent(request), begun, person=request.user)
        except EvidenceRefused as refused:
            form.add_error("file", str(refused))
        except Refusal as refused:
            tell(form, refused.findings)
        except request_keys.SentBefore as sent:
            form.add_error(None, str(sent))
        else:
            messages.success(request, _("签字纸质件已收下，请照它逐条录入、核对。"))
            return redirect(address)
    alone = [body.name for body in typed.alone_in(request.user)]
    barred = [
        (unit, [(words.sentence(bar), bar.reason) for bar in found])
        for unit, found in typed.barred_in(round_, request.user)
    ]
    context = {"round": round_, "form": form, "alone": "、".join(alone), "barred": barred}
    return render(request, "self_assessment/type.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def kept(request: PersonRequest, pk: int) -> HttpResponse:
    """The papers of a typed application, to all who see it; another one, by whoever types it."""
    found = case_in_scope(request, pk)
    if found.application.typed_by_id is None:
        raise Http404
    may_bring = typed.may_bring(found, request.user)
    form = PaperForm()
    if request.method == "POST":
        if not may_bring:
            if rules.is_applicant(found, request.user):
                return too_late(request, found.application)
            raise Http404
        form = PaperForm(request.POST, request.FILES)
        received = form.received() if form.is_valid() else None
        if received is not None:
            try:
                typed.bring(found, received, **form.signed, actor=request.user)
            except EvidenceRefused as refused:
                form.add_error("file", str(refused))
            except Refusal as refused:
                return too_late(request, found.application, refused)
            else:
                messages.success(request, _("签字纸质件已上传。"))
                return redirect("applications:case", pk)
    context = {
        "application": found.application,
        "papers": typed.of(found.application, request.user),
        "reads": cited_evidence.reads_closely(found, request.user),
        "form": form if may_bring else None,
    }
    return render(
        request, "self_assessment/signed_papers.html", context, status=status_of(form.errors)
    )
