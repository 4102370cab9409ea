"""A late click: the application has moved on, and what was typed is shown, so that it is not lost.

For people who could have done it a moment ago; everyone else is told nothing (404).
"""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from designation.applications.models import Application, Conclusion
from designation.organizations.requests import PersonRequest
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal
from designation.site.text import typed_texts
from standards.engine.evaluation import JUDGEMENTS

from .held import already_moved

_CHOSEN = frozenset(("yes", "no", *Conclusion.values, *JUDGEMENTS))
_ITEM = re.compile(r"[A-Z]{2}-[0-9]{2}")


def too_late(
    request: PersonRequest, application: Application, refused: Refusal | None = None
) -> HttpResponse:
    """The page that says why it was refused, with every text of the form.

    Without ``refused`` the reason is where ``application`` now stands.
    """
    latest = reverse("applications:case", args=[application.pk])
    return refused_late(request, refused or already_moved(application), latest=latest)


def refused_late(request: PersonRequest, refused: Refusal, *, latest: str) -> HttpResponse:
    """As ``too_late``, of anything: ``latest`` is the address where it now stands."""
    context = {"latest": latest, "reasons": refused.findings, "typed": list(_typed(request))}
    return render(request, "case/late.html", context, status=REFUSED)


def _typed(request: PersonRequest) -> list[tuple[str, str]]:
    """Pairs of item code (or "") and text; what was only chosen is soon chosen again."""
    return [
        (_item_code(name), text) for name, text in typed_texts(request.POST) if text not in _CHOSEN
    ]


def _item_code(name: str) -> str:
    found = _ITEM.search(name)
    return found.group() if found else ""
