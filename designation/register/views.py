"""The public register."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.site import clock
from designation.site.pages import PAGE_SIZE
from standards.categories import Category

from . import queries
from .models import Designation


@require_safe
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    titles = queries.matching(queries.titles(), request.GET)
    page = Paginator(titles, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": request.GET,
        "categories": Category.choices,
        "statuses": Designation.Status.choices,
        "areas": queries.areas_with_titles(),
        "today": clock.today(),
    }
    return render(request, "register/list.html", context)


@require_safe
def title(request: HttpRequest, number: str) -> HttpResponse:
    rows = queries.titles().select_related("decision__round")
    found = get_object_or_404(rows, number=number.replace("\0", ""))
    today = clock.today()
    context = {
        "title": found,
        "other_names": found.organization.former_names.exclude(name_zh=found.name_zh),
        "today": today,
        "is_valid": found.is_valid_on(today),
    }
    return render(request, "register/detail.html", context)
