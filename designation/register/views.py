"""The public register."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from designation.organizations import names
from designation.organizations.models import Jurisdiction, Organization
from designation.site import clock
from designation.site.pages import PAGE_SIZE
from designation.site.text import searched, whole_number
from standards.categories import Category
from standards.characters import plain

from .models import Designation


@require_GET
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    titles = _filtered(Designation.objects.all(), request.GET).select_related(
        "organization", "jurisdiction", "decision"
    )
    page = Paginator(titles, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": request.GET,
        "categories": Category.choices,
        "statuses": Designation.Status.choices,
        "areas": Jurisdiction.objects.filter(
            pk__in=Designation.objects.values("jurisdiction")
        ).order_by("code"),
        "today": clock.today(),
    }
    return render(request, "register/list.html", context)


def _filtered(titles: QuerySet[Designation], chosen: Any) -> QuerySet[Designation]:
    """What the filters leave; a filter that names nothing known leaves all."""
    condition = Q()
    if text := searched(chosen):
        condition &= (
            names.called(text, Organization, "organization")
            | Q(name_zh__icontains=text)
            | Q(name_en__icontains=text)
            | Q(number__icontains=text)
        )
    if chosen.get("category") in Category.values:
        condition &= Q(category=chosen["category"])
    if chosen.get("status") in Designation.Status.values:
        condition &= _stands_as(Designation.Status(chosen["status"]))
    if whole_number(chosen.get("area")) is not None:
        condition &= Q(jurisdiction__code=plain(chosen["area"]))
    if (decision := whole_number(chosen.get("decision"))) is not None:
        condition &= Q(decision_id=decision)
    return titles.filter(condition)


def _stands_as(status: Designation.Status) -> Q:
    """The status as of today: a title past its term has expired, whatever the row says."""
    today = clock.today()
    if status == Designation.Status.VALID:
        return Q(status=status, valid_until__gte=today)
    if status == Designation.Status.EXPIRED:
        return Q(status=status) | Q(status=Designation.Status.VALID, valid_until__lt=today)
    return Q(status=status)


@require_GET
def title(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(
        Designation.objects.select_related("organization", "jurisdiction", "decision__round"),
        number=number.replace("\0", ""),
    )
    today = clock.today()
    context = {
        "title": found,
        "other_names": found.organization.former_names.exclude(name_zh=found.name_zh),
        "today": today,
        "is_valid": found.is_valid_on(today),
    }
    return render(request, "register/detail.html", context)
