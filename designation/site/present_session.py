"""What the page's own script asks about the session, and how it is answered.

A page belongs to the person it was made for: its requests name that person by an opaque id, and
are taken for nobody else. What a browser would follow or show is answered as data.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

SIGNED_OUT = 401
_NOT_TAKEN = 403
_ID_LENGTH = 20


def opaque_id(person: Any) -> str:
    """A stable id that says nothing of the person; "" for nobody."""
    if not person.is_authenticated:
        return ""
    return salted_hmac("designation.page", str(person.pk)).hexdigest()[:_ID_LENGTH]


@never_cache
@require_GET
def present_session(request: HttpRequest) -> JsonResponse:
    """Who is signed in in this browser, with a fresh token; for pages of this site only."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Http404
    person = request.user
    name = person.full_name if person.is_authenticated else ""
    return JsonResponse({"person": opaque_id(person), "name": name, "token": get_token(request)})


def is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Sent-By") == "script"


class SentByScript:
    """Middleware; stands below the end of sessions, so that an ended one is answered as such."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_by_script(request):
            return self.get_response(request)
        person = opaque_id(request.user)
        if not person:
            return signed_out()
        if request.headers.get("X-Person") != person:
            return JsonResponse({"other_person": True}, status=_NOT_TAKEN)
        response = self.get_response(request)
        if "Location" not in response:
            return response
        return _as_data(response)


def signed_out() -> JsonResponse:
    return JsonResponse({"signed_out": True}, status=SIGNED_OUT)


def stale_token() -> JsonResponse:
    return JsonResponse({"stale_token": True}, status=_NOT_TAKEN)


def asks_to_sign_in(response: HttpResponse) -> bool:
    return response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL) + "?")


def _as_data(response: HttpResponse) -> JsonResponse:
    """Where a browser would be led to; what the answer sets in cookies goes along."""
    if asks_to_sign_in(response):
        return signed_out()
    answer = JsonResponse({"went": response["Location"]})
    answer.cookies = response.cookies
    return answer
