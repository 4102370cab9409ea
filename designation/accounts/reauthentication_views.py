"""The page that asks for the password again and then goes on with what was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from designation.site.pages import REFUSED
from designation.site.sent_again import way_back

from ..organizations.requests import PersonRequest
from .reauthentication import FIELD, reauthenticated

_OUR_OWN = frozenset({"csrfmiddlewaretoken", FIELD})


def asks_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around a page whose form asks for the password again before it is carried out."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            if reauthenticated(request):
                return view(request, *args, **kwargs)
        except ValidationError as refused:
            return _asked(request, str(refused.message), status=REFUSED)
        return _asked(request, "", status=200)

    return guarded


def _asked(request: PersonRequest, fault: str, *, status: int) -> HttpResponse:
    """What was sent goes along, and is carried out with the password."""
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        if name not in _OUR_OWN
        for text in texts
    ]
    context = {"sent": sent, "fault": fault, "field": FIELD, "way_back": way_back(request)}
    return render(request, "accounts/password_again.html", context, status=status)
