"""The page on which a county coordinator adopts a sample."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.pages import status_of
from standards.catalogue import sample
from standards.categories import Category

from . import adopting
from .forms import AdoptionForm
from .rules import adopting_areas


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: PersonRequest, category: str) -> HttpResponse:
    version = sample(category)
    if version is None or not adopting_areas(request.user).exists():
        raise Http404
    areas = adopting.areas_left(request.user, version)
    form = AdoptionForm(areas, request.POST if request.method == "POST" else None)
    if request.method == "POST":

        def adopt(form: AdoptionForm) -> str:
            typed = form.cleaned_data
            adopting.adopt_sample(
                version, typed["jurisdiction"], actor=request.user, reason=typed["reason"]
            )
            return reverse("standards:detail", args=[category])

        refusals = (adopting.AdoptionRefused,)
        if address := create(request, form, adopt, refusals=refusals):
            messages.success(request, _("已采用示例标准，可以列入批次。"))
            return redirect(address)
    if not areas.exists() and not getattr(form, "key_is_used", False):
        messages.info(request, _("本辖区已经采用这一示例标准。"))
        return redirect("standards:detail", category)
    return render(
        request,
        "adoptions/adopt.html",
        {"category": Category(category), "version": version, "form": form},
        status=status_of(request.method == "POST"),
    )
