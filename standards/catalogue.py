"""Published standards from the database, as the values that the engine judges by."""

from functools import lru_cache

from django.db.models import Prefetch

from . import evaluation as ev
from .categories import Category
from .models import Check, Item, Kind, Section, StandardVersion, Strictness

# Counted in whole things; square metres, money and percentages may be broken.
_COUNTED_UNITS = ("人", "次/年", "次/月", "个村", "岁")


@lru_cache(maxsize=64)
def published(version_id: int) -> ev.Standard:
    """The standard of a published or retired version, read once: it never changes again.

    Raises StandardVersion.DoesNotExist for a draft, which still may change.
    """
    version = StandardVersion.objects.exclude(status=StandardVersion.Status.DRAFT).get(
        pk=version_id
    )
    return read(version)


def read(version: StandardVersion) -> ev.Standard:
    """Any version as it stands now, in two statements."""
    checks = Check.objects.select_related("item").order_by("item__order", "order")
    items = Item.objects.order_by("order").prefetch_related(Prefetch("checks", checks))
    sections = version.sections.order_by("order").prefetch_related(Prefetch("items", items))
    return ev.Standard(version.category, version.number, tuple(map(_section, sections)))


def _section(section: Section) -> ev.Section:
    return ev.Section(
        number_printed=section.number_printed,
        title_printed=section.title_printed,
        title_en=section.title_en,
        items=tuple(_item(item) for item in section.items.all()),
    )


def _item(item: Item) -> ev.Item:
    return ev.Item(
        code=item.code,
        text=item.text,
        title_en=item.title_en,
        number_printed=item.number_printed,
        checks=tuple(_check(check, item.code) for check in item.checks.all()),
    )


def _check(check: Check, item_code: str) -> ev.Check:
    return ev.Check(
        code=check.code,
        item_code=item_code,
        kind=check.kind,
        unit=check.unit,
        threshold=_threshold(check),
        strict=check.strictness == Strictness.STRICT,
        parts=tuple(check.parts),
        any_of=check.parameters.get("mode") == "any_of",
        local_term=check.local_term,
        may_be_not_applicable=check.may_be_not_applicable,
        metric_zh=check.metric_zh,
        metric_en=check.metric_en,
        phrase=check.phrase,
        scope=check.scope,
        whole_numbers=check.unit in _COUNTED_UNITS,
    )


def _threshold(check: Check) -> int | float | bool | None:
    if check.kind in (Kind.MUST_BE_TRUE, Kind.MUST_BE_FALSE):
        return check.kind == Kind.MUST_BE_TRUE
    if check.threshold is None:
        return None
    whole = int(check.threshold)
    return whole if whole == check.threshold else float(check.threshold)


def current(category: str) -> StandardVersion | None:
    """The published version of a category; None while its text awaits entry (待录入)."""
    return StandardVersion.objects.filter(
        category=category, status=StandardVersion.Status.PUBLISHED
    ).first()


def awaiting_text() -> list[Category]:
    """Categories whose official text has not been entered."""
    published_ones = set(
        StandardVersion.objects.filter(status=StandardVersion.Status.PUBLISHED).values_list(
            "category", flat=True
        )
    )
    return [category for category in Category if category not in published_ones]


def rebuild_text(version: StandardVersion) -> str:
    """The passage exactly as printed: heading, section labels, item numbers and texts."""
    standard = read(version)
    pieces = [version.heading_printed]
    for section in standard.sections:
        pieces += [section.number_printed or "", section.title_printed]
        for item in section.items:
            pieces += [item.number_printed, item.text]
    return "".join(pieces)
