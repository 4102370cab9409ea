"""Browsers in which a person has signed in before.

A signed cookie names the browser and, by a keyed hash of their state, the people who signed in
with it. It lets nobody in: it only keeps the failures of others from shutting its people out. A
new password ends what it says of its person.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from ..organizations.models import Person

COOKIE = "browser"
# Our defaults: kept half a year from the last sign-in, for a desk that several people share.
KEPT = timedelta(days=180)
_MOST_PEOPLE = 8
_SALT = "designation.accounts.devices"
_LENGTH = 16


def known(request: HttpRequest, person: Person) -> str:
    """The browser's id, when the person has signed in with it under their present password."""
    browser, people = _read(request)
    said = people.get(str(person.pk), "")
    return browser if said and constant_time_compare(said, _state(person)) else ""


def remember(response: HttpResponse, request: HttpRequest, person: Person) -> None:
    """Let the browser be known as one of the person's."""
    browser, people = _read(request)
    others = {pk: state for pk, state in people.items() if pk != str(person.pk)}
    kept = dict(list(others.items())[1 - _MOST_PEOPLE :]) | {str(person.pk): _state(person)}
    value = {"browser": browser or secrets.token_hex(_LENGTH // 2), "people": kept}
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=_SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return "", {}
    return value["browser"], value["people"]


def _state(person: Person) -> str:
    return salted_hmac(_SALT, person.get_session_auth_hash()).hexdigest()[:_LENGTH]
