"""Pages of the working calendar: its years, and a year on its way in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.organizations.requests import PersonRequest
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import REFUSED

from . import loading, loads, months, rules
from .filters import YearFilters
from .forms import ConfirmForm, DeclineForm, LoadForm


def _brings_years_in(request: PersonRequest) -> None:
    if rules.confirming_role(request.user) is None:
        raise Http404


@login_required
@require_GET
def year_list(request: PersonRequest) -> HttpResponse:
    _brings_years_in(request)
    found = listing(request, YearFilters, rules.shown_years(request.user))
    waiting = rules.shown_loads(request.user).filter(outcome="")
    context = {"waiting": waiting, "may_load": rules.loading_role(request.user) is not None}
    return render(request, "calendar/list.html", found.context | context)


@login_required
@require_GET
def year(request: PersonRequest, number: int) -> HttpResponse:
    """A year as it counts, beside the one before."""
    found = get_object_or_404(rules.shown_years(request.user), year=number)
    official = months.official(found.year)
    if official is None:
        raise Http404
    context = {
        "year": official,
        "document": found.source_document,
        "weekdays": months.weekdays(),
        "pairs": months.side_by_side(official, months.official(found.year - 1)),
        "loads": rules.shown_loads(request.user).filter(year=found.year).exclude(outcome=""),
    }
    return render(request, "calendar/year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    if rules.loading_role(request.user) is None:
        raise Http404
    asked = request.method == "POST"
    form = LoadForm(request.POST, request.FILES) if asked else LoadForm()
    if asked:

        def keep(form: LoadForm) -> str:
            load = loads.bring(form.year, form.cleaned_data["document"], actor=request.user)
            return reverse("calendar:load", args=[load.pk])

        refusals = (loads.LoadRefused,)
        if address := create(request, form, keep, refusals=refusals, refused_at="file"):
            messages.success(request, _("已载入，请另一位系统管理员或县级经办人确认后启用。"))
            return redirect(address)
    return render(request, "calendar/add.html", {"form": form}, status=REFUSED if asked else 200)


@login_required
@require_GET
def load(request: PersonRequest, pk: int) -> HttpResponse:
    return _load_page(request, pk)


def _load_page(request: PersonRequest, pk: int, status: int = 200, **extra: Any) -> HttpResponse:
    found = get_object_or_404(rules.shown_loads(request.user), pk=pk)
    proposed = loads.proposed(found)
    changed = loading.differences(proposed) if found.waits else {}
    shown = months.shown(found.year, proposed.kinds, changed)
    context = {
        "load": found,
        "year": shown,
        "changed": [
            (day, *(loads.kind_in_words(kind) for kind in kinds)) for day, kinds in changed.items()
        ],
        "remarks": list(proposed.remarks()),
        "weekdays": months.weekdays(),
        "pairs": months.side_by_side(shown, months.official(found.year - 1)),
        "is_mine": found.loaded_by_id == request.user.pk,
        "seen": seen_whole.as_shown(loads.as_shown(found)),
        "confirm_form": ConfirmForm(),
        "decline_form": DeclineForm(),
    }
    return render(request, "calendar/load.html", context | extra, status=status)


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(rules.shown_loads(request.user), pk=pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _load_page(request, pk, REFUSED, confirm_form=form)
    try:
        loads.confirm(found.pk, actor=request.user, seen=request.POST)
    except loads.LoadRefused as refused:
        return _load_page(request, pk, REFUSED, confirm_form=form, refused=refused.findings)
    told = _("%(year)s 年的工作日历已启用。") % {"year": found.year}
    messages.success(request, told)
    return redirect("calendar:year", found.year)


@login_required
@require_POST
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(rules.shown_loads(request.user), pk=pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _load_page(request, pk, REFUSED, decline_form=form)
    try:
        loads.decline(found.pk, actor=request.user, reason=form.cleaned_data["reason"])
    except loads.LoadRefused as refused:
        return _load_page(request, pk, REFUSED, decline_form=form, refused=refused.findings)
    messages.success(request, _("已退回，没有启用。"))
    return redirect("calendar:list")
