"""A version as data: what ``loading`` reads, key by key, so that it goes out and comes back."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml
from django.db.models import Prefetch

from .models import Check, Item, Section, StandardVersion

_VERSION = ("category", "number", "title_zh", "title_en", "heading_printed", "provenance", "source")
_SECTION = ("number_printed", "title_printed", "title_en")
_ITEM = ("code", "number_printed", "title_en", "text")
_ITEM_WHEN_GIVEN = ("basis", "oddities", "condition_zh", "condition_en", "source_line")
_CHECK = ("code", "kind", "metric", "metric_zh", "metric_en", "unit", "strictness", "scope")
_CHECK_WHEN_GIVEN = (
    "veto_suggested",
    "group",
    "parts",
    "parameters",
    "evidence_suggested",
    "confirm_with",
    "local_term",
    "may_be_not_applicable",
    "note",
    "note_en",
    "suggestion_not_in_text",
)


class _Dumper(yaml.SafeDumper):
    """Quotes a text with U+0085, which would be read back as the end of a line."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = '"' if "\x85" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)


def as_yaml(version: StandardVersion, questions: Sequence[Mapping[str, Any]] = ()) -> str:
    """The version as a data file: UTF-8, keys in the order in which they are read.

    ``questions`` are what is still to be looked at in a draft, and what was.
    """
    more = {"questions": list(questions)} if questions else {}
    return yaml.dump(
        as_data(version) | more, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000
    )


def as_data(version: StandardVersion) -> dict[str, Any]:
    """The version in the shape of a data file, in three statements; empty parts are left out."""
    items = Prefetch("items", Item.objects.order_by("order"))
    checks = Prefetch("items__checks", Check.objects.order_by("order"))
    sections = version.sections.order_by("order").prefetch_related(items, checks)
    return _fields(version, _VERSION) | {"sections": [_section(section) for section in sections]}


def _section(section: Section) -> dict[str, Any]:
    return _fields(section, _SECTION) | {"items": [_item(item) for item in section.items.all()]}


def _item(item: Item) -> dict[str, Any]:
    given = _given(item, _ITEM_WHEN_GIVEN)
    return _fields(item, _ITEM) | given | {"checks": [_check(c) for c in item.checks.all()]}


def _check(check: Check) -> dict[str, Any]:
    threshold = {} if check.threshold is None else {"threshold": _number(check.threshold)}
    phrase = {"phrase": check.phrase}
    return _fields(check, _CHECK) | threshold | phrase | _given(check, _CHECK_WHEN_GIVEN)


def _fields(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _given(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in _fields(thing, names).items() if value}


def _number(threshold: Decimal) -> int | float:
    whole = int(threshold)
    return whole if whole == threshold else float(threshold)
