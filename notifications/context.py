"""The number of unread messages, counted only on pages that show it."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from designation.organizations.models import Person

from . import inbox


def unread(request: HttpRequest) -> dict[str, Any]:
    if not isinstance(request.user, Person):
        return {}
    return {"messages_unread": SimpleLazyObject(partial(inbox.unread, request.user))}
