"""A page on which a file of a library is chosen, to be put beside something."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from designation.organizations.requests import PersonRequest
from designation.site.lists import listing
from designation.site.pages import LINES_A_PAGE
from designation.site.refusal import Refusal
from designation.site.text import number_or_404

from .filters import ChoiceFilters
from .models import LibraryEntry


def page(
    request: PersonRequest,
    rows: QuerySet[LibraryEntry],
    template: str,
    context: dict[str, Any],
    filters: type[ChoiceFilters] = ChoiceFilters,
) -> HttpResponse:
    """``rows``, to choose from."""
    entries = listing(request, filters, rows, size=LINES_A_PAGE)
    return render(request, template, entries.context | context)


def chosen(
    request: PersonRequest,
    rows: QuerySet[LibraryEntry],
    choose: Callable[[LibraryEntry], object],
    back: str,
) -> HttpResponse:
    """``choose`` what was pressed of ``rows``, and lead ``back``; what it refuses is told there."""
    entry = get_object_or_404(rows, pk=number_or_404(request.POST.get("entry")))
    try:
        choose(entry)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已引用材料。"))
    return redirect(back)
