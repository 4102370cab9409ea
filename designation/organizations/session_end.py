"""A form sent after the session ended: what was typed is shown, not swallowed by the login."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from ..typed import typed_texts

_GONE = 401


class SessionEnd:
    """Middleware; stands below those that know the person and htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not _asks_to_sign_in(response):
            return response
        if getattr(request, "htmx", False):
            # A draft that saves itself: the page stays as it is, with a word at its head.
            told = render(request, "organizations/_session_ended.html")
            told["HX-Retarget"] = "#session"
            told["HX-Reswap"] = "innerHTML"
            return told
        typed = list(typed_texts(request.POST))
        if not typed and not request.FILES:
            return response
        context = {"typed": typed, "had_files": bool(request.FILES)}
        return render(request, "organizations/session_ended.html", context, status=_GONE)


def _asks_to_sign_in(response: HttpResponse) -> bool:
    address = response.get("Location", "")
    return address.startswith(resolve_url(settings.LOGIN_URL) + "?")
