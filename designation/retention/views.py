"""The list of what is due, what keeps it, and the table of periods."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from . import classes, holds, rules, tables
from .filters import DisposalFilters
from .forms import ReasonForm


@login_required
@require_GET
def disposal_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, DisposalFilters, rules.seen_by(request.user))
    rows = [(row, tables.state(row)) for row in found.page]
    return render(request, "retention/list.html", found.context | {"rows": rows})


@login_required
@require_GET
def class_list(request: PersonRequest) -> HttpResponse:
    """The same for everybody who signs in: how long what they enter is kept."""
    return render(request, "retention/classes.html", {"classes": classes.CLASSES})


@login_required
@require_http_methods(["GET", "POST"])
def hold(request: PersonRequest) -> HttpResponse:
    """All that the list, as the address narrows it, shows as not held."""
    return _reasoned(request, "due", holds.hold, _("暂缓销毁"))


@login_required
@require_http_methods(["GET", "POST"])
def lift(request: PersonRequest) -> HttpResponse:
    """All that the list, as the address narrows it, shows as held."""
    return _reasoned(request, "held", holds.lift, _("解除暂缓"))


def _reasoned(
    request: PersonRequest, state: str, act: Callable[..., int], title: str
) -> HttpResponse:
    query = request.GET.copy()
    query["state"] = state
    rows = DisposalFilters(query, rules.seen_by(request.user), request=request)
    keys = list(rows.qs.values_list("pk", flat=True)[: holds.MOST_AT_ONCE])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":

        def make(sent: ReasonForm) -> str:
            done = act(keys, reason=sent.cleaned_data["reason"], actor=request.user)
            messages.success(request, _told(title, done))
            return reverse("retention:list")

        if address := create(request, form, make, refusals=(Refusal,)):
            return redirect(address)
    elif not keys:
        raise Http404
    first = rows.qs.first()
    context: dict[str, Any] = {"form": form, "title": title, "count": len(keys), "first": first}
    return render(request, "retention/reason.html", context, status=status_of(form.errors))


def _told(title: str, done: int) -> str:
    told = ngettext("%(title)s：已办理 %(count)s 项。", "%(title)s：已办理 %(count)s 项。", done)
    return told % {"title": title, "count": done}
