"""The number of unread messages, counted only on pages that show it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Message


def unread(request: HttpRequest) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    waiting = Message.objects.filter(person_id=request.user.pk, read_at__isnull=True)
    return {"messages_unread": SimpleLazyObject(waiting.count)}
