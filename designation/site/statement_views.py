"""What the site says of itself to everybody: how far it can be used by everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is aimed at, what is not met, and where to complain. No statement."""
    return render(request, "site/accessibility.html")
