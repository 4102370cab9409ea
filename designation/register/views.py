"""The public register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.site import clock
from designation.site.lists import listing

from . import queries, rules
from .filters import TitleFilters
from .standing import Status


@require_safe
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    found = listing(request, TitleFilters, queries.titles())
    return render(request, "register/list.html", found.context)


@require_safe
def title(request: HttpRequest, number: str) -> HttpResponse:
    """The county's office reads who gave it, too."""
    rows = queries.titles().select_related("decision__round")
    found = get_object_or_404(rows, number=number.replace("\0", ""))
    reads_who_gave = rules.reads_who_gave(request.user, found.jurisdiction.code)
    context = {
        "title": found,
        "giving": queries.giving(found) if reads_who_gave else None,
        "history": queries.history(found),
        "other_names": queries.other_names(found),
        "today": clock.today(),
        "is_valid": found.status == Status.VALID,
    }
    return render(request, "register/detail.html", context)
