"""The audit administrator's pages."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.models import Role
from designation.organizations.rules import holds
from designation.site.pages import LINES_A_PAGE

from . import chain, queries, wording
from .forms import FilterForm
from .models import AuditEvent

View = Callable[[HttpRequest], HttpResponse]


def _for_the_audit_administrator(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not holds(request.user, Role.AUDIT_ADMINISTRATOR):
            raise Http404
        return view(request)

    return guarded


@require_GET
@_for_the_audit_administrator
def event_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    events = queries.matching(queries.visible_to(request.user), **wanted)  # type: ignore[arg-type]
    page = Paginator(events, LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/list.html", {"form": form, "page": page, "rows": _rows(page)})


@require_http_methods(["GET", "POST"])
@_for_the_audit_administrator
def verify(request: HttpRequest) -> HttpResponse:
    """Proves the chain and shows the verdict; a visit without the button leads to the list.

    One chain stands for the whole site: of a whole one the auditor reads how many of the events
    in it are theirs to see, and the last of these as an anchor, not how much others recorded.
    """
    if request.method != "POST":
        return redirect("audit:list")
    verdict = chain.verify()
    own = queries.visible_to(request.user).filter(sequence__lte=verdict.last.sequence)  # type: ignore[arg-type]
    context = {"verdict": verdict, "count": own.count(), "last": own.first()}
    return render(request, "audit/verdict.html", context)


def _rows(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    return [
        {
            "event": event,
            "action": wording.action(event.action),
            "role": wording.role(event.actor_role),
            "details": wording.details(event),
        }
        for event in events
    ]
