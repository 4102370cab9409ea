"""Answers to what cannot be served, in the person's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .typed import typed_texts


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that has grown old: say so, and how to go on."""
    context = {"reason": reason, "typed": list(typed_texts(request.POST))}
    return render(request, "403_csrf.html", context, status=403)


def not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
