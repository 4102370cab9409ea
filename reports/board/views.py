"""The round at a glance, for its coordinator: every figure leads to its list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from designation.organizations.divisions import DIGITS, head_of_code
from designation.organizations.models import CODE_DIGITS, Level
from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import managed_rounds

from ..categories import chosen
from . import counts


@login_required
@require_GET
def board(request: PersonRequest, pk: int) -> HttpResponse:
    """Ten statements, whatever the number of places."""
    rounds = managed_rounds(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=pk)
    categories, category = chosen(request, round_)
    found = counts.of(round_, area=_area(request, round_), category=category)
    # In words once, and not for each of some hundred figures.
    stages = {str(place.stage): str(place.words) for place in found.stages}

    def shown(line: counts.Line) -> dict[str, Any]:
        return _shown(line, found, round_, category) | {"cells": _cells(line, stages)}

    context = {
        "round": round_,
        "board": found,
        "categories": categories,
        "category": category,
        "stages": stages.values(),
        "lines": [shown(line) for line in found.lines],
        "total": shown(found.total),
        "above": found.area != round_.jurisdiction.code,
    }
    return render(request, "reports/board.html", context)


def _cells(line: counts.Line, stages: dict[str, str]) -> list[tuple[str, str, int]]:
    """Of each stage its words, and how many stand there."""
    return [(stage, words, line.at[stage]) for stage, words in stages.items()]


def _area(request: PersonRequest, round_: Round) -> str:
    """The place within the round that the address asks for; all of it where it asks for none."""
    code = request.GET.get("area", "")
    if not code:
        return ""
    is_code = code.isascii() and code.isdigit() and len(code) == DIGITS
    if not is_code or not code.startswith(round_.jurisdiction.prefix):
        raise Http404
    return code


def _shown(line: counts.Line, found: counts.Board, round_: Round, category: str) -> dict[str, Any]:
    """The line with the list that its figures lead to, and the board of its own places."""
    code = line.head.ljust(DIGITS, "0")
    is_own = head_of_code(code) != line.head and line is not found.total
    asked = {
        "round": str(round_.pk),
        "area": line.head if is_own else code,
        **({"category": category} if category else {}),
    }
    return {
        "line": line,
        "is_own": is_own,
        "list": f"{reverse('applications:list')}?{urlencode(asked)}",
        "within": "" if is_own else _board_of(line, round_, category),
    }


def _board_of(line: counts.Line, round_: Round, category: str) -> str:
    """The address of the places within it; "" for a township, which has none."""
    if len(line.head) >= CODE_DIGITS[Level.TOWNSHIP]:
        return ""
    code = line.head.ljust(DIGITS, "0")
    asked = {"area": code} | ({"category": category} if category else {})
    return f"{reverse('reports:board', args=[round_.pk])}?{urlencode(asked)}"
