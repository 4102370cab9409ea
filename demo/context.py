"""What the demo adds to every page: its clock, and its accounts on the sign-in page."""

from typing import Any

from django.http import HttpRequest

from .accounts import by_office
from .clock import demo_now

STEPS = (1, 3, 7, 14)


def demo(_request: HttpRequest) -> dict[str, Any]:
    return {"demo_clock": demo_now(), "demo_steps": STEPS, "demo_offices": by_office}
