"""The page of a round's routing: who reviews whose application first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import status_of

from . import routed, routing, rules
from .routing_forms import RoutingForm

# Of names that an input proposes; whoever has more types them whole. Our default.
_PROPOSED = 300


@login_required
@require_http_methods(["GET", "POST"])
def routes(request: PersonRequest, pk: int) -> HttpResponse:
    """Shown and changed while the round is prepared and while it runs."""
    rows = rules.rounds_not_over(request.user)
    rows = rows.select_related("jurisdiction", "default_reviewing_body__jurisdiction")
    round_ = get_object_or_404(rows, pk=pk)
    sent = request.method == "POST"

    def keep(form: RoutingForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        routing.set_routing(
            round_, form.kept(), before=form.read(), reason=reason, actor=request.user
        )

    form = RoutingForm(round_, request.POST if sent else None)
    if sent and kept(form, keep):
        messages.success(request, _("已保存。"))
        return redirect("rounds:routing", pk)
    picture = routed.picture(round_)
    context = {
        "form": form,
        "round": round_,
        "picture": picture,
        "stands": list(zip(picture.rules, form.of_rules(), strict=True)),
        "reviewers": routing.reviewers(round_)[:_PROPOSED],
        "areas": routing.areas(round_)[:_PROPOSED],
    }
    return render(request, "rounds/routing.html", context, status=status_of(form.errors))
