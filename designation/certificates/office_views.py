"""Pages of the county's office: issuing, packing, plaques, and how its certificates look."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.evidence.names import disposition
from designation.organizations.models import Jurisdiction
from designation.organizations.requests import PersonRequest
from designation.register import queries as register
from designation.register.models import Designation, DesignationDecision
from designation.register.rules import looked_after_by
from designation.site import forms
from designation.site.creating import create, kept
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.text import whole_number
from standards.printing import spreadsheets

from . import designing, designs, issuing, outlook, packing, printing, queries, rules, tables
from . import plaques as plaque_list
from .filters import DecisionFilters
from .forms import DesignForm, IssuingForm, PackingForm
from .specimens import specimen

# On the page of a decision, our default; the rest are counted.
_MOST_LISTED = 100


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: PersonRequest, pk: int) -> HttpResponse:
    """Issue the certificate of a title, or one in the place of that which there is."""
    title, county = _issued(request, pk)
    form = IssuingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":

        def make(_form: forms.Form) -> str:
            made = issuing.issue(title, actor=request.user)
            messages.success(
                request, _("证书%(number)s已发，单位会收到消息。") % {"number": made.number_said}
            )
            return reverse("titles:title", args=[pk])

        if address := create(request, form, make, refusals=(Refusal,)):
            return redirect(address)
    context = {
        "form": form,
        "title": title,
        "county": county,
        "holder": register.holder(title),
        "former": issuing.latest(title),
        "ended": issuing.not_in_force(title),
    }
    return render(request, "certificates/issue.html", context, status=status_of(form.errors))


def _issued(request: PersonRequest, pk: int) -> tuple[Designation, Jurisdiction]:
    """Http404 for a title of which the person issues none."""
    mine = looked_after_by(request.user).order_by().values("pk")
    title = get_object_or_404(register.titles().filter(pk__in=mine), pk=pk)
    county = issuing.county_of(title)
    if rules.issuing_role(request.user, county) is None:
        raise Http404
    return title, county


@login_required
@require_GET
def decisions(request: PersonRequest) -> HttpResponse:
    """Two statements beside those of every page, whatever the number of decisions."""
    found = listing(request, DecisionFilters, tables.rows(request))
    return render(request, "certificates/decisions.html", found.context)


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """All certificates of a decision: how many there are, the rest issued and all packed."""
    found = get_object_or_404(rules.decisions(request.user), pk=pk)
    counted = _counted(request, found)
    form = PackingForm(
        request.POST if request.method == "POST" else None,
        initial={"anew": "anew" in request.GET},
        issues=bool(counted["issues_more"]),
        anew=counted["anew"],
    )
    if request.method == "POST":

        def ask(form: forms.Form) -> str:
            anew = form.cleaned_data.get("anew", False)
            made = packing.ask(found, anew=anew, actor=request.user)
            return reverse("exports:detail", args=[made.pk])

        if address := create(request, form, ask, refusals=(Refusal,)):
            return redirect(address)
    context = {"form": form, "decision": found, **counted}
    return render(request, "certificates/decision.html", context, status=status_of(form.errors))


def _counted(request: PersonRequest, found: DesignationDecision) -> dict[str, Any]:
    mine = list(rules.seen_by(request.user) & queries.counties(found))
    stands = outlook.of(found)
    anew = stands.of_the_issuer(stands.anew, request.user)
    return {
        "outlook": stands,
        "unprinted_more": max(len(stands.unprinted) - _MOST_LISTED, 0),
        "unprinted": stands.unprinted[:_MOST_LISTED],
        "left_out": list(stands.left_out.items()),
        "issues_more": bool(stands.of_the_issuer(stands.first, request.user)),
        "anew": sum(map(len, anew.values())),
        "plaques_of": [county for county in mine if designs.makes_plaques(county)],
        "designed": [county for county in mine if rules.designing_role(request.user, county)],
    }


@login_required
@require_POST
def plaques(request: PersonRequest, pk: int, county: int) -> HttpResponse:
    """The list of plaques of a decision, as a table to hand to whoever makes them."""
    found = get_object_or_404(rules.decisions(request.user), pk=pk)
    area = get_object_or_404(rules.seen_by(request.user), pk=county)
    try:
        made = plaque_list.listed(found, area, actor=request.user)
    except Refusal as refused:
        # No page offers it where it is refused.
        raise Http404 from refused
    answer = HttpResponse(made, content_type=spreadsheets.XLSX)
    name = _("%(document)s牌匾清单") % {"document": found.document_number}
    answer["Content-Disposition"] = disposition(f"{name}.xlsx", plain="plaques")
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def design(request: PersonRequest, pk: int) -> HttpResponse:
    """How the certificates of a county look, with a specimen."""
    county = get_object_or_404(rules.designed_by(request.user), pk=pk)
    found = designs.latest(county)
    asked = request.method == "POST"
    form = DesignForm(found, request.POST if asked else None, request.FILES if asked else None)

    def keep(form: DesignForm) -> None:
        designing.save(
            county,
            form.cleaned_data,
            crest=form.crest_sent(),
            seen=whole_number(request.POST.get("seen", "")) or 0,
            actor=request.user,
        )

    if asked and kept(form, keep):
        messages.success(request, _("证书样式已保存。以后发的证书用这个样式，已发的不变。"))
        return redirect("certificates:design", pk)
    context = {"form": form, "county": county, "design": found, "seen": found.pk or 0}
    return render(request, "certificates/design.html", context, status=status_of(form.errors))


@login_required
@require_GET
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    """A specimen in the design that was saved last, as a picture."""
    county = get_object_or_404(rules.seen_by(request.user), pk=pk)
    found = designs.latest(county)
    return HttpResponse(printing.preview(specimen(county, found), found), content_type="image/png")
