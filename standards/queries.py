"""What the standards' pages need."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch

from . import wording
from .catalogue import rule_of
from .categories import Category
from .models import Check, Item, Section, StandardVersion, in_language
from .phrases import Passage, passages


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A category and its published version; None while its text awaits entry (待录入)."""

    category: Category
    version: StandardVersion | None


@dataclass(frozen=True, slots=True)
class PrintedCheck:
    check: Check
    rule: str
    threshold: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class PrintedItem:
    item: Item
    passages: tuple[Passage, ...]
    checks: tuple[PrintedCheck, ...]
    oddities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedSection:
    section: Section
    items: tuple[PrintedItem, ...]


def categories() -> list[CategoryEntry]:
    """The six categories in the source's order, with ``items`` and ``checks`` counted.

    One statement.
    """
    versions = StandardVersion.objects.filter(status=StandardVersion.Status.PUBLISHED).annotate(
        item_count=Count("items", distinct=True), check_count=Count("items__checks", distinct=True)
    )
    by_category = {version.category: version for version in versions}
    return [CategoryEntry(category, by_category.get(category)) for category in Category]


def printed(version: StandardVersion) -> list[PrintedSection]:
    """A version's sections as its page prints them. Three statements."""
    items = Prefetch("items", Item.objects.order_by("order"))
    checks = Prefetch("items__checks", Check.objects.order_by("order"))
    sections = version.sections.order_by("order").prefetch_related(items, checks)
    return [
        PrintedSection(section, tuple(_printed_item(item) for item in section.items.all()))
        for section in sections
    ]


def _printed_item(item: Item) -> PrintedItem:
    checks = list(item.checks.all())
    return PrintedItem(
        item=item,
        passages=passages(item.text, ((check.code, check.phrase) for check in checks)),
        checks=tuple(_printed_check(check, item.code) for check in checks),
        oddities=tuple(in_language(oddity["zh"], oddity["en"]) for oddity in item.oddities),
    )


def _printed_check(check: Check, item_code: str) -> PrintedCheck:
    rule = rule_of(check, item_code)
    threshold = "" if check.threshold is None else wording.threshold(rule)
    return PrintedCheck(check, wording.rule(rule), threshold, _suggestion(check))


def _suggestion(check: Check) -> str:
    suggested = check.suggestion_not_in_text
    return in_language(suggested["zh"], suggested["en"]) if suggested else ""


def source_remarks(version: StandardVersion) -> list[str]:
    """What a reader should know about where the text comes from and how whole it is."""
    remarks = version.source.get("remarks", [])
    return [in_language(remark["zh"], remark["en"]) for remark in remarks]
