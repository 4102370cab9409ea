"""How it is settled who is put forward in each category of a draft round (择优办法)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designation.organizations.models import Person
from designation.site import endings
from standards.characters import line
from standards.language import of_the_record

from . import conditions
from .configuring import hold, overtaken, record_part, refuse, role_to_change
from .models import Method, NamedFigure, Round, RoundCategory, TieRule
from .words import DOCUMENT, FIGURE, METHOD, RESERVE, TIES


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure that a document names; ``check_code`` where it is a check's value."""

    kind: str
    check_code: str
    direction: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How it is settled; ``figures`` in the order of the document, ``reserve`` None: unsaid."""

    method: str = Method.MEETING
    document: str = ""
    ties: str = TieRule.MEETING
    reserve: int | None = None
    figures: tuple[FigureSaid, ...] = ()


def rule_of(entry: RoundCategory) -> Rule:
    """As it is on record."""
    figures = (FigureSaid(one.kind, one.check_code, one.direction) for one in entry.figures.all())
    return Rule(entry.method, entry.method_document, entry.ties, entry.reserve, tuple(figures))


@endings.act()
def set_methods(
    round_: Round,
    rules: Mapping[str, Rule],
    *,
    actor: Person,
    before: Mapping[str, Rule] | None = None,
) -> None:
    """Keep for each category of ``rules`` how it is settled who is put forward.

    As all of ``configuring``: plain values, ``before`` as the actor read them. Raises RoundRefused.
    """
    held = hold(round_)
    role = role_to_change(held, actor)
    entries = {entry.category: entry for entry in held.categories.prefetch_related("figures")}
    present = {category: rule_of(entry) for category, entry in entries.items()}
    refuse(overtaken(before, present, lambda category: f"{category}{METHOD}"))
    given = {category: rule for category, rule in rules.items() if category in entries}
    refuse(
        finding
        for category, rule in given.items()
        for finding in conditions.of_method(
            category, rule.method, line(rule.document), rule.figures
        )
    )
    changed: dict[str, Any] = {}
    for category, rule in given.items():
        if rule != present[category]:
            _keep(entries[category], rule)
            changed |= _in_words(category, present[category], rule)
    record_part(held, "round.methods", changed, actor=actor, role=role)


def _keep(entry: RoundCategory, rule: Rule) -> None:
    entry.method, entry.method_document = rule.method, line(rule.document)
    entry.ties, entry.reserve = rule.ties, rule.reserve
    entry.save(update_fields=["method", "method_document", "ties", "reserve"])
    entry.figures.all().delete()
    NamedFigure.objects.bulk_create(_rows(entry, rule))


def _rows(entry: RoundCategory, rule: Rule) -> list[NamedFigure]:
    return [
        NamedFigure(
            category=entry,
            position=position,
            kind=named.kind,
            check_code=named.check_code,
            direction=named.direction,
        )
        for position, named in enumerate(rule.figures, 1)
    ]


def copy(former: RoundCategory, made: RoundCategory) -> None:
    """Name the figures of a former round's category for the one made after it."""
    NamedFigure.objects.bulk_create(_rows(made, rule_of(former)))


@of_the_record()
def _in_words(category: str, was: Rule, now: Rule) -> dict[str, list[str]]:
    said = {
        METHOD: [str(Method(rule.method).label) for rule in (was, now)],
        DOCUMENT: [was.document, now.document],
        TIES: [str(TieRule(rule.ties).label) for rule in (was, now)],
        RESERVE: ["" if rule.reserve is None else str(rule.reserve) for rule in (was, now)],
        FIGURE: [
            "；".join(str(row) for row in _rows(RoundCategory(), rule)) for rule in (was, now)
        ],
    }
    return {f"{category}{name}": pair for name, pair in said.items() if pair[0] != pair[1]}
