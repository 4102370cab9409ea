"""The page of the internal posting: a small form for the applicant, the facts for all others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.applications import postings
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.requests import PersonRequest
from designation.rounds import postings as asked
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.text import number_or_404

from ...case import rules
from ...case.facts import Case
from ...case.handed_in import as_read_by
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import item_evidence
from . import posting as postings_here
from .forms import PostingForm, ProofForm


@login_required
@require_http_methods(["GET", "POST"])
def posting(request: PersonRequest, pk: int) -> HttpResponse:
    """What was typed and the file are sent together, so that neither costs the other."""
    found = case_in_scope(request, pk)
    if not asked.is_asked(found.application.round):
        raise Http404
    if request.method == "POST":
        return _sent(request, found)
    if postings_here.may_register(found, request.user):
        return _page(request, found, PostingForm(instance=postings.of(found.application)))
    read = as_read_by(found, request.user)
    context = {"application": found.application, "case": read, "posting": read.posting}
    return render(request, "self_assessment/posted.html", context)


def _sent(request: PersonRequest, found: Case) -> HttpResponse:
    if not postings_here.may_register(found, request.user):
        if rules.is_applicant(found, request.user):
            return too_late(request, found.application)
        raise Http404
    form = PostingForm(request.POST, instance=postings.of(found.application))
    proof = ProofForm(request.POST, request.FILES) if request.FILES else ProofForm()
    try:
        _keep(request, found, form)
        _prove(request, found, proof)
        if "remove" in request.POST:
            _take_away(request, found)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    if form.errors or form.conflicts or proof.errors:
        fresh = case_in_scope(request, found.application.pk)
        return _page(request, fresh, form, proof)
    messages.success(request, _("内部公示已登记。"))
    where = "applications:posting" if "remove" in request.POST else "applications:case"
    return redirect(where, found.application.pk)


def _keep(request: PersonRequest, found: Case, form: PostingForm) -> None:
    if form.is_valid():
        seen = Seen.of(request.POST)
        sent = {name: form.cleaned_data[name] for name in postings.FIELDS}
        form.tell(postings_here.save(found, sent, actor=request.user, seen=seen))


def _prove(request: PersonRequest, found: Case, proof: ProofForm) -> None:
    """Keep the file and say what became of it; a refused one is told at its field."""
    received = proof.received() if proof.is_bound and proof.is_valid() else None
    if received is None:
        return
    title = proof.cleaned_data["title"]
    try:
        entry = postings_here.prove(found, received, title=title, actor=request.user)
    except EvidenceRefused as refused:
        proof.add_error("file", str(refused))
    else:
        messages.success(request, _("证明“%(title)s”已上传。") % {"title": entry.title})


def _take_away(request: PersonRequest, found: Case) -> None:
    entry = item_evidence.entry_or_404(found, number_or_404(request.POST["remove"]))
    postings_here.take_away(found, entry, actor=request.user)


def _page(
    request: PersonRequest, found: Case, form: PostingForm, proof: ProofForm | None = None
) -> HttpResponse:
    record = postings.fields(postings.of(found.application))
    if form.is_bound:
        form.hold(Seen.of(request.POST), record, postings.texts(form.cleaned_data))
    if proof is None or (proof.is_bound and not proof.errors):
        proof = ProofForm(is_taken=proof is not None)
    context: dict[str, Any] = {
        "application": found.application,
        "case": found,
        "form": form,
        "record": record,
        "proof_form": proof,
        "kept": postings_here.handed_in(found.application),
        "asked": asked.asked_in_words(found.application.round),
    }
    refused = form.errors or form.conflicts or proof.errors
    return render(request, "self_assessment/posting.html", context, status=status_of(refused))
