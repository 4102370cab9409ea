"""The public pages of the standards: what is asked, and which phrase each check comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import queries
from .catalogue import current, sample
from .categories import Category
from .models import StandardVersion


@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    return render(request, "standards/list.html", {"entries": queries.categories()})


@require_GET
def standard_detail(request: HttpRequest, category: str) -> HttpResponse:
    if category not in Category.values:
        raise Http404
    version = current(category)
    if version is None:
        context = {"category": Category(category), "sample": sample(category)}
        return render(request, "standards/awaiting.html", context)
    return _printed(request, category, version)


@require_GET
def standard_sample(request: HttpRequest, category: str) -> HttpResponse:
    """The sample that we drafted for a category whose official text awaits entry."""
    version = sample(category)
    if version is None:
        raise Http404
    return _printed(request, category, version)


def _printed(request: HttpRequest, category: str, version: StandardVersion) -> HttpResponse:
    context = {
        "category": Category(category),
        "version": version,
        "sections": queries.printed(version),
        "remarks": queries.source_remarks(version),
    }
    return render(request, "standards/detail.html", context)
