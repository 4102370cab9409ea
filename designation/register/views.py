"""The public register."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation import clock
from standards.categories import Category

from .models import Designation

PAGE_SIZE = 25


@require_GET
def title_list(request: HttpRequest) -> HttpResponse:
    """Two statements for the public, whatever the number of titles."""
    titles = _filtered(Designation.objects.all(), request.GET).select_related(
        "organization", "jurisdiction", "decision"
    )
    page = Paginator(titles, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": request.GET,
        "categories": Category.choices,
        "statuses": Designation.Status.choices,
        "today": clock.today(),
    }
    return render(request, "register/list.html", context)


def _filtered(titles: QuerySet[Designation], chosen: Any) -> QuerySet[Designation]:
    condition = Q()
    if text := chosen.get("text", "").strip()[:60]:
        condition &= Q(organization__name_zh__icontains=text) | Q(
            organization__name_en__icontains=text
        )
    if chosen.get("category") in Category.values:
        condition &= Q(category=chosen["category"])
    if chosen.get("status") in Designation.Status.values:
        condition &= Q(status=chosen["status"])
    if chosen.get("decision", "").isdecimal():
        condition &= Q(decision_id=int(chosen["decision"]))
    return titles.filter(condition)


@require_GET
def title(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(
        Designation.objects.select_related("organization", "jurisdiction", "decision__round"),
        number=number,
    )
    today = clock.today()
    context = {"title": found, "today": today, "is_valid": found.is_valid_on(today)}
    return render(request, "register/detail.html", context)
