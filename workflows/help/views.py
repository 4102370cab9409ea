"""Pages of the help: its list, the course in pictures, and a part of it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from designation.organizations.rules import seats

from . import course as drawn
from . import topics
from .facts import facts
from .finding import opens, own
from .parts import PARTS, PUBLIC, SIGNED_IN
from .questions import Part


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what it names filled in; ``page`` only where the reader gets it."""

    asked: str
    answer: str
    page: str
    called: Any


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one topic."""

    code: str
    name: Any
    questions: list[Answered]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The reader's own parts, then all others."""
    mine = own(seats(request.user).roles)
    context = {
        "mine": mine,
        "everybodys": (SIGNED_IN, PUBLIC),
        "others": [one for one in PARTS if one not in (*mine, SIGNED_IN, PUBLIC)],
    }
    return render(request, "help/index.html", context)


@require_safe
def course(request: HttpRequest) -> HttpResponse:
    return render(request, "help/course.html", {"steps": drawn.steps()})


@require_safe
def part(request: HttpRequest, code: str) -> HttpResponse:
    found = next((one for one in PARTS if one.code == code), None)
    if found is None:
        raise Http404
    return render(request, "help/part.html", {"shown": found, "topics": _asked(request, found)})


def _asked(request: HttpRequest, shown: Part) -> list[Asked]:
    roles, known = seats(request.user).roles, facts()

    def answered(topic: str) -> list[Answered]:
        return [
            Answered(
                str(one.asked) % known,
                str(one.answer) % known,
                one.page if is_open else "",
                topics.NAMES[one.page] if is_open else "",
            )
            for one in shown.questions
            if one.topic == topic
            for is_open in [opens(one, shown, roles, is_signed_in=request.user.is_authenticated)]
        ]

    return [Asked(code, topics.topic(code).name, answered(code)) for code in shown.topics]
