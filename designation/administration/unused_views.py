"""Pages of accounts that nobody uses: who is soon switched off, who was, and who comes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ..accounts.reauthentication_views import asks_again
from ..accounts.use import UNUSED_AFTER
from ..organizations.models import Person
from ..organizations.requests import PersonRequest
from ..site.creating import create
from . import unused
from .filters import UnusedFilters
from .forms import SwitchOnForm


@login_required
@require_GET
def unused_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, UnusedFilters, unused.listed(request.user))
    stay = unused.last_administrators(row for row in found.page if row.is_active)
    rows = [(row, row.pk in stay, unused.goes_off_on(row)) for row in found.page]
    context = found.context | {
        "rows": rows,
        "days": UNUSED_AFTER.days,
        "before": unused.TOLD_BEFORE.days,
    }
    return render(request, "administration/unused.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def switch_on(request: PersonRequest, pk: int) -> HttpResponse:
    # One that another switched on meanwhile is told, not hidden.
    person = get_object_or_404(unused.own_people(request.user), pk=pk)
    form = SwitchOnForm(request.POST or None)
    if request.method == "POST" and create(
        request, form, lambda form: _switched_on(request, person, form), refusals=(Refusal,)
    ):
        messages.success(request, _("账号已重新启用，已通知本人。"))
        return redirect("organizations:unused")
    context = {"person": person, "form": form}
    return render(request, "administration/switch_on.html", context, status=status_of(form.errors))


def _switched_on(request: PersonRequest, person: Person, form: SwitchOnForm) -> str:
    unused.switch_on(person, reason=form.cleaned_data["reason"], actor=request.user)
    return reverse("organizations:unused")
