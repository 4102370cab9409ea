"""A page that saves itself field by field: what its script sends, and how that is answered.

The script (static/saving/kept_form.js) sends the inputs that changed, with their names in
``fields``, so that an emptied box and a tick taken away are known. The answer says of each
whether it was kept; what it does not name, the page goes on calling unsaved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse

from designation.site import clock

from . import shown
from .pages import REFUSED
from .shown import Told
from .tallies import Tally, Way
from .templatetags.moments import moment

# A phone held upright; our default. The script measures, the record only counts.
_NARROW = "narrow"
_TALLY = "tally"
# What another form of the page rests on, as it was shown: a signature, on the record.
RESTS_ON = "rests_on"


def is_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("X-Autosave") == "1"


def covered(request: HttpRequest) -> frozenset[str]:
    """Names of the inputs that this save is about."""
    return frozenset(filter(None, request.POST.get("fields", "").split(",")))


def way(request: HttpRequest) -> Way:
    """How the save came, as the page's script says."""
    said = request.POST
    return Way(is_narrow=said.get(_NARROW) == "1", tally=Tally.read(said.get(_TALLY, "")))


def refused(form: Any, inputs: Iterable[str]) -> dict[str, str]:
    """Why each of ``inputs`` cannot be kept, of those that cannot."""
    return {name: str(form.errors[name][0]) for name in inputs if name in form.errors}


def ways(form: Any, inputs: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """What each of ``inputs`` may have meant, of those that are asked about."""
    return {
        name: [(answer.stands_for, answer.said) for answer in form.questions[name]]
        for name in inputs
        if name in form.questions
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a save.

    ``record`` is what now stands, by field of the record, for the fields that were covered.
    ``refused`` maps an input to why it was not kept, ``ways`` one to the texts it may have meant,
    each with its wording; ``conflicts`` an input to what another
    person put there meanwhile, with ``theirs``: the texts of each input of that field.
    ``hints`` is the part of the page that judges what is saved, as HTML; ``rests_on`` the digests
    that another form of the page rests on now.
    """

    record: Mapping[str, Any]
    refused: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    conflicts: Mapping[str, Told] = field(default_factory=dict)
    theirs: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    hints: str = ""
    rests_on: Mapping[str, str] = field(default_factory=dict)


def together(one: Outcome, other: Outcome) -> Outcome:
    """What became of a save of two sorts of fields, as one."""
    return Outcome(
        record={**one.record, **other.record},
        refused={**one.refused, **other.refused},
        ways={**one.ways, **other.ways},
        conflicts={**one.conflicts, **other.conflicts},
        theirs={**one.theirs, **other.theirs},
        hints=one.hints + other.hints,
        rests_on={**one.rests_on, **other.rests_on},
    )


def answer(outcome: Outcome) -> JsonResponse:
    in_question = {told.name for told in outcome.conflicts.values()}
    settled = {n: value for n, value in outcome.record.items() if n not in in_question}
    return JsonResponse(
        {
            "saved_at": f"{clock.now().astimezone(clock.SHANGHAI):%H:%M}",
            "shown": shown.digests(settled),
            "refused": dict(outcome.refused),
            "ways": dict(outcome.ways),
            "conflicts": {
                name: _told(told, outcome.theirs.get(name, {}))
                for name, told in outcome.conflicts.items()
            },
            "hints": outcome.hints,
            "rests_on": dict(outcome.rests_on),
        }
    )


def _told(told: Told, texts: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "field": told.name,
        "theirs": told.theirs,
        "by": told.by,
        "at": moment(told.at),
        "shown": told.digest,
        "texts": dict(texts),
    }


def denied(messages: Iterable[str]) -> JsonResponse:
    """Nothing can be kept now, and sending it again will not change that."""
    return JsonResponse({"denied": " ".join(messages)}, status=REFUSED)
