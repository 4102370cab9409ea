"""A form that could not be taken: sent again by one press, and a way back to where it came from."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

_NEVER_AGAIN = "csrfmiddlewaretoken"


def came_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form: what others forge must not be one press away."""
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def fields_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Pairs of name and text that send the form as it was; none where it may not be sent again.

    A form with a password is never written into a page.
    """
    if not came_from_here(request) or any("password" in name for name in request.POST):
        return []
    return list(_all_fields(request))


def _all_fields(request: HttpRequest) -> Iterable[tuple[str, str]]:
    for name, texts in request.POST.lists():
        if name != _NEVER_AGAIN:
            yield from ((name, text) for text in texts)


def way_back(request: HttpRequest) -> str:
    """The page that the form stood on: what the browser says it came from, else the front page."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path:
        return reverse("home")
    return f"{referer.path}?{referer.query}" if referer.query else referer.path
