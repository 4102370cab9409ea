"""The nightly comparison of saves, for the system administrator: figures, and nobody's."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from designation.site import tallies

from ..organizations.requests import PersonRequest
from ..organizations.rules import seats

# Days on the page; our default.
_SHOWN = 60


@login_required
@require_GET
def save_list(request: PersonRequest) -> HttpResponse:
    """Raises Http404 for everybody but system administrators."""
    if not seats(request.user).is_system_administrator:
        raise Http404
    compared = tallies.compared_lately(_SHOWN)
    return render(request, "administration/saves.html", {"compared": compared})
