"""The public pages of the standards: what is asked, and which phrase each check comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from . import queries
from .catalogue import current, sample
from .categories import Category
from .comparison import comparison
from .exporting import as_yaml
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


@require_GET
def standard_version(request: HttpRequest, category: str, number: int) -> HttpResponse:
    """A version that is or was in force; a draft is nobody's business yet."""
    return _printed(request, category, _settled_or_404(category, number))


@require_GET
def version_yaml(request: HttpRequest, category: str, number: int) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """The version as a data file, to keep, compare or load elsewhere."""
    return _as_file(_settled_or_404(category, number))


def _settled_or_404(category: str, number: int) -> StandardVersion:
    return get_object_or_404(queries.settled(category), number=number)


@require_GET
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


@require_GET
def sample_yaml(request: HttpRequest, category: str) -> HttpResponse:  # noqa: ARG001 - Django passes it
    return _as_file(sample(category))


def _as_file(version: StandardVersion | None) -> HttpResponse:
    if version is None:
        raise Http404
    answer = HttpResponse(as_yaml(version), content_type="application/yaml; charset=utf-8")
    name = f"{version.category}-{version.number}.yaml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _printed(request: HttpRequest, category: str, version: StandardVersion) -> HttpResponse:
    context = {
        "category": Category(category),
        "version": version,
        "sections": queries.printed(version),
        "remarks": queries.source_remarks(version),
        "history": queries.settled(category),
    }
    return render(request, "standards/detail.html", context)
