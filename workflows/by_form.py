"""Who pressed the form of a page, and how: what every page hands to the door of the person."""

from designation.organizations.requests import PersonRequest
from designation.site import request_keys

from .door import By


def by_form(request: PersonRequest) -> By:
    """Keywords of ``door.perform``, and of what leads to it. Each acts in their own place."""
    return {"actor": request.user, "request_key": request_keys.key_in(request.POST)}
