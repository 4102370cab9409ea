"""Who signed in with a first password changes it before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_OPEN = {"organizations:password", "organizations:logout", "set_language"}


class FirstPassword:
    """Middleware; stands below the end of sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        person = request.user
        if not person.is_authenticated or not person.must_change_password:
            return None
        if request.resolver_match and request.resolver_match.view_name in _OPEN:
            return None
        return redirect("organizations:password")
