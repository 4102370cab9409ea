"""What the head reads before giving their word: all that is filled in, opened, by section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import PublishedLink
from designation.organizations.models import Person
from designation.rounds.models import RoundDefinition
from designation.site.shown import Seen, digest
from standards import catalogue
from standards.engine.evaluation import Item as Rules
from standards.engine.evaluation import Section
from standards.models import Item

from ... import declared, door
from ...case.card import Card, Mode
from ...case.facts import Case
from ...case.handed_in import to_hand_in
from ...findings import GateFinding
from . import sections, wanting
from .last_time import LastTime

_SUMMARY, _FILES, _POSTING = "summary", "files", "posting"


def word(case: Case, person: Person) -> str:
    """The passage by which the person may give the head's word now; "" where there is none."""
    name = declared.heads_word(case.application.stage)
    is_offered = bool(name) and door.is_offered(f"application.{name}", case, person)
    return name if is_offered else ""


def may_confirm(case: Case, person: Person) -> bool:
    return bool(word(case, person))


def as_read(case: Case) -> dict[str, Any]:
    """What the page shows, in parts: by item code, and the rest by name."""
    frozen = to_hand_in(case)
    parts: dict[str, Any] = {item.code: _item(case, frozen, item) for item in case.standard.items}
    kept = ("summary", "approving_meeting_on", "term_began_on")
    parts[_SUMMARY] = {name: frozen[name] for name in kept}
    parts[_FILES] = [one for one in frozen["evidence"] if not one["items"]]
    parts[_POSTING] = frozen.get("posting")
    return parts


def _item(case: Case, frozen: dict[str, Any], item: Rules) -> dict[str, Any]:
    correction = case.corrections.get(item.code)
    return {
        "answer": frozen["answers"].get(item.code),
        "files": [one for one in frozen["evidence"] if item.code in one["items"]],
        "links": [one for one in frozen.get("links", ()) if one["item"] == item.code],
        "reply": correction.reply if correction else "",
        "definitions": [one.definition for one in case.definitions_of(item)],
    }


def changed_since(case: Case, seen: Seen) -> list[str]:
    """What stands otherwise than the page showed it, as a reader knows it; empty where nothing."""
    parts = as_read(case)
    if not seen.digests.keys() & parts.keys():
        return [_("全部内容")]
    words = {_SUMMARY: _("简介和会议日期"), _FILES: _("佐证材料"), _POSTING: _("内部公示")}
    return [
        words.get(name, name)
        for name, value in parts.items()
        if seen.digests.get(name, "") != digest(value)
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer is other than last time: what it was, or that the question is new.

    ``news`` as ``standards.carrying`` says it: the standard asks it newly, or otherwise than then.
    """

    was: str
    news: str


@dataclass(frozen=True, slots=True)
class Read:
    """One item as it is read: what was answered, with which files; where it may be changed.

    ``changes``: by check code, what is other than last time, where there was one; ``besides`` names
    what else of the item is: its conclusion, its note, what shows it.
    """

    card: Card
    stored: Item
    evidence: list[Any]
    links: list[PublishedLink]
    correction: Any
    definitions: tuple[RoundDefinition, ...]
    change: str
    changes: Mapping[str, Change]
    besides: tuple[Any, ...]

    @property
    def is_other(self) -> bool:
        """Than last time."""
        return bool(self.changes or self.besides)


@dataclass(frozen=True, slots=True)
class ReadSection:
    section: Section
    items: tuple[Read, ...]


def read(case: Case, unlocked: frozenset[str] = frozenset()) -> list[ReadSection]:
    """Every section with all of its items; ``unlocked`` are those that lead to their form."""
    stored = catalogue.stored(case.application.standard_id)
    return [
        ReadSection(section, tuple(_read(case, stored[i.code], unlocked) for i in section.items))
        for section in case.standard.sections
    ]


def _read(case: Case, stored: Item, unlocked: frozenset[str]) -> Read:
    code, item = stored.code, case.standard.item(stored.code)
    return Read(
        card=sections.card_of(case, item, mode=Mode.REVIEW),
        stored=stored,
        evidence=[one for one in case.evidence if code in one.item_codes],
        links=case.links_of(code),
        correction=case.corrections.get(code),
        definitions=case.definitions_of(item),
        change=sections.address(case.application, code) if code in unlocked else "",
        changes=_changes(case, item),
        besides=tuple(_besides(case, code)),
    )


def _changes(case: Case, item: Rules) -> dict[str, Change]:
    last = LastTime.of(case)
    return {
        code: Change(was.said, was.news)
        for code, was in last.of_item(item).items()
        if was.news or last.values.get(code) != case.declared.get(code)
    }


def _besides(case: Case, code: str) -> Iterable[str]:
    last, now = LastTime.of(case).said, case.answers.get(code)
    if last is None or now is None:
        return
    then = last.answers.get(code, {})
    for name, words in (("conclusion", _("自评结论")), ("note", _("说明"))):
        if then.get(name, "") != getattr(now, name):
            yield words
    shown = {one.sha256 for one in case.evidence if code in one.item_codes}
    shown |= {page.address for page in case.links_of(code)}
    if shown != set(last.shown(code)):
        yield _("佐证材料")


@dataclass(frozen=True, slots=True)
class Compared:
    """Against what was handed in last time: the items that say something else, by code.

    ``is_of_another_version``: the standard has a new one since.
    """

    items: tuple[str, ...]
    is_of_another_version: bool


def compared(case: Case, read: Iterable[ReadSection]) -> Compared | None:
    """None where nothing was handed in before."""
    said = LastTime.of(case).said
    if said is None:
        return None
    codes = (one.card.code for section in read for one in section.items if one.is_other)
    return Compared(tuple(codes), said.standard_id != case.application.standard_id)


def lines(case: Case, findings: Iterable[GateFinding]) -> list[wanting.Line]:
    """Findings of a gate, those of no item first, each leading to its place on the page."""
    told = sorted(findings, key=lambda finding: finding.item_code)
    return [wanting.Line(_said(one), _place(case, one)) for one in told]


def _said(finding: GateFinding) -> str:
    return f"{finding.item_code} {wanting.words(finding)}".strip()


def _place(case: Case, finding: GateFinding) -> str:
    if finding.item_code:
        return f"#{finding.check_code or finding.item_code}"
    case_page = reverse("applications:case", args=[case.application.pk])
    return wanting.elsewhere(case, finding) or case_page
