"""Answers to what cannot be served, in the person's language."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults
from psycopg.errors import DeadlockDetected, IdleInTransactionSessionTimeout, LockNotAvailable

from .pages import REFUSED
from .present_session import is_by_script, stale_token
from .sent_again import fields_again, way_back
from .text import TooLong, typed_texts

_BROKEN, _NOT_READ, _BUSY, _TOO_LARGE, _BROKEN_OFF = 400, 405, 409, 413, 503
# What the database does of itself so that nobody waits without end, and the answer to it.
_ENDED_BY_THE_DATABASE: tuple[tuple[type[Exception], str, int], ...] = (
    (LockNotAvailable, "409_busy.html", _BUSY),
    (DeadlockDetected, "409_busy.html", _BUSY),
    (IdleInTransactionSessionTimeout, "503_broken_off.html", _BROKEN_OFF),
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that has grown old: said, with one press that sends it again."""
    if is_by_script(request):
        return stale_token()
    context = {
        "without_cookies": reason == REASON_NO_CSRF_COOKIE,
        "typed": list(typed_texts(request.POST)),
        "again": fields_again(request),
        "had_files": bool(request.FILES),
        "way_back": way_back(request),
    }
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read as a form; what is too long for one says what to do."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return render(request, "413_too_large.html", status=_TOO_LARGE)
    if isinstance(exception, MultiPartParserError):
        return render(request, "400_broken.html", status=_BROKEN)
    return defaults.bad_request(request, exception)


def too_large(request: HttpRequest) -> HttpResponse:
    """What the proxy shows, under a status of its own, for a request it does not let through."""
    return render(request, "413_too_large.html")


def not_found(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    """Nothing there, or nothing of this person's any more: what they had typed is listed."""
    was_typed = request.method == "POST" and request.resolver_match is not None
    typed = list(typed_texts(request.POST)) if was_typed else []
    return render(request, "404.html", {"typed": typed}, status=404)


def not_read(request: HttpRequest) -> HttpResponse:
    """An address that only a button leads to, opened by itself: as after signing in again."""
    back = way_back(request)
    here = back.partition("?")[0] == request.path
    context = {"way_back": reverse("home") if here else back}
    return render(request, "405.html", context, status=_NOT_READ)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


class Untaken:
    """Middleware for what no page has to think of.

    An address with the character NUL, which PostgreSQL cannot hold, leads nowhere. One that only
    takes what is sent says so to whoever opens it. A row that
    stayed locked by someone else's work is said to be busy, with what was typed; so is a text
    that is too long, and an act that stood still until the database broke it off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return not_found(request)
        answer = self.get_response(request)
        is_blank = answer.status_code == _NOT_READ and request.method == "GET"
        return not_read(request) if is_blank else answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooLong):
            told = {"reason": str(exception), "typed": list(typed_texts(request.POST))}
            return render(request, "422_too_long.html", told, status=REFUSED)
        if not isinstance(exception, (OperationalError, InternalError)):
            return None
        answers = (
            (template, status)
            for cause, template, status in _ENDED_BY_THE_DATABASE
            if isinstance(exception.__cause__, cause)
        )
        template, status = next(answers, ("", 0))
        if not template:
            return None
        context = {
            "typed": list(typed_texts(request.POST)),
            "again": fields_again(request),
            "had_files": bool(request.FILES),
            "way_back": way_back(request),
        }
        return render(request, template, context, status=status)
