"""The audit administrator's pages."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.models import Role
from designation.organizations.rules import holds
from designation.site.lists import listing
from designation.site.pages import LINES_A_PAGE

from . import chain, queries, wording
from .filters import EventFilters
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
    events = queries.visible_to(request.user)  # type: ignore[arg-type]
    found = listing(request, EventFilters, events, size=LINES_A_PAGE)
    return render(request, "audit/list.html", found.context | {"rows": _rows(found.page)})


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
