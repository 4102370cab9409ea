"""The figures of a round, for whoever looks after its cases: of those that they see."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.organizations.requests import PersonRequest
from designation.rounds.rules import rounds_overseen

from ..categories import chosen
from . import contents, rules

Tables = Callable[..., list[contents.Table]]


@login_required
@require_GET
def of_round(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of applications."""
    return _page(request, pk, contents.of_round, "reports/figures.html")


@login_required
@require_GET
def of_items(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of items and places."""
    return _page(request, pk, contents.of_items, "reports/item_figures.html")


def _page(request: PersonRequest, pk: int, tables: Tables, template: str) -> HttpResponse:
    rounds = rounds_overseen(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds.prefetch_related("categories"), pk=pk)
    categories, category = chosen(request, round_)
    context = {
        "round": round_,
        "categories": categories,
        "category": category,
        "tables": tables(round_, request.user, category),
        "is_part": not rules.sees_all(request.user, round_),
    }
    return render(request, template, context)
