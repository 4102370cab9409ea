"""What a file of the county's own would become: sections, items, proposed checks, doubts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from standards.importing.drafts import Draft, DraftStandard
from standards.importing.proposals import Proposal
from standards.models import Kind, Scope, Strictness

from .forms import StandardFileForm

REFUSED = 422


@login_required
@require_http_methods(["GET", "POST"])
def read(request: PersonRequest) -> HttpResponse:
    """Nothing is stored: the file is read anew at each press."""
    if not seats(request.user).is_county_coordinator:
        raise Http404
    asked = request.method == "POST"
    form = StandardFileForm(request.POST, request.FILES) if asked else StandardFileForm()
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        context |= _shown(form.read)
    status = REFUSED if asked and form.errors else 200
    return render(request, "standard_reading/read.html", context, status=status)


def _shown(draft: Draft) -> dict[str, Any]:
    return {
        "draft": draft,
        "standards": [_standard(standard) for standard in draft.standards],
    }


def _standard(standard: DraftStandard) -> Mapping[str, Any]:
    items = [item for section in standard.sections for item in section.items]
    return {
        "title": standard.title,
        "sections": [
            (section, [(item, list(map(_check, item.checks))) for item in section.items])
            for section in standard.sections
        ],
        "items": len(items),
        "checks": sum(len(item.checks) for item in items),
    }


def _check(check: Proposal) -> Mapping[str, str]:
    return {
        "phrase": check.phrase,
        "asks": " ".join(_asks(check)),
        "strictness": str(Strictness("strict" if check.strict else "advisory").label),
        "scope": str(Scope(check.scope).label),
    }


def _asks(check: Proposal) -> Iterable[str]:
    yield str(Kind(check.kind).label)
    if check.threshold is not None:
        yield localize(check.threshold.normalize()) + check.unit
