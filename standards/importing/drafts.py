"""A file into proposed standards: what was read, what is proposed, what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from standards.models import Kind

from . import documents, own_format
from .documents import Unreadable
from .outline import OutlineItem, OutlineStandard, Unread, outline
from .proposals import NotProposed, Proposal, proposals


@dataclass(frozen=True)
class DraftItem:
    number_printed: str
    text: str
    line: int
    checks: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class DraftSection:
    number_printed: str | None
    title_printed: str
    items: tuple[DraftItem, ...]


@dataclass(frozen=True)
class DraftStandard:
    title: str
    sections: tuple[DraftSection, ...]


@dataclass(frozen=True)
class Draft:
    """``unread`` is in the order of the file, for a person to place by hand."""

    standards: tuple[DraftStandard, ...]
    unread: tuple[Unread, ...] = field(default=())


def read(name: str, content: bytes) -> Draft:
    """The standards of an uploaded file. Raises Unreadable, whose message says what to do."""
    if PurePath(name).suffix.lower() in (".yaml", ".yml"):
        return Draft((_own(own_format.read(content)),))
    found = outline(documents.read(name, content))
    unread = list(found.unread)
    standards = tuple(_standard(standard, unread) for standard in found.standards)
    return Draft(standards, tuple(sorted(unread, key=lambda passage: passage.line)))


def _standard(standard: OutlineStandard, unread: list[Unread]) -> DraftStandard:
    sections = tuple(
        DraftSection(
            section.number_printed,
            section.title_printed,
            tuple(_item(item, unread) for item in section.items),
        )
        for section in standard.sections
    )
    return DraftStandard(standard.title, sections)


def _item(item: OutlineItem, unread: list[Unread]) -> DraftItem:
    found = proposals(item.text)
    unread.extend(
        Unread(item.line, f"{item.number_printed}{passage.phrase}", passage.reason)
        for passage in found
        if isinstance(passage, NotProposed)
    )
    checks = tuple(check for check in found if isinstance(check, Proposal))
    return DraftItem(item.number_printed, item.text, item.line, checks)


def _own(data: Mapping[str, Any]) -> DraftStandard:
    sections = tuple(
        DraftSection(
            section.get("number_printed"),
            str(section.get("title_printed", "")),
            tuple(_own_item(item) for item in section["items"]),
        )
        for section in data["sections"]
    )
    return DraftStandard(str(data.get("title_zh", "")), sections)


def _own_item(item: Mapping[str, Any]) -> DraftItem:
    checks = tuple(_own_check(check, item["text"]) for check in item.get("checks", []))
    return DraftItem(str(item.get("number_printed", "")), item["text"], 0, checks)


def _own_check(check: Mapping[str, Any], text: str) -> Proposal:
    """Raises Unreadable when the check is of no kind we know or quotes what is not there."""
    threshold = check.get("threshold")
    try:
        number = (
            None if threshold is None or isinstance(threshold, bool) else Decimal(str(threshold))
        )
    except InvalidOperation:
        raise Unreadable(_("检查点 %s 的标准值不是数字。") % check.get("code", "")) from None
    if check["kind"] not in Kind.values:
        raise Unreadable(_("检查点 %s 的种类无法识别。") % check.get("code", ""))
    if str(check["phrase"]) not in text:
        raise Unreadable(_("检查点 %s 引用的词句不在条文中。") % check.get("code", ""))
    return Proposal(
        check["kind"],
        str(check["phrase"]),
        str(check.get("unit", "")),
        number,
        check.get("strictness", "strict") == "strict",
        str(check.get("scope", "current")),
        dict(check.get("parameters") or {}),
    )
