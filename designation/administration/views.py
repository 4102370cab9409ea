"""Pages of the system administrator: jurisdictions, organizations and people of the area."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.site.creating import create, kept
from designation.site.lists import Filters, listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ..organizations import succession
from ..organizations.models import Jurisdiction, Organization, Person, Role
from ..organizations.requests import PersonRequest
from ..organizations.routing import reviewing_body
from ..organizations.scoping import Administered
from . import entering
from .filters import JurisdictionFilters, OrganizationFilters, PersonFilters
from .forms import JurisdictionForm, OrganizationForm, PersonForm


def _administered(request: PersonRequest) -> Administered:
    return Administered(request.user, Role.SYSTEM_ADMINISTRATOR)


def _list(
    request: PersonRequest, kind: type[Filters], rows: QuerySet[Any], template: str
) -> HttpResponse:
    """A list of what may have borne other names."""
    found = listing(request, kind, rows.prefetch_related("former_names"))
    return render(request, f"administration/{template}.html", found.context)


@login_required
@require_GET
def jurisdiction_list(request: PersonRequest) -> HttpResponse:
    rows = _administered(request).jurisdictions().select_related("parent")
    return _list(request, JurisdictionFilters, rows, "jurisdictions")


@login_required
@require_http_methods(["GET", "POST"])
def jurisdiction_add(request: PersonRequest) -> HttpResponse:
    return _jurisdiction(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def jurisdiction_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _jurisdiction(request, get_object_or_404(_administered(request).jurisdictions(), pk=pk))


def _jurisdiction(request: PersonRequest, jurisdiction: Jurisdiction | None) -> HttpResponse:
    areas = _administered(request).jurisdictions()
    form = JurisdictionForm(areas, request.POST or None, instance=jurisdiction)
    if request.method == "POST" and _entered(request, form):
        messages.success(request, _("已保存。"))
        return redirect("organizations:jurisdictions")
    return render(
        request,
        "administration/jurisdiction.html",
        {"form": form, "jurisdiction": jurisdiction},
        status=status_of(form.errors),
    )


@login_required
@require_GET
def organization_list(request: PersonRequest) -> HttpResponse:
    rows = succession.with_end(_administered(request).organizations())
    return _list(request, OrganizationFilters, rows, "organizations")


@login_required
@require_http_methods(["GET", "POST"])
def organization_add(request: PersonRequest) -> HttpResponse:
    return _organization(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def organization_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _organization(request, get_object_or_404(_administered(request).organizations(), pk=pk))


def _organization(request: PersonRequest, organization: Organization | None) -> HttpResponse:
    mine = _administered(request)
    form = OrganizationForm(
        mine.jurisdictions(), mine.organizations(), request.POST or None, instance=organization
    )
    if request.method == "POST" and _entered(request, form):
        saved = form.instance
        body = reviewing_body(saved) if saved.category else None
        if saved.category and body is None:
            messages.warning(request, _("已保存，但没有找到初审机构，请检查上级党组织。"))
        else:
            messages.success(request, _("已保存。"))
        return redirect("organizations:organizations")
    return render(
        request,
        "administration/organization.html",
        {"form": form, "organization": organization} | _known_of(organization),
        status=status_of(form.errors),
    )


def _known_of(organization: Organization | None) -> dict[str, Any]:
    """What the page says of one that is there: who reviews it, and what became of it."""
    if organization is None:
        return {}
    became = succession.history_of(organization)
    return {
        "reviewing_body": reviewing_body(organization) if organization.category else None,
        "became": list(succession.sentences(became)),
        "heirs": succession.heirs_of(organization) if became else [],
        "is_gone": succession.is_gone_by(became, organization),
    }


def _entered(request: PersonRequest, form: Any) -> bool:
    """Whether what the form says was kept and recorded; a new row is made once for its key."""

    def add(form: Any) -> str:
        row = entering.add(type(form.instance), form.cleaned_data, actor=request.user)
        noun = row._meta.model_name  # noqa: SLF001 - Django's public name for it
        form.instance = row
        return reverse(f"organizations:{noun}_edit", args=[row.pk])

    def change(form: Any) -> None:
        before, values = form.compared_changes()
        entering.change(
            form.instance,
            values,
            before=before,
            renamed_on=form.cleaned_data.get("renamed_on"),
            leaving=getattr(form, "is_leaving", False),
            actor=request.user,
        )

    if form.is_over_a_record:
        return kept(form, change)
    return create(request, form, add, refusals=(Refusal,)) is not None


@login_required
@require_GET
def person_list(request: PersonRequest) -> HttpResponse:
    rows = _administered(request).own_people()
    return _list(request, PersonFilters, rows, "people")


@login_required
@require_http_methods(["GET", "POST"])
def person_add(request: PersonRequest) -> HttpResponse:
    return _person(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _person(request, get_object_or_404(_administered(request).own_people(), pk=pk))


def _person(request: PersonRequest, person: Person | None) -> HttpResponse:
    mine = _administered(request)
    form = PersonForm(mine.organizations(), request.POST or None, instance=person)
    if request.method == "POST" and _entered(request, form):
        messages.success(request, _("已保存。密码链接由安全管理员生成，岗位由安全管理员授予。"))
        return redirect("organizations:people")
    return render(
        request,
        "administration/person.html",
        {"form": form, "person": person},
        status=status_of(form.errors),
    )
