"""The public register."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.site import clock
from designation.site.pages import PAGE_SIZE
from standards.categories import Category

from . import queries
from .standing import Status


@require_GET
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    titles = queries.matching(queries.titles(), request.GET)
    page = Paginator(titles, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": request.GET,
        "categories": Category.choices,
        "statuses": Status.choices,
        "areas": queries.areas_with_titles(),
    }
    return render(request, "register/list.html", context)


@require_GET
def title(request: HttpRequest, number: str) -> HttpResponse:
    rows = queries.titles().select_related("decision__round")
    found = get_object_or_404(rows, number=number.replace("\0", ""))
    context = {
        "title": found,
        "other_names": found.organization.former_names.exclude(name_zh=found.name_zh),
        "today": clock.today(),
        "is_valid": found.status == Status.VALID,
    }
    return render(request, "register/detail.html", context)
