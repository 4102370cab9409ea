"""The figures of a round, for whoever looks after its cases: of those that they see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.organizations.requests import PersonRequest
from designation.rounds.rules import rounds_overseen

from ..categories import chosen
from . import contents, rules


@login_required
@require_GET
def of_round(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of applications."""
    rounds = rounds_overseen(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds.prefetch_related("categories"), pk=pk)
    categories, category = chosen(request, round_)
    context = {
        "round": round_,
        "categories": categories,
        "category": category,
        "tables": contents.of_round(round_, request.user, category),
        "is_part": not rules.sees_all(request.user, round_),
    }
    return render(request, "reports/figures.html", context)
