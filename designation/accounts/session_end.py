"""The end of a session: idle too long, or at work too long; what was typed is shown, not lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..organizations.rules import seats
from ..site import clock
from ..site.present_session import SIGNED_OUT, asks_to_sign_in, signed_out
from ..site.sent_again import fields_again, way_back
from ..site.text import typed_texts
from . import sign_ins

# Written down at most once a minute: a page is read far more often than it is left.
_PRECISION = timedelta(minutes=1)


def begin(request: HttpRequest, **_kwargs: Any) -> None:
    """Write down when the session began. Listens to every sign-in (``apps.py``)."""
    now = clock.system_now().isoformat()
    request.session["signed_in_at"] = request.session["seen_at"] = now


class SessionEnd:
    """Middleware; stands below those that know the person and htmx.

    Sessions end by the machine's own clock: the demo's days pass in a click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_over(request):
            sign_ins.session_ended(request.user)
            logout(request)
        response = self.get_response(request)
        if request.method != "POST" or not asks_to_sign_in(response):
            return response
        if getattr(request, "htmx", False):
            # The page stays as it is; its script says so at its head.
            return signed_out()
        typed = list(typed_texts(request.POST))
        if not typed and not request.FILES:
            return response
        context = {
            "typed": typed,
            "had_files": bool(request.FILES),
            "again": fields_again(request),
            "way_back": way_back(request),
        }
        return render(request, "accounts/session_ended.html", context, status=SIGNED_OUT)


def _is_over(request: HttpRequest) -> bool:
    """Whether the session has ended; if not, that the person was seen is written down."""
    if "signed_in_at" not in request.session:
        # Begun where nobody listened: without a beginning it would never end.
        begin(request)
    now = clock.system_now()
    signed_in = _moment(request, "signed_in_at")
    seen = _moment(request, "seen_at")
    administers = seats(request.user).is_administrator
    minutes = settings.ADMINISTRATOR_IDLE_MINUTES if administers else settings.IDLE_MINUTES
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if now - seen > timedelta(minutes=minutes) or now - signed_in > longest:
        return True
    if now - seen > _PRECISION:
        request.session["seen_at"] = now.isoformat()
    return False


def _moment(request: HttpRequest, name: str) -> datetime:
    return datetime.fromisoformat(request.session[name])
