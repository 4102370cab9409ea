"""Pages of the security administrator: who holds which seat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.site.lists import listing
from designation.site.pages import status_of

from ..accounts.reauthentication_views import asks_again
from ..organizations import handover
from ..organizations.models import Person, Role
from ..organizations.requests import PersonRequest
from ..organizations.scoping import Administered
from ..site.creating import create
from .deputy_conditions import roles_with_deputies
from .filters import SeatFilters
from .forms import SeatForm
from .rules import giving_roles, roles_to_give
from .seating import SeatRefused, end_seat, give_seat


def _administered(request: PersonRequest) -> Administered:
    return Administered(request.user, *giving_roles(request.user))


@login_required
@require_GET
def seat_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, SeatFilters, _administered(request).seats())
    context = found.context | {
        "with_deputies": roles_with_deputies(),
        "lets_go": Role.SECURITY_ADMINISTRATOR in giving_roles(request.user),
    }
    return render(request, "administration/seats.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def seat_add(request: PersonRequest) -> HttpResponse:
    mine = _administered(request)
    form = SeatForm(
        roles_to_give(request.user),
        mine.people().filter(is_active=True),
        mine.organizations(),
        mine.jurisdictions(),
        request.POST or None,
        # Where a list says which seat is wanting.
        initial={name: request.GET.get(name) for name in ("role", "organization", "person")},
    )
    if request.method == "POST":
        address = create(
            request,
            form,
            lambda form: _seat_given(form, request.user),
            refusals=(SeatRefused,),
            refused_at="role",
        )
        if address:
            messages.success(request, _("岗位已授予。"))
            return redirect(address)
    return render(
        request, "administration/seat.html", {"form": form}, status=status_of(form.errors)
    )


def _seat_given(form: SeatForm, actor: Person) -> str:
    typed = form.cleaned_data
    give_seat(
        typed["person"],
        Role(typed["role"]),
        form.place(),
        actor=actor,
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
    )
    return reverse("organizations:seats")


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def seat_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asked about once: what waits in the seat, and what becomes of it, is shown first."""
    # One that another ended meanwhile is told, not hidden.
    seat = get_object_or_404(_administered(request).seats_ever(), pk=pk)
    # Of one that is over, and of one's own, is told why not: neither can be ended.
    may_end = seat.ended_at is None and seat.person != request.user
    if may_end and request.POST.get("confirmed") != "yes":
        waiting = handover.waiting_in(seat) if seat.is_in_force else []
        context = {"seat": seat, "waiting": waiting}
        return render(request, "administration/seat_end.html", context)
    try:
        end_seat(seat, actor=request.user)
    except SeatRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("岗位已终止。"))
    return redirect("organizations:seats")
