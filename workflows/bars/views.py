"""The organizations that may not apply for now; and the form of the decision that lifts a bar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.models import Organization
from designation.organizations.requests import PersonRequest
from designation.register.bars import Bar
from designation.site.creating import kept
from designation.site.lists import listing
from designation.site.pages import status_of

from ..by_form import by_form
from . import lifting, tables, words
from .filters import BarFilters
from .forms import LiftingForm
from .queries import bar_of, bars_on
from .rules import lifting_role, organizations_read_by, reads_bars


@login_required
@require_GET
def bar_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, BarFilters, tables.rows(request))
    lines = [(row, _said(request, row, bars_on(row))) for row in found.page]
    return render(request, "bars/list.html", found.context | {"lines": lines})


def _said(
    request: PersonRequest, row: Organization, found: list[Bar]
) -> list[tuple[Bar, str, bool]]:
    """Each with its sentence, and whether the person may record that it is lifted."""
    lifts = lifting_role(request.user, row) is not None
    return [(bar, words.sentence(bar), lifts) for bar in found]


@login_required
@require_http_methods(["GET", "POST"])
def lift(request: PersonRequest, ground: str, key: int) -> HttpResponse:
    """The decision that lifts a bar; of one that is lifted already it says so."""
    bar = bar_of(ground, key)
    if bar is None:
        return _lifted_already(request)
    rows = organizations_read_by(request.user)
    organization = get_object_or_404(rows, pk=bar.organization)
    if lifting_role(request.user, organization) is None:
        raise Http404
    form = LiftingForm(request.POST or None)

    def lifted(form: LiftingForm) -> None:
        lifting.lift(bar, form.document, **by_form(request))

    if request.method == "POST" and kept(form, lifted):
        told = _("限制已经解除，单位会收到通知，可以申报；申报未通过的批次除外。")
        messages.success(request, told)
        return redirect("bars:list")
    context = {
        "organization": organization,
        "bar": bar,
        "said": words.sentence(bar),
        "form": form,
    }
    return render(request, "bars/lift.html", context, status=status_of(form.errors))


def _lifted_already(request: PersonRequest) -> HttpResponse:
    """To who sends a form a second time, or comes late."""
    if not reads_bars(request.user):
        raise Http404
    messages.info(request, _("这项限制已经解除或者期满，不用再办理。"))
    return redirect("bars:list")
