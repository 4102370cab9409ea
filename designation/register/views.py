"""The public register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.site import clock
from designation.site.lists import listing

from . import queries
from .filters import TitleFilters


@require_GET
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    found = listing(request, TitleFilters, queries.titles())
    context = found.context | {"today": clock.today()}
    return render(request, "register/list.html", context)


@require_GET
def title(request: HttpRequest, number: str) -> HttpResponse:
    rows = queries.titles().select_related("decision__round")
    found = get_object_or_404(rows, number=number.replace("\0", ""))
    today = clock.today()
    context = {
        "title": found,
        "other_names": queries.other_names(found),
        "today": today,
        "is_valid": found.is_valid_on(today),
    }
    return render(request, "register/detail.html", context)
