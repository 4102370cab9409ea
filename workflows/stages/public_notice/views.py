"""Public pages of notices. No sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.site import clock
from designation.site.lists import listing
from designation.site.pages import CARDS_A_PAGE

from .filters import PublishedFilters
from .held_up import told
from .periods import is_open_to_objections
from .queries import on_the_wall, with_what_held_it_up
from .text import is_reduced, names_on


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Two statements for the public, whatever the number of notices."""
    found = listing(request, PublishedFilters, on_the_wall(), size=CARDS_A_PAGE)
    return render(request, "public_notice/list.html", found.context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Three statements for the public: the notice, its names, how many objections came."""
    notice = get_object_or_404(with_what_held_it_up(on_the_wall()).select_related("round"), pk=pk)
    entries = list(
        names_on(notice).select_related("application__organization__jurisdiction", "notice")
    )
    return render(
        request,
        "public_notice/detail.html",
        {
            "notice": notice,
            "entries": entries,
            "is_open": any(is_open_to_objections(entry) for entry in entries),
            "is_reduced": is_reduced(notice, clock.now()),
            "held_up": told(notice),
        },
    )
