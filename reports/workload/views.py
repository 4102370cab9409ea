"""What a round cost and how far its hands agree: for its coordinator and the standards manager."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.applications.models import Room
from designation.applications.work import LEAST
from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import rounds_to_learn_from
from standards import catalogue
from standards.categories import Category
from standards.engine.evaluation import Item

from ..categories import chosen
from . import counts
from .agreement import Agreement


@login_required
@require_GET
def workload(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of applications."""
    rounds = rounds_to_learn_from(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds.prefetch_related("categories"), pk=pk)
    categories, category = chosen(request, round_)
    found = counts.of(round_, category=category)
    return render(
        request,
        "reports/workload.html",
        {
            "round": round_,
            "categories": categories,
            "category": category,
            "found": found,
            "filling": found.work.get(Room.SELF_ASSESSMENT),
            "reviewing": found.work.get(Room.FIRST_REVIEW),
            "aims": {"share": counts.IN_TIME_PERCENT, "returned": counts.RETURNED_PERCENT},
            "least": LEAST,
            "hands": counts.Hands.labels,
            "groups": list(_groups(round_, found)),
        },
    )


def _groups(round_: Round, found: counts.Workload) -> Iterable[dict[str, Any]]:
    """By category, in the standard's order, the items of which there is something to tell."""
    for entry in round_.categories.all():
        standard = catalogue.published(entry.standard_id)
        known = ((item, found.lines.get((entry.category, item.code))) for item in standard.items)
        shown = (_shown(item, line) for item, line in known if line)
        lines = [one for one in shown if _says_something(one)]
        if lines:
            yield {"category": Category(entry.category), "lines": lines}


def _shown(item: Item, line: counts.Line) -> dict[str, Any]:
    return {"item": item, "line": line, "cells": list(_cells(line))}


def _says_something(shown: Mapping[str, Any]) -> bool:
    return shown["line"].returns > 0 or any(agreement for _words, agreement in shown["cells"])


def _cells(line: counts.Line) -> Iterable[tuple[Any, Agreement | None]]:
    """How far each two hands agree; None of too few to tell without telling about one."""
    for hands in counts.Hands:
        found = line.agreement.get(hands)
        yield hands.label, found if found and found.count >= LEAST else None
