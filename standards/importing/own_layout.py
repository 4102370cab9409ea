"""What may stand in our own YAML: the fields of each part, and the values that a field takes.

A field is a function that says whether a value fits it. What has no field is refused: a word
mistyped must not be passed over in silence.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from standards import kinds
from standards.categories import Category
from standards.models import Scope, StandardVersion, Strictness

Fits = Callable[[Any], bool]
_LONGEST_TEXT = 100_000
_LARGEST = 10**9
_MOST_YEARS = 10
_DERIVED = re.compile(r"(?P<first>\w{1,80}) [>/] (?P<second>\w{1,80})")


def text(longest: int = _LONGEST_TEXT) -> Fits:
    return lambda value: isinstance(value, str) and len(value) <= longest


def _code(longest: int) -> Fits:
    """A category's letters, a dash, and a name that may stand in an address."""
    written = re.compile(r"[A-Z]{2}-[A-Za-z0-9][A-Za-z0-9_-]*")
    return lambda value: (
        isinstance(value, str) and len(value) <= longest and bool(written.fullmatch(value))
    )


def _or_none(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _one_of(values: Any) -> Fits:
    known = frozenset(values)
    return lambda value: isinstance(value, str) and value in known


def _whole(most: int = _LARGEST) -> Fits:
    return lambda value: type(value) is int and 0 <= value <= most


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    """Figures, also in quotes; how large they may be is asked for later."""
    return value is None or (isinstance(value, int | float | str) and not isinstance(value, bool))


def _moment(value: Any) -> bool:
    """A moment with its zone, as it is exported."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _list_of(fits: Fits) -> Fits:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _is_part(value: Any) -> bool:
    return isinstance(value, dict)


def _fields(needed: Mapping[str, Fits], others: Mapping[str, Fits]) -> Fits:
    known = {**needed, **others}
    return lambda value: (
        isinstance(value, dict)
        and needed.keys() <= value.keys() <= known.keys()
        and all(known[name](held) for name, held in value.items())
    )


def _suggestion(value: Any) -> bool:
    """What was suggested and does not stand in the text: in words, and the figure if any."""
    if value == {}:
        return True
    words = {"zh": text(200), "en": text(400)}
    figures = {name: _whole() for name in ("frequency_per_year", "frequency_per_month")}
    return _fields(words, figures | {"percent_at_least": _whole(100)})(value)


def _parameters(value: Any) -> bool:
    figure = _fields({"zh": text(40)}, {"en": text(80), "unit": text(20)})
    fits = _fields(
        {},
        {
            "mode": _one_of(("all_of", "any_of")),
            "age_max": _whole(150),
            "age_inclusive": _flag,
            "aggregate": text(40),
            "years": _whole(_MOST_YEARS),
            "derive": text(200),
            "least": _whole(),
            "figures": lambda named: (
                isinstance(named, dict)
                and all(text(80)(name) and figure(said) for name, said in named.items())
            ),
        },
    )
    return fits(value) and _is_derived_of_its_figures(value)


def _is_derived_of_its_figures(parameters: Mapping[str, Any]) -> bool:
    figures = parameters.get("figures", {})
    if "derive" not in parameters:
        return not figures
    named = _DERIVED.fullmatch(parameters["derive"])
    return named is not None and (not figures or set(figures) == set(named.groups()))


_REMARKS = _list_of(_fields({"zh": text(), "en": text()}, {}))
_LINES = _list_of(text(400))
_PASSAGE = _fields({}, {"file": text(200), "start": _whole(), "length": _whole()})

_QUESTION = _fields(
    {"text": text(), "reason": text(200)},
    {
        "line": _whole(),
        "item": _code(12),
        "check": _code(16),
        "settled_at": _moment,
        "settled_by": text(150),
    },
)

STANDARD: Mapping[str, Fits] = {
    "category": _one_of(Category.values),
    "number": _whole(),
    "title_zh": text(200),
    "title_en": text(200),
    "heading_printed": text(200),
    "provenance": _one_of(StandardVersion.Provenance.values),
    "source": _fields(
        {},
        {
            "document": text(200),
            "issuer": text(120),
            "document_number": text(80),
            "file_name": text(200),
            "sha256": text(64),
            "complete_in_source": _flag,
            "passage": _PASSAGE,
            "remarks": _REMARKS,
        },
    ),
    "sections": lambda sections: bool(sections) and _list_of(_is_part)(sections),
    "questions": _list_of(_QUESTION),
}
SECTION: Mapping[str, Fits] = {
    "number_printed": _or_none(text(20)),
    "title_printed": text(200),
    "title_en": text(200),
    "items": _list_of(lambda item: isinstance(item, dict)),
}
ITEM: Mapping[str, Fits] = {
    "code": _code(12),
    "number_printed": text(20),
    "title_en": text(200),
    "text": text(),
    "oddities": _REMARKS,
    "basis": _fields({}, {"documents": _LINES, "own_draft": _flag}),
    "condition_zh": text(120),
    "condition_en": text(200),
    "source_line": _or_none(_whole()),
    "checks": _list_of(lambda check: isinstance(check, dict)),
}
CHECK: Mapping[str, Fits] = {
    "code": _code(16),
    "kind": lambda value: value in kinds.codes(),
    "metric": text(80),
    "metric_zh": text(120),
    "metric_en": text(200),
    "unit": text(20),
    "threshold": _number,
    "strictness": _one_of(Strictness.values),
    "scope": _one_of(Scope.values),
    "phrase": text(),
    "group": text(40),
    "parts": _LINES,
    "parameters": _parameters,
    "evidence_suggested": _LINES,
    "confirm_with": _LINES,
    "local_term": text(60),
    "may_be_not_applicable": _flag,
    "veto_suggested": _flag,
    "note": text(),
    "note_en": text(),
    "suggestion_not_in_text": _suggestion,
}


def misfit(part: Mapping[str, Any], fields: Mapping[str, Fits]) -> str | None:
    """The name of the first field of ``part`` that is unknown or does not fit; None: all do."""
    for name, value in part.items():
        fits = fields.get(name) if isinstance(name, str) else None
        if fits is None or not fits(value):
            return str(name)
    return None
