"""What may be filled in of a draft and its parts; some of it stands together in one column.

The source of a standard is one column of three texts. How a check is made of others (any of its
parts, a rate of two figures) is one column of parameters.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designation.site import filling
from designation.site.filling import Filled
from designation.site.refusal import Finding
from designation.site.text import excess_told
from standards import kinds
from standards.characters import line
from standards.models import Check, Item, Section, StandardVersion
from standards.units import WITHOUT_UNIT

Row = StandardVersion | Section | Item | Check

# In characters; our default.
LONGEST_OF_SOURCE = {"document": 200, "issuer": 120, "document_number": 80}
LONGEST_FIGURE = 40
_PARAMETERS = {"any_of": False, "rate_part": "", "rate_whole": "", "rate_least": None}
# Below so many of the whole no rate is made, unless it is said; our default.
_FEWEST_SHEETS = 10

COLUMNS: dict[type[Row], tuple[str, ...]] = {
    StandardVersion: ("title_zh", "title_en", "heading_printed", "provenance"),
    Section: ("number_printed", "title_printed", "title_en"),
    Item: ("section", "number_printed", "text", "title_en", "condition_zh", "condition_en"),
    Check: (
        "phrase",
        "kind",
        "metric_zh",
        "metric_en",
        "threshold",
        "unit",
        "strictness",
        "scope",
        "evidence_suggested",
        "group",
        "parts",
        "may_be_not_applicable",
        "local_term",
        "veto_suggested",
        "confirm_with",
        "note",
        "note_en",
    ),
}
_LISTS = ("evidence_suggested", "parts", "confirm_with")


def said(row: Row) -> dict[str, Any]:
    """All that may be filled in of a row, as it stands, by name."""
    found = {name: _value(row, name) for name in COLUMNS[type(row)]}
    if isinstance(row, StandardVersion):
        found |= {name: row.source.get(name, "") for name in LONGEST_OF_SOURCE}
    if isinstance(row, Check):
        found |= {"unit": "" if row.unit in WITHOUT_UNIT else row.unit} | _of_parameters(row)
    return found


def _value(row: Row, name: str) -> Any:
    if isinstance(row, Item) and name == "section" and row.section_id is None:
        # A new row without it has nothing to read.
        return None
    return getattr(row, name)


def _of_parameters(check: Check) -> dict[str, Any]:
    parameters = check.parameters
    figures = list(parameters.get("figures", {}).values())
    found = _PARAMETERS | {"any_of": parameters.get("mode") == "any_of"}
    if " / " in parameters.get("derive", "") and figures:
        part, whole = (figure["zh"] for figure in figures[:2])
        least = parameters.get("least")
        found |= {"rate_part": part, "rate_whole": whole, "rate_least": least}
    return found


def fill(row: Row, values: Mapping[str, Any]) -> Filled:
    """Set what ``values`` name of a row, as ``filling.fill`` does; nothing is saved."""
    before = said(row)
    columns = COLUMNS[type(row)]
    apart = {name: value for name, value in values.items() if name in before.keys() - {*columns}}
    given = {name: _cleaned(name, value) for name, value in values.items() if name not in apart}
    if isinstance(row, Check) and not given.get("unit", "-"):
        # What the kind brings along may be left out.
        row.unit = given.pop("unit")
    found = list(filling.fill(row, given, columns=columns).findings)
    if isinstance(row, StandardVersion):
        found += _fill_source(row, apart)
    if isinstance(row, Check):
        found += _fill_parameters(row, before | apart)
        if row.kind and "kind" not in {finding.field for finding in found}:
            _follow_kind(row)
    now = said(row)
    changes = {name: (before[name], now[name]) for name in now if before[name] != now[name]}
    return Filled(changes, tuple(found))


def overtaken(row: Row, before: Mapping[str, Any] | None) -> Iterable[Finding]:
    """What another changed since it was read as ``before`` says; a section may stand by its key."""
    now = said(row)
    for name, value in (before or {}).items():
        if getattr(now.get(name), "pk", now.get(name)) != getattr(value, "pk", value):
            yield filling.changed_meanwhile(name)


def _cleaned(name: str, value: Any) -> Any:
    if name in _LISTS and isinstance(value, list | tuple):
        return [text for one in value if (text := line(str(one)))]
    return value


def _fill_source(version: StandardVersion, values: Mapping[str, Any]) -> Iterator[Finding]:
    texts = {name: line(str(value or "")) for name, value in values.items()}
    version.source = version.source | texts
    for name, text in texts.items():
        yield from _too_long(name, text, LONGEST_OF_SOURCE[name])


def _fill_parameters(check: Check, said_of_it: Mapping[str, Any]) -> Iterator[Finding]:
    """What is not spoken of stays as it is."""
    part, whole = (line(str(said_of_it[name] or "")) for name in ("rate_part", "rate_whole"))
    kept = dict(check.parameters)
    kept.pop("mode", None)
    if check.parts:
        kept["mode"] = "any_of" if said_of_it["any_of"] else "all_of"
    if part or whole:
        kept |= {
            "derive": "part / whole",
            "figures": {"part": {"zh": part}, "whole": {"zh": whole}},
            "least": said_of_it["rate_least"] or _FEWEST_SHEETS,
        }
    elif " / " in kept.get("derive", ""):
        for name in ("derive", "figures", "least"):
            kept.pop(name, None)
    check.parameters = kept
    yield from _too_long("rate_part", part, LONGEST_FIGURE)
    yield from _too_long("rate_whole", whole, LONGEST_FIGURE)


def _follow_kind(check: Check) -> None:
    """A kind may have a unit of its own, and no threshold."""
    kind = kinds.of(check.kind)
    check.unit = kind.unit or ("" if check.unit in WITHOUT_UNIT else check.unit)
    if not kind.has_threshold:
        check.threshold = None


def _too_long(name: str, text: str, most: int) -> Iterator[Finding]:
    if len(text) > most:
        yield Finding("too_long", "", excess_told(most, len(text)), field=name)
