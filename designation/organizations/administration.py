"""Pages of the system administrator: jurisdictions, organizations and people of the area."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.audit import events
from designation.site.creating import create

from ..site.text import typed_text
from .forms import JurisdictionForm, OrganizationForm, PersonForm
from .models import Jurisdiction, Organization, Person, Role
from .requests import PersonRequest
from .routing import reviewing_body
from .scoping import Administered

PAGE_SIZE = 25
REFUSED = 422


def _administered(request: PersonRequest) -> Administered:
    return Administered(request.user, Role.SYSTEM_ADMINISTRATOR)


def _page(rows: QuerySet[Any], request: PersonRequest, *columns: str) -> Any:
    text = typed_text(request.GET, "text", longest=60)
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__icontains": text})
    return Paginator(rows.filter(condition) if text else rows, PAGE_SIZE).get_page(
        request.GET.get("page")
    )


@login_required
@require_GET
def jurisdiction_list(request: PersonRequest) -> HttpResponse:
    rows = _administered(request).jurisdictions().select_related("parent")
    context = {
        "page": _page(rows, request, "name_zh", "name_en", "code"),
        "text": request.GET.get("text", ""),
    }
    return render(request, "organizations/jurisdictions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def jurisdiction_add(request: PersonRequest) -> HttpResponse:
    return _jurisdiction(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def jurisdiction_edit(request: PersonRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        return _jurisdiction(request, _held(request, _administered(request).jurisdictions(), pk))


def _held(request: PersonRequest, rows: QuerySet[Any], pk: int) -> Any:
    """A row in scope; held while what was sent is compared with it and saved."""
    if request.method == "POST":
        rows = rows.model.objects.filter(pk__in=rows.values("pk")).select_for_update()
    return get_object_or_404(rows, pk=pk)


def _jurisdiction(request: PersonRequest, jurisdiction: Jurisdiction | None) -> HttpResponse:
    areas = _administered(request).jurisdictions()
    form = JurisdictionForm(areas, request.POST or None, instance=jurisdiction)
    if request.method == "POST" and _saved(request, form, "jurisdiction"):
        messages.success(request, _("已保存。"))
        return redirect("organizations:jurisdictions")
    return render(
        request,
        "organizations/jurisdiction.html",
        {"form": form, "jurisdiction": jurisdiction},
        status=REFUSED if form.errors else 200,
    )


@login_required
@require_GET
def organization_list(request: PersonRequest) -> HttpResponse:
    rows = _administered(request).organizations()
    context = {
        "page": _page(rows, request, "name_zh", "name_en"),
        "text": request.GET.get("text", ""),
    }
    return render(request, "organizations/organizations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def organization_add(request: PersonRequest) -> HttpResponse:
    return _organization(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def organization_edit(request: PersonRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        return _organization(request, _held(request, _administered(request).organizations(), pk))


def _organization(request: PersonRequest, organization: Organization | None) -> HttpResponse:
    mine = _administered(request)
    form = OrganizationForm(
        mine.jurisdictions(), mine.organizations(), request.POST or None, instance=organization
    )
    if request.method == "POST" and _saved(request, form, "organization"):
        saved = form.instance
        body = reviewing_body(saved) if saved.category else None
        if saved.category and body is None:
            messages.warning(request, _("已保存，但没有找到初审机构，请检查上级党组织。"))
        else:
            messages.success(request, _("已保存。"))
        return redirect("organizations:organizations")
    body = reviewing_body(organization) if organization and organization.category else None
    return render(
        request,
        "organizations/organization.html",
        {"form": form, "organization": organization, "reviewing_body": body},
        status=REFUSED if form.errors else 200,
    )


def _saved(request: PersonRequest, form: Any, noun: str) -> bool:
    """Whether the form was saved and recorded; a new row is made once for the form's key."""

    def save(form: Any) -> str:
        _save(form, request.user, noun)
        return reverse(f"organizations:{noun}_edit", args=[form.instance.pk])

    if form.is_over_a_record:
        return form.is_valid() and bool(save(form))
    return create(request, form, save) is not None


def _save(form: Any, actor: Person, noun: str) -> None:
    is_new = form.instance.pk is None
    details = form.recorded()
    saved: models.Model = form.save()
    events.append(
        events.Entry(
            actor=actor,
            action=f"{noun}.{'add' if is_new else 'edit'}",
            subject=saved,
            jurisdiction_code=_code(saved),
            role=Role.SYSTEM_ADMINISTRATOR,
            details=details,
        )
    )


def _code(saved: models.Model) -> str:
    if isinstance(saved, Jurisdiction):
        return saved.code
    organization = saved if isinstance(saved, Organization) else None
    if isinstance(saved, Person):
        organization = saved.home_organization
    return organization.jurisdiction.code if organization else ""


@login_required
@require_GET
def person_list(request: PersonRequest) -> HttpResponse:
    rows = _administered(request).people().order_by("username")
    context = {
        "page": _page(rows, request, "username", "full_name"),
        "text": request.GET.get("text", ""),
    }
    return render(request, "organizations/people.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def person_add(request: PersonRequest) -> HttpResponse:
    return _person(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        return _person(request, _held(request, _administered(request).people(), pk))


def _person(request: PersonRequest, person: Person | None) -> HttpResponse:
    mine = _administered(request)
    form = PersonForm(mine.organizations(), request.POST or None, instance=person)
    if request.method == "POST" and _saved(request, form, "person"):
        messages.success(request, _("已保存。岗位由安全管理员授予。"))
        return redirect("organizations:people")
    return render(
        request,
        "organizations/person.html",
        {"form": form, "person": person},
        status=REFUSED if form.errors else 200,
    )
