"""Answers to what cannot be served, in the person's language."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import LockNotAvailable

from .site.text import typed_texts

_BUSY = 409


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that has grown old: say so, and how to go on."""
    context = {"reason": reason, "typed": list(typed_texts(request.POST))}
    return render(request, "403_csrf.html", context, status=403)


def not_found(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


class Untaken:
    """Middleware for what no page has to think of.

    An address with the character NUL, which PostgreSQL cannot hold, leads nowhere. A row that
    stayed locked by someone else's work is said to be busy, with what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return not_found(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        if not isinstance(exception.__cause__, LockNotAvailable):
            return None
        context = {"typed": list(typed_texts(request.POST))}
        return render(request, "409_busy.html", context, status=_BUSY)
