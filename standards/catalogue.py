"""Published standards from the database, as the values that the engine judges by."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from . import kinds
from .engine import evaluation as ev
from .models import Check, Item, Section, StandardVersion, Strictness
from .units import COUNTED


@lru_cache(maxsize=64)
def published(version_id: int) -> ev.Standard:
    """The standard of a published or retired version, read once: it never changes again.

    Three statements the first time, none after. Raises StandardVersion.DoesNotExist for a
    draft, which still may change.
    """
    settled = Section.objects.exclude(version__status=StandardVersion.Status.DRAFT)
    sections = list(_whole(settled.filter(version=version_id).select_related("version")))
    if not sections:
        raise StandardVersion.DoesNotExist(f"no published standard version {version_id}")
    return _standard(sections[0].version, sections)


@lru_cache(maxsize=64)
def stored(version_id: int) -> dict[str, Item]:
    """The items of a published or retired version with their checks, by code; read once.

    They are shared by everybody who asks: nothing is set on them.
    """
    settled = Item.objects.exclude(version__status=StandardVersion.Status.DRAFT)
    items = settled.filter(version=version_id).order_by("order").prefetch_related("checks")
    return {item.code: item for item in items}


@lru_cache(maxsize=64)
def item_codes(version_id: int) -> dict[int, str]:
    """Item codes by primary key, of a published or retired version."""
    return {item.pk: code for code, item in stored(version_id).items()}


# What is kept in memory of standards, to be read anew where the database was changed for another.
READ_ONCE = (published, stored, item_codes)


def forget() -> None:
    """Read every standard anew when it is next asked for."""
    for memory in READ_ONCE:
        memory.cache_clear()


def read(version: StandardVersion) -> ev.Standard:
    """Any version as it stands now, in three statements."""
    return _standard(version, _whole(version.sections.all()))


def _whole(sections: QuerySet[Section]) -> QuerySet[Section]:
    items = Prefetch("items", Item.objects.order_by("order"))
    checks = Prefetch("items__checks", Check.objects.order_by("order"))
    return sections.order_by("order").prefetch_related(items, checks)


def _standard(version: StandardVersion, sections: Iterable[Section]) -> ev.Standard:
    return ev.Standard(version.category, version.number, tuple(map(_section, sections)))


def _section(section: Section) -> ev.Section:
    return ev.Section(
        number_printed=section.number_printed,
        title_printed=section.title_printed,
        title_en=section.title_en,
        items=tuple(item_of(item) for item in section.items.all()),
    )


def item_of(item: Item) -> ev.Item:
    """A stored item, with its condition and checks, as the engine judges by it."""
    return ev.Item(
        code=item.code,
        text=item.text,
        title_en=item.title_en,
        number_printed=item.number_printed,
        checks=(*_condition(item), *(rule_of(check, item.code) for check in item.checks.all())),
    )


def condition_code(item_code: str) -> str:
    """The code under which the answer to an item's condition is kept."""
    return f"{item_code}-IF"


def _condition(item: Item) -> Iterable[ev.Check]:
    if item.condition_zh:
        yield ev.Check(
            code=condition_code(item.code),
            item_code=item.code,
            kind=ev.CONDITION,
            unit="boolean",
            threshold=None,
            strict=True,
            metric_zh=item.condition_zh,
            metric_en=item.condition_en,
        )


def rule_of(check: Check, item_code: str) -> ev.Check:
    """A stored check as the engine judges by it."""
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
        whole_numbers=check.unit in COUNTED,
        figures=_figures(check),
        derive=_two_names(check, " > "),
        rate=_two_names(check, " / "),
        least=check.parameters.get("least", 0),
        asked_as=_asked_as(check),
        group=check.group,
    )


def _figures(check: Check) -> int:
    figures: int = kinds.of(check.kind).figures or check.parameters.get("years", 0)
    return figures


def _two_names(check: Check, sign: str) -> tuple[str, str] | None:
    """``first > second`` or ``first / second`` as its two names."""
    first, _sign, second = check.parameters.get("derive", "").partition(sign)
    return (first, second) if second else None


def _asked_as(check: Check) -> tuple[ev.Figure, ...]:
    """A rate is of sheets (份) unless its figures name a unit of their own."""
    named = check.parameters.get("figures", {})
    unit = "份" if _two_names(check, " / ") else ""
    return tuple(
        ev.Figure(name, said["zh"], said.get("en", ""), said.get("unit", unit))
        for name, said in named.items()
    )


def _threshold(check: Check) -> int | float | bool | None:
    if check.threshold is None:
        return kinds.of(check.kind).fixed
    whole = int(check.threshold)
    return whole if whole == check.threshold else float(check.threshold)


def in_force(category: str) -> QuerySet[StandardVersion]:
    """The published versions of a category, those that a county entered itself first."""
    return StandardVersion.objects.filter(
        category=category, status=StandardVersion.Status.PUBLISHED
    ).order_by("-area_code")


def current(category: str) -> StandardVersion | None:
    """The published version that a category's page shows; None while its text awaits entry.

    What judges a round is the round's own choice (``adoptions.adopting.usable_standards``).
    """
    return in_force(category).first()


def sample(category: str) -> StandardVersion | None:
    """The sample that we drafted, adopted or not; None without one, or once it is retired."""
    return (
        StandardVersion.objects.filter(category=category, is_sample=True)
        .exclude(status=StandardVersion.Status.RETIRED)
        .order_by("number")
        .first()
    )


def awaiting_text(category: str) -> bool:
    """Whether the official text of the category has yet to be entered (待录入).

    An adopted sample is no official text.
    """
    version = current(category)
    return version is None or version.is_drafted


def rebuild_text(version: StandardVersion) -> str:
    """The passage exactly as printed: heading, section labels, item numbers and texts."""
    standard = read(version)
    pieces = [version.heading_printed]
    for section in standard.sections:
        pieces += [section.number_printed or "", section.title_printed]
        for item in section.items:
            pieces += [item.number_printed, item.text]
    return "".join(pieces)
