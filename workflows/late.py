"""A late click: the application has moved on, and what was typed is shown, so that it is not lost.

For people who could have done it a moment ago; everyone else is told nothing (404).
"""

import re

from django.http import HttpResponse
from django.shortcuts import render

from designation.applications.models import Application, Conclusion
from designation.organizations.requests import PersonRequest
from standards.evaluation import JUDGEMENTS

_NOT_TYPED = ("csrfmiddlewaretoken", "version", "show", "continue", "save", "rest", "answer")
_CHOSEN = frozenset(("yes", "no", *Conclusion.values, *JUDGEMENTS))
_ITEM = re.compile(r"[A-Z]{2}-[0-9]{2}")
REFUSED = 422


def too_late(request: PersonRequest, application: Application | None) -> HttpResponse:
    """The page that says where ``application`` now stands, with every text of the form."""
    context = {"application": application, "typed": list(_typed(request))}
    return render(request, "applications/late.html", context, status=REFUSED)


def _typed(request: PersonRequest) -> list[tuple[str, str]]:
    """Pairs of item code (or "") and text; what was only chosen is soon chosen again."""
    return [
        (_item_code(name), text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in _NOT_TYPED and text.strip() and text not in _CHOSEN
    ]


def _item_code(name: str) -> str:
    found = _ITEM.search(name)
    return found.group() if found else ""
