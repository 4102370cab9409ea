"""A standard that was read into the shape of a data file, so that it can be stored as a draft.

What a person leaves out or has checked already is named by its place: ``3.0`` the first item of
the fourth section, ``3.0.1`` that item's second check, all counted from 0.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from standards import kinds

from . import naming
from .drafts import Draft, DraftItem, DraftSection, DraftStandard
from .proposals import Proposal


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person took of a standard that was read."""

    category: str
    left_out: Collection[str] = ()


def content(draft: Draft) -> dict[str, Any]:
    """The draft as JSON, to be kept until it is accepted; ``proposals_of`` reads it back."""
    return {
        "standards": [_kept(standard) for standard in draft.standards],
        "unread": [asdict(passage) for passage in draft.unread],
    }


def _kept(standard: DraftStandard) -> dict[str, Any]:
    sections = [
        {
            "number_printed": section.number_printed,
            "title_printed": section.title_printed,
            "items": [_kept_item(item) for item in section.items],
        }
        for section in standard.sections
    ]
    whole = {"data": standard.data} if standard.data else {}
    return {"title": standard.title, "line": standard.line, "sections": sections} | whole


def _kept_item(item: DraftItem) -> dict[str, Any]:
    checks = [
        asdict(check) | {"threshold": None if check.threshold is None else str(check.threshold)}
        for check in item.checks
    ]
    kept = {"number_printed": item.number_printed, "text": item.text, "line": item.line}
    return kept | {"checks": checks}


def draft_standard(kept: Mapping[str, Any]) -> DraftStandard:
    """A standard of ``content`` as it was read."""
    sections = tuple(
        DraftSection(
            section["number_printed"],
            section["title_printed"],
            tuple(_item(item) for item in section["items"]),
        )
        for section in kept["sections"]
    )
    return DraftStandard(kept["title"], sections, kept.get("data"), kept.get("line", 0))


def _item(kept: Mapping[str, Any]) -> DraftItem:
    checks = tuple(
        Proposal(**{**check, "threshold": _number(check["threshold"])}) for check in kept["checks"]
    )
    return DraftItem(kept["number_printed"], kept["text"], kept["line"], checks)


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def as_sections(standard: DraftStandard, choice: Choice) -> list[dict[str, Any]]:
    """The sections as a data file has them, with our codes; what was left out is not there."""
    if standard.data:
        return _own_sections(standard.data["sections"], choice)
    sections, number = [], 0
    for place, section in enumerate(standard.sections):
        items = []
        for at, item in enumerate(section.items):
            if f"{place}.{at}" in choice.left_out:
                continue
            number += 1
            items.append(_as_item(item, f"{choice.category}-{number:02d}", f"{place}.{at}", choice))
        if items:
            sections.append(_section(section.number_printed, section.title_printed, items))
    return sections


def _section(number: str | None, title: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"number_printed": number, "title_printed": title, "title_en": "", "items": items}


def _as_item(item: DraftItem, code: str, at: str, choice: Choice) -> dict[str, Any]:
    kept = [
        (place, check)
        for place, check in enumerate(item.checks)
        if f"{at}.{place}" not in choice.left_out
    ]
    return {
        "code": code,
        "number_printed": item.number_printed,
        "title_en": "",
        "text": item.text,
        "source_line": item.line or None,
        "checks": [
            _as_check(check, f"{code}-C{number}", f"{at}.{place}")
            for number, (place, check) in enumerate(kept, start=1)
        ],
    }


def _as_check(check: Proposal, code: str, at: str) -> dict[str, Any]:
    return {
        "at": at,
        "code": code,
        "kind": check.kind,
        "metric": naming.metric_key(code),
        "metric_zh": naming.metric_of(check.kind, check.phrase),
        "metric_en": "",
        "unit": kinds.of(check.kind).unit or check.unit,
        "threshold": check.threshold,
        "strictness": "strict" if check.strict else "advisory",
        "scope": check.scope,
        "phrase": check.phrase,
        "parameters": check.parameters,
    }


def _own_sections(sections: list[Mapping[str, Any]], choice: Choice) -> list[dict[str, Any]]:
    """Our own file says everything itself, codes too; only the category of a code may change."""
    taken = []
    for place, section in enumerate(sections):
        items = [
            _own_item(item, f"{place}.{at}", choice)
            for at, item in enumerate(section["items"])
            if f"{place}.{at}" not in choice.left_out
        ]
        if items:
            taken.append({**section, "items": items})
    return taken


def _own_item(item: Mapping[str, Any], at: str, choice: Choice) -> dict[str, Any]:
    checks = [
        {**check, "at": f"{at}.{place}", "code": _recoded(check["code"], choice.category)}
        for place, check in enumerate(item["checks"])
        if f"{at}.{place}" not in choice.left_out
    ]
    return {**item, "code": _recoded(item["code"], choice.category), "checks": checks}


def _recoded(code: str, category: str) -> str:
    return f"{category}-{code.partition('-')[2]}"


def checks_of(sections: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of item and check of ``as_sections``."""
    for section in sections:
        for item in section["items"]:
            for check in item["checks"]:
                yield item, check
