"""The figures of a round, for whoever looks after its cases: of those that they see."""

from collections.abc import Callable
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.evidence.names import DOCX
from designation.organizations.models import Jurisdiction
from designation.organizations.requests import PersonRequest
from designation.rounds.rules import rounds_overseen
from designation.site import clock
from designation.site.text import whole_number

from ..categories import chosen
from . import areas, contents, rules
from . import report as composed

Tables = Callable[..., list[contents.Table]]


@login_required
@require_GET
def of_round(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of applications."""
    return _page(request, pk, contents.of_round, "reports/figures.html")


@login_required
@require_GET
def of_items(request: PersonRequest, pk: int) -> HttpResponse:
    """Twelve statements, whatever the number of items and places."""
    return _page(request, pk, contents.of_items, "reports/item_figures.html")


@login_required
@require_GET
def of_year(request: PersonRequest) -> HttpResponse:
    """Twelve statements at most, whatever the number of places: the first area of one's own."""
    area = _area(request)
    year = whole_number(request.GET.get("year")) or clock.today().year
    context = {
        "area": area,
        "year": year,
        "before": year - 1,
        "after": year + 1 if year < clock.today().year else None,
        "tables": contents.of_year(area, year, request.user),
    }
    return render(request, "reports/year_figures.html", context)


def _area(request: PersonRequest) -> Jurisdiction:
    """That which the address names, else the first of the person's own; Http404 for others."""
    code = request.GET.get("area", "")
    own = rules.areas(request.user)
    area = (own.filter(code=code) if code else own.order_by("code")).first()
    if area is None or not areas.has_places(area):
        raise Http404
    return area


@login_required
@require_GET
def report(request: PersonRequest, pk: int) -> FileResponse:
    """The report of a round (统计报告) as Word, for the office that looks after all of it."""
    round_ = get_object_or_404(rounds_overseen(request.user).select_related("jurisdiction"), pk=pk)
    if not rules.sees_all(request.user, round_):
        raise Http404
    return FileResponse(
        BytesIO(composed.file(round_, request.user)),
        as_attachment=True,
        filename=composed.file_name(round_),
        content_type=DOCX,
    )


def _page(request: PersonRequest, pk: int, tables: Tables, template: str) -> HttpResponse:
    rounds = rounds_overseen(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds.prefetch_related("categories"), pk=pk)
    categories, category = chosen(request, round_)
    context = {
        "round": round_,
        "categories": categories,
        "category": category,
        "tables": tables(round_, request.user, category),
        "is_part": not rules.sees_all(request.user, round_),
    }
    return render(request, template, context)
