"""The page of what of a round is not at its end."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.organizations.requests import PersonRequest
from designation.rounds.rules import managed_rounds

from .standing import standing


@login_required
@require_GET
def page(request: PersonRequest, round_id: int) -> HttpResponse:
    """Two statements beside the frame, whatever the number of applications."""
    round_ = get_object_or_404(managed_rounds(request.user), pk=round_id)
    context = {"round": round_, "stages": standing(round_)}
    return render(request, "case/standing.html", context)
