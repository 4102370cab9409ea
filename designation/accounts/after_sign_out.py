"""Pages of a signed-in person are not shown again after they have signed out.

Forbidding to store them would cost what was typed: a browser that goes back could only fetch an
empty form. So pages may be kept, by this browser alone, and a cookie that scripts may read says
whose session it has. On the way back ``signed_in.js`` compares it with the page's own person;
where the session is over, the page leaves for the server's answer. Leaving a session also tells
the browser to drop what it kept of this site. Files hold nothing typed and are not kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ..site.present_session import opaque_id

COOKIE = "signed_in"


class SignedInPages:
    """Middleware; stands above the end of sessions, and sees whom it left signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = opaque_id(request.user)
        if person:
            _keep_private(response)
        if request.COOKIES.get(COOKIE, "") != person:
            _say_whose(response, person)
        return response


def _keep_private(response: HttpResponse) -> None:
    if "Cache-Control" not in response:
        is_page = response.get("Content-Type", "").startswith("text/html")
        response["Cache-Control"] = "private, " + ("no-cache" if is_page else "no-store")


def _say_whose(response: HttpResponse, person: str) -> None:
    if person:
        response.set_cookie(COOKIE, person, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
        response["Clear-Site-Data"] = '"cache"'
