"""Pages of deputies: who stands in for whom, from when to when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ..accounts.reauthentication_views import asks_again
from ..organizations.models import Seat
from ..organizations.requests import PersonRequest
from ..site.creating import create
from . import deputies
from .deputy_conditions import LONGEST, colleagues_of, of_seat
from .forms import DeputyForm


@login_required
@require_GET
def deputy_list(request: PersonRequest) -> HttpResponse:
    """One's own: who acts for the person, for whom the person acts."""
    person = request.user
    context = {
        "seats": deputies.seats_of(person),
        "named": deputies.named_by(person),
        "standing_in": deputies.named_for(person),
        "longest": LONGEST.days,
    }
    return render(request, "administration/deputies.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def deputy_name(request: PersonRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(deputies.seats_to_deputise(request.user), pk=pk)
    shut = list(of_seat(seat))
    form = DeputyForm(colleagues_of(seat), request.POST or None)
    if request.method == "POST":
        address = create(
            request, form, lambda form: _named(request, seat, form), refusals=(Refusal,)
        )
        if address:
            messages.success(request, _("代理人已指定，并已通知双方。"))
            return redirect(address)
    context = {"seat": seat, "form": form, "shut": shut, "back": _back(request, seat)}
    return render(request, "administration/deputy.html", context, status=status_of(form.errors))


def _named(request: PersonRequest, seat: Seat, form: Any) -> str:
    typed = form.cleaned_data
    deputies.name_deputy(
        seat,
        typed["colleague"],
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
        actor=request.user,
    )
    return _back(request, seat)


@login_required
@require_http_methods(["GET", "POST"])
def deputy_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asked about once."""
    deputy = get_object_or_404(deputies.to_end(request.user), pk=pk)
    back = _back(request, deputy.deputy_of or deputy)
    if deputy.ended_at is None and request.POST.get("confirmed") != "yes":
        context = {"deputy": deputy, "back": back}
        return render(request, "administration/deputy_end.html", context)
    try:
        deputies.end_deputy(deputy, actor=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("代理已终止，并已通知双方。"))
    return redirect(back)


def _back(request: PersonRequest, seat: Seat) -> str:
    """Where the person came from: their own page, or the list of the seats they give."""
    own = seat.person_id == request.user.pk
    return reverse("organizations:deputies" if own else "organizations:seats")
