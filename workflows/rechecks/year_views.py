"""The year of a county at a glance, its draw, which everybody may repeat, and who comes beside."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from designation.organizations.models import Jurisdiction, Role
from designation.organizations.requests import PersonRequest
from designation.site import clock
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.text import whole_number

from . import drawing, queries, rules, yearly
from .filters import DrawFilters
from .forms import DrawForm, EnterForm

# Of who comes after the draw the page names so many; who is entered makes room for the next.
_SHOWN = 10


def _county(request: PersonRequest, *roles: Role) -> Jurisdiction:
    """That which the address names, else the first of the person's own; Http404 for others."""
    code = request.GET.get("area", "")
    own = rules.counties(request.user, *roles)
    area = (own.filter(code=code) if code else own).first()
    if area is None:
        raise Http404
    return area


@login_required
@require_GET
def year(request: PersonRequest) -> HttpResponse:
    area, today = _county(request), clock.today()
    number = whole_number(request.GET.get("year")) or today.year
    made = queries.drawn_in(area, number)
    may_draw = number == today.year and rules.drawing_role(request.user, area.code) is not None
    context: dict[str, Any] = {
        "area": area,
        "counties": rules.counties(request.user),
        "year": number,
        "before": number - 1,
        "after": number + 1 if number < today.year else None,
        "draw": made,
        "figures": queries.figures(area, number),
        "may_draw": may_draw and made is None,
        "may_enter": may_draw and made is not None,
    }
    if made is not None and number == today.year:
        context["later"] = yearly.come_later(made, today).count()
        context["entered_last_year"] = yearly.entered_last_year(made, today)[:_SHOWN]
    return render(request, "rechecks/year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draw(request: PersonRequest) -> HttpResponse:
    """What it will be drawn from, before; the same list is read again under lock."""
    area, today = _county(request, Role.COUNTY_COORDINATOR), clock.today()
    made = queries.drawn_in(area, today.year)
    if made is not None and request.method == "GET":
        return redirect("draws:drawn", made.pk)
    found = yearly.eligible(area, today)
    form = DrawForm(found, request.POST if request.method == "POST" else None)

    def make(sent: DrawForm) -> str:
        said = {name: sent.cleaned_data[name] for name in ("seed", "source", "count")}
        drawn = yearly.draw(area, actor=request.user, **said)
        messages.success(request, _("已抽取，有关单位会收到通知。"))
        return reverse("draws:drawn", args=[drawn.pk])

    if request.method == "POST" and (address := create(request, form, make, refusals=(Refusal,))):
        return redirect(address)
    context = {"area": area, "year": today.year, "found": found, "form": form}
    return render(request, "rechecks/draw.html", context, status=status_of(form.errors))


@require_safe
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every draw, for everybody."""
    found = listing(request, DrawFilters, queries.draws())
    return render(request, "rechecks/draws.html", found.context)


@require_safe
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """All that repeats a draw, and what comes out when it is repeated now."""
    made = get_object_or_404(queries.draws(), pk=pk)
    chosen = drawing.drawn(made.listed, seed=made.seed, count=made.count)
    rank = {number: place for place, number in enumerate(chosen, start=1)}
    titles = queries.listed_titles(made)
    context = {
        "draw": made,
        "lines": [(title, rank.get(title.number)) for title in titles],
        "last_year": queries.all_in(made),
        "least_share": drawing.LEAST_SHARE,
    }
    return render(request, "rechecks/drawn.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest, pk: int) -> HttpResponse:
    """Re-check a title this year, beside the draw."""
    title = get_object_or_404(queries.titles_to_enter(request.user), pk=pk)
    known = queries.open_recheck(title)
    if known is not None and request.method == "GET":
        messages.info(request, yearly.still_open(known))
        return redirect("rechecks:recheck", known.pk)
    form = EnterForm(request.POST if request.method == "POST" else None)

    def make(sent: EnterForm) -> str:
        entered = yearly.enter(title, reason=sent.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("已列入今年的复核，单位会收到通知。接着请安排实地核查。"))
        return reverse("rechecks:recheck", args=[entered.pk])

    if request.method == "POST" and (address := create(request, form, make, refusals=(Refusal,))):
        return redirect(address)
    shut = () if form.errors else yearly.keeps_from_entering(title, clock.today())
    context = {"title": title, "form": form, "shut": shut}
    return render(request, "rechecks/enter.html", context, status=status_of(form.errors))
