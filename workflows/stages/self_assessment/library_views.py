"""Choosing a file of the organization's library for an item, instead of uploading it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.evidence import choosing
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.requests import PersonRequest
from designation.site.refusal import Refusal
from designation.site.text import number_or_404
from standards.models import Item

from ...case import items, rules
from ...case.facts import Case
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import editing, item_evidence, sections
from .filters import ItemChoiceFilters


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """What the item does not cite yet, the newest first."""
    found = case_in_scope(request, pk)
    stored = items.named(found.application.standard_id, code)
    if code not in editing.unlocked_items(found, request.user):
        if request.method == "POST" and rules.is_applicant(found, request.user):
            return too_late(request, found.application)
        raise Http404
    if request.method == "POST":
        return _chosen(request, found, stored)
    rows = item_evidence.choices(found, stored)
    place = sections.address(found.application, code)
    context = {"application": found.application, "code": code, "place": place}
    return choosing.page(request, rows, "self_assessment/library.html", context, ItemChoiceFilters)


def _chosen(request: PersonRequest, found: Case, item: Item) -> HttpResponse:
    entry = item_evidence.entry_or_404(found, number_or_404(request.POST.get("entry")))
    try:
        item_evidence.choose(found, item, entry, actor=request.user)
    except EvidenceRefused as gone:
        messages.error(request, str(gone))
        return redirect("applications:library", found.application.pk, item.code)
    except Refusal as refused:
        return too_late(request, found.application, refused)
    messages.success(request, _("已引用材料。"))
    return redirect(sections.address(found.application, item.code))
