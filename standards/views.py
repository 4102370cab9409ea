"""The public pages of the standards: what is asked, and which phrase each check comes from."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import downloads, queries
from .catalogue import current, sample
from .categories import Category
from .comparison import comparison
from .models import StandardVersion


@require_safe
def standard_list(request: HttpRequest) -> HttpResponse:
    return render(request, "standards/list.html", {"entries": queries.categories()})


@require_safe
def standard_detail(request: HttpRequest, category: str) -> HttpResponse:
    if category not in Category.values:
        raise Http404
    version = current(category)
    if version is None:
        context = {"category": Category(category), "sample": sample(category)}
        return render(request, "standards/awaiting.html", context)
    return _printed(request, version)


@require_safe
def standard_sample(request: HttpRequest, category: str) -> HttpResponse:
    """The sample that we drafted for a category whose official text awaits entry."""
    return _printed(request, _sample_or_404(category))


@require_safe
def sample_file(request: HttpRequest, category: str, file: str) -> FileResponse:  # noqa: ARG001 - Django passes it
    return downloads.download(_sample_or_404(category), file, at=timezone.now())


def _sample_or_404(category: str) -> StandardVersion:
    version = sample(category)
    if version is None:
        raise Http404
    return version


@require_safe
def standard_version(request: HttpRequest, category: str, number: int) -> HttpResponse:
    """A version that is or was in force; a draft is nobody's business yet."""
    return _printed(request, _settled_or_404(category, number))


@require_safe
def version_file(request: HttpRequest, category: str, number: int, file: str) -> FileResponse:  # noqa: ARG001 - Django passes it
    """The version to print, to fill in by hand, or to keep as data."""
    return downloads.download(_settled_or_404(category, number), file, at=timezone.now())


def _settled_or_404(category: str, number: int) -> StandardVersion:
    return get_object_or_404(queries.settled(category), number=number)


@require_safe
def standard_compare(request: HttpRequest, category: str) -> HttpResponse:
    """Two versions side by side, chosen by their numbers; by default the last two."""
    if category not in Category.values:
        raise Http404
    versions = list(queries.settled(category))
    by_number = {str(version.number): version for version in versions}
    newest = [str(version.number) for version in versions[:2]]
    new = request.GET.get("to", newest[0] if newest else "")
    old = request.GET.get("from", newest[-1] if newest else "")
    context: dict[str, object] = {
        "category": Category(category),
        "versions": versions,
        "old": old,
        "new": new,
    }
    if old in by_number and new in by_number:
        context["comparison"] = comparison(by_number[old], by_number[new])
    return render(request, "standards/compare.html", context)


def _printed(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    context = {
        "category": Category(version.category),
        "version": version,
        "sections": queries.printed(version),
        "remarks": queries.source_remarks(version),
        "history": queries.settled(version.category),
        "downloads": _downloads(version),
    }
    return render(request, "standards/detail.html", context)


def _downloads(version: StandardVersion) -> list[tuple[str, Any]]:
    if version.status == StandardVersion.Status.DRAFT:
        return downloads.links("standards:sample_file", version.category)
    return downloads.links("standards:version_file", version.category, version.number)
