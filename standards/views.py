"""The public pages of the standards: what is asked, and which phrase each check comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import queries
from .catalogue import current
from .categories import Category


@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    return render(request, "standards/list.html", {"entries": queries.categories()})


@require_GET
def standard_detail(request: HttpRequest, category: str) -> HttpResponse:
    if category not in Category.values:
        raise Http404
    version = current(category)
    if version is None:
        return render(request, "standards/awaiting.html", {"category": Category(category)})
    context = {
        "category": Category(category),
        "version": version,
        "sections": queries.printed(version),
        "remarks": queries.source_remarks(version),
    }
    return render(request, "standards/detail.html", context)
