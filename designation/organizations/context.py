"""What every template may ask for: the present moment, and the person's seats."""

from typing import Any

from django.http import HttpRequest

from ..site import clock
from .rules import seats


def site(request: HttpRequest) -> dict[str, Any]:
    return {"now": clock.now(), "my_seats": seats(request.user)}
