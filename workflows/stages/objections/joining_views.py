"""Pages on which objections that say the same are joined, and taken apart again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ...by_form import by_form
from . import joined, joining, objections, queries
from .forms import JoiningForm, SeparatingForm

# Read before one is ticked: as many as a page bears. What was joined makes room for the next.
_SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def join(request: PersonRequest, pk: int) -> HttpResponse:
    """Other open ones to the same name beside the one at hand, which will lead them."""
    found = get_object_or_404(queries.whole(objections.in_scope(request.user)), pk=pk)
    others = joined.with_what_was_begun(joined.others(found))[:_SHOWN]
    beside = [(one, list(joined.why_not_joined(one))) for one in others]
    offered = [one for one, why_not in beside if not why_not]
    form = JoiningForm(request.POST or None, taken=joined.to_the_same_name(found), offered=offered)

    def make(form: JoiningForm) -> str:
        reason = form.cleaned_data["reason"]
        joining.join(found, form.cleaned_data["objections"], reason=reason, **by_form(request))
        return reverse("notices:objection", args=[pk])

    address = None
    if request.method == "POST":
        address = create(request, form, make, refusals=(Refusal,))
    if address:
        messages.success(
            request, _("已并案。调查、听取陈述和结论都在这一件上办理，逐件告知异议人。")
        )
        return redirect(address)
    context = {
        "objection": found,
        "beside": beside,
        "why_not": list(joined.why_not_leading(found)),
        "form": form,
        "may_join": bool(offered),
    }
    return render(request, "objections/join.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def separate(request: PersonRequest, pk: int) -> HttpResponse:
    """It is looked into by itself again."""
    found = get_object_or_404(queries.whole(objections.in_scope(request.user)), pk=pk)
    standing = joined.standing(found)
    form = SeparatingForm(request.POST or None)
    if standing is None and not form.is_bound:
        return redirect("notices:objection", pk)

    def make(form: SeparatingForm) -> str:
        joining.separate(found, reason=form.cleaned_data["reason"], **by_form(request))
        return reverse("notices:objection", args=[pk])

    address = None
    if request.method == "POST":
        address = create(request, form, make, refusals=(Refusal,))
    if address:
        messages.success(request, _("已解除并案，这件异议单独办理，请按它自己的期限办结。"))
        return redirect(address)
    context = {"objection": found, "joining": standing, "form": form}
    return render(request, "objections/separate.html", context, status=status_of(form.errors))
