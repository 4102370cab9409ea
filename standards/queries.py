"""What the standards' pages need."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from . import wording
from .catalogue import rule_of
from .categories import Category
from .language import in_language
from .models import Check, Item, Section, StandardVersion
from .phrases import Passage, passages


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A category, the version that judges it, and the sample that it may adopt instead.

    ``version`` is None while nothing is published; ``sample`` is None without a sample, or once
    the sample was adopted and is itself the version.
    """

    category: Category
    version: StandardVersion | None
    sample: StandardVersion | None

    @property
    def awaits_text(self) -> bool:
        """Whether the official text has yet to be entered (待录入)."""
        return self.version is None or self.version.is_drafted


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

    The version is the one that ``catalogue.current`` names. One statement.
    """
    status = StandardVersion.Status
    versions = (
        StandardVersion.objects.filter(Q(status=status.PUBLISHED) | _OFFERED)
        .order_by("area_code", "-number")
        .annotate(
            item_count=Count("items", distinct=True),
            check_count=Count("items__checks", distinct=True),
        )
    )
    published: dict[str, StandardVersion] = {}
    samples: dict[str, StandardVersion] = {}
    for version in versions:
        of_its_state = published if version.status == status.PUBLISHED else samples
        of_its_state[version.category] = version
    return [CategoryEntry(name, published.get(name), samples.get(name)) for name in Category]


# Samples that nobody has adopted so far.
_OFFERED = Q(status=StandardVersion.Status.DRAFT, is_sample=True)


def settled(category: str) -> QuerySet[StandardVersion]:
    """Every version of a category that is or was in force, the newest first."""
    versions = StandardVersion.objects.filter(category=category)
    return versions.exclude(status=StandardVersion.Status.DRAFT).order_by("-number")


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
