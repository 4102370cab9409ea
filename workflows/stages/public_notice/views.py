"""Public pages of notices. No sign-in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.site import clock
from designation.site.lists import listing
from designation.site.pages import CARDS_A_PAGE

from . import postings
from .filters import PublishedFilters
from .held_up import told
from .models import NoticeEntry
from .periods import is_open_to_objections
from .queries import on_the_wall, with_what_held_it_up
from .text import is_reduced, names_on


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Two statements for the public, whatever the number of notices."""
    found = listing(request, PublishedFilters, on_the_wall(), size=CARDS_A_PAGE)
    return render(request, "public_notice/list.html", found.context)


def on_its_page(pk: int) -> tuple[Any, list[NoticeEntry]]:
    """A published notice with everything its page says of it, and its names: two statements."""
    rows = postings.with_where_it_was_posted(with_what_held_it_up(on_the_wall()))
    notice = get_object_or_404(rows.select_related("round"), pk=pk)
    names = names_on(notice)
    return notice, list(names.select_related("application__organization__jurisdiction", "notice"))


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Three statements for the public: the notice, its names, how many objections came."""
    notice, entries = on_its_page(pk)
    return render(
        request,
        "public_notice/detail.html",
        {
            "notice": notice,
            "entries": entries,
            "is_open": any(is_open_to_objections(entry) for entry in entries),
            "is_reduced": is_reduced(notice, clock.now()),
            "held_up": told(notice),
            "posted": postings.told(notice),
        },
    )
