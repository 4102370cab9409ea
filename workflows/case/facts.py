"""The case: an application with the facts that rules, gates and pages ask about.

Each fact is one statement, read when first asked for and kept for the life of the case.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL

from designation.applications import descriptions, postings, published
from designation.applications.models import Answer, Application, Evidence, Posting, PublishedLink
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Person
from designation.rounds.models import RoundDefinition, Veto
from designation.rounds.postings import is_asked
from designation.rounds.queries import definitions_in_force
from designation.site import clock
from designation.site.composed import composed
from designation.site.prepared import Prepared
from designation.site.shown import Seen
from standards import catalogue, values
from standards.engine.evaluation import Item, Report, Standard, evaluate
from standards.engine.periods import Period, looked_at
from standards.models import Scope

from ..door import Asked
from . import interests
from .records import Correction, Decision


@dataclass(frozen=True, slots=True)
class Act:
    """What a person brings to a transition, beside being allowed to.

    ``corrections`` maps item codes to reasons; ``truth_confirmed`` is the head's statement;
    ``decision_id`` names a recorded designation decision; ``objection_id`` one objection;
    ``selection_id`` the recorded meeting that chose; ``appeal_id`` one appeal; ``fault`` is a
    ``Fault`` for which one that rejects does so; ``seen`` is what a page showed that was read as
    a whole before it was pressed, None where no page was.
    """

    opinion: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    truth_confirmed: bool = False
    decision_id: int | None = None
    objection_id: int | None = None
    selection_id: int | None = None
    fault: str = ""
    appeal_id: int | None = None
    seen: Seen | None = None


@lru_cache(maxsize=256)
def _configured(
    version_id: int,
    vetoes: frozenset[tuple[str, str]],
    terms: frozenset[tuple[str, str]],
    confirming: frozenset[tuple[str, str]],
) -> Standard:
    return catalogue.published(version_id).configured(
        vetoes=dict(vetoes), local_terms=dict(terms), confirming=dict(confirming)
    )


@cache
def _said_of_evidence() -> dict[str, RawSQL]:
    items = Evidence.items.through.objects.filter(evidence=OuterRef("pk"))
    return {
        "item_codes": composed(Evidence.objects.all(), ArraySubquery(items.values("item__code"))),
        "has_links": composed(Evidence.objects.all(), published.any_of_it("application")),
    }


def in_force(application: Any) -> QuerySet[Evidence]:
    """The evidence of an application in force, as ``Case.evidence`` has it."""
    rows = Evidence.objects.filter(application=application, removed_at__isnull=True)
    rows = rows.select_related("entry__stored").annotate(**_said_of_evidence())
    return rows.order_by(*descriptions.ORDER)


_evidence = Prepared(in_force)


@Prepared
def _answers(application: Any) -> QuerySet[Answer]:
    return Answer.objects.filter(application=application).order_by()


@Prepared
def _decisions(application: Any) -> QuerySet[Decision]:
    rows = Decision.objects.filter(application=application)
    return rows.select_related("actor", "acted_for", "submission")


@Prepared
def _sent_back(application: Any) -> QuerySet[Correction]:
    return Correction.objects.filter(application=application).order_by("pk")


@Prepared
def _definitions(round_: Any) -> QuerySet[RoundDefinition]:
    return definitions_in_force(round_).select_related("replaces")


@Prepared
def _said_by_round(round_: Any) -> QuerySet[Veto, Any]:
    """What a round says of a standard: rows of what kind, of what, and what it says."""
    vetoes = Veto.objects.filter(round=round_, is_on=True).order_by()
    terms = definitions_in_force(round_).order_by()
    kind = CharField()
    return vetoes.values_list(Value("veto", kind), "check_code", "document").union(
        vetoes.values_list(Value("confirming", kind), "check_code", "confirming_body"),
        terms.values_list(Value("term", kind), "term", "definition"),
        all=True,
    )


class Case:
    """An application as seen by one person about to act."""

    def __init__(
        self,
        application: Application,
        *,
        actor: Person | None = None,
        asked: Asked | None = None,
        act: Act | None = None,
        now: datetime | None = None,
        under_lock: bool = False,
    ) -> None:
        self.application = application
        # Under the door's lock: places are then counted by one at a time.
        self.under_lock = under_lock
        # By the door it is known how the person acts; before a page, that they are who they are.
        self.asked = asked or Asked(actor)
        self.actor = self.asked.actor
        self.act = act or Act()
        self.now = now or clock.now()
        # What the stages know of it, by class; see ``Facts``.
        self.parts: dict[type[Facts], Any] = {}
        self._asked: dict[tuple[interests.Tie, ...], interests.Ties] = {}
        # Of a case that is read as it was handed in, the one that the applicant is writing.
        self.as_it_stands: Case = self

    def with_application(self, application: Application) -> Self:
        """The same case beside this one, around another state of its application.

        Facts of the case that were read are not read again; those of the stages are.
        """
        other = copy(self)
        other.application, other.parts, other.as_it_stands = application, {}, other
        return other

    def forget(self, *facts: "str | type[Facts]") -> None:
        """Read these anew when they are next asked for: they have been written since.

        A fact of the case by its name, those of a stage by their class.
        """
        for fact in facts:
            if isinstance(fact, str):
                vars(self).pop(fact, None)
            else:
                self.parts.pop(fact, None)

    @property
    def today(self) -> date:
        return self.now.astimezone(clock.SHANGHAI).date()

    @cached_property
    def standard(self) -> Standard:
        """The published standard with this round's vetoes and definitions."""
        application = self.application
        rows: list[Any] = _said_by_round(application.round_id)
        by_kind = (
            frozenset((key, text) for kind, key, text in rows if kind == wanted)
            for wanted in ("veto", "term", "confirming")
        )
        return _configured(application.standard_id, *by_kind)

    @property
    def round_id(self) -> int | None:
        """The round by whose definitions it is judged."""
        return self.application.round_id

    @cached_property
    def definitions(self) -> dict[str, RoundDefinition]:
        """What the round says of the local terms in its standards, by term."""
        return {row.term: row for row in _definitions(self.round_id)}

    def definitions_of(self, item: Item) -> tuple[RoundDefinition, ...]:
        """Those that an item uses, in its order; without a statement where it uses none."""
        terms = dict.fromkeys(check.local_term for check in item.checks if check.local_term)
        return tuple(self.definitions[term] for term in terms if term in self.definitions)

    @cached_property
    def periods(self) -> dict[str, Period]:
        """By scope of checks, which days are looked at."""
        round_ = self.application.round
        opens_on = round_.opens_at.astimezone(clock.SHANGHAI).date()
        found = {
            scope: looked_at(
                scope,
                opens_on=opens_on,
                year=round_.year_looked_at,
                term_began_on=self.application.term_began_on,
            )
            for scope in Scope.values
        }
        return {scope: period for scope, period in found.items() if period}

    @cached_property
    def item_codes(self) -> tuple[str, ...]:
        """The items of the standard, in order; without a statement."""
        items = catalogue.published(self.application.standard_id).items
        return tuple(item.code for item in items)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers by item code, in the order of the standard."""
        rows, found = {one.item_id: one for one in _answers(self.application.pk)}, {}
        for code, item in catalogue.stored(self.application.standard_id).items():
            if answer := rows.get(item.pk):
                answer.item = item
                found[code] = answer
        return found

    @cached_property
    def declared(self) -> dict[str, Any]:
        """Declared values by check code, in the shapes that ``evaluate`` takes."""
        return values.from_rows(answer.values for answer in self.answers.values())

    @cached_property
    def declared_report(self) -> Report:
        return evaluate(self.standard, self.declared, "self_assessment")

    @cached_property
    def evidence(self) -> list[Any]:
        """The evidence in force, each with the ``item_codes`` of what it supports.

        Beside, whether the application has ``links``.
        """
        return _evidence(self.application.pk)

    @cached_property
    def links(self) -> list[PublishedLink]:
        """The published pages that items rest on; unread where it is known that there are none.

        No row says so that was waited for: it would say what held before the wait.
        """
        read = (self.application, *vars(self).get("evidence", ()))
        known = any(getattr(row, "has_links", None) is False for row in read)
        return [] if known else published.of(self.application)

    def links_of(self, code: str) -> list[PublishedLink]:
        """Those of one item."""
        return [link for link in self.links if link.item.code == code]

    @cached_property
    def posting(self) -> Posting | None:
        """The internal posting, blank while nothing was said; None where none is asked for."""
        application = self.application
        return postings.of(application) if is_asked(application.round) else None

    @cached_property
    def posting_proofs(self) -> list[LibraryEntry]:
        """The files that prove it."""
        return postings.proofs(self.posting) if self.posting and self.posting.pk else []

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every passage, the first first, with who made it."""
        return _decisions(self.application.pk)

    @cached_property
    def sent_back(self) -> list[Correction]:
        """All that was ever sent back: items in the order of the standard, then parts."""
        stored = catalogue.stored(self.application.standard_id).values()
        items = {item.pk: (place, item) for place, item in enumerate(stored)}
        rows = _sent_back(self.application.pk)
        for row in rows:
            if row.item_id:
                row.item = items[row.item_id][1]
        return sorted(rows, key=lambda row: items[row.item_id][0] if row.item_id else len(items))

    @cached_property
    def correction_list(self) -> list[Correction]:
        """The open correction list."""
        return [one for one in self.sent_back if one.closed_at is None]

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """Of the open correction list the items, by code."""
        return {one.code: one for one in self.correction_list if not one.part}

    @cached_property
    def parts_returned(self) -> dict[str, Correction]:
        """Of the open correction list the parts beside the items, by name."""
        return {one.part: one for one in self.correction_list if one.part}

    @cached_property
    def has_former_values(self) -> bool:
        """Whether anything gave way in it; the pages ask along with the application."""
        known: bool | None = getattr(self.application, "has_former_values", None)
        return self.application.former_values.exists() if known is None else known

    @cached_property
    def ties(self) -> interests.Ties:
        """What each person is to the case, and did in it."""
        return interests.ties_of([self.application.pk])[self.application.pk]

    def ties_among(self, *wanted: interests.Tie) -> interests.Ties:
        """What people are to the case, as far as a rule asks: of ``wanted``, more may be there.

        A page asks many rules, and reads all at once; the door asks one, and reads no more.
        """
        if not self.under_lock or "ties" in vars(self):
            return self.ties
        if wanted not in self._asked:
            key = self.application.pk
            self._asked[wanted] = interests.ties_of([key], among=wanted)[key]
        return self._asked[wanted]


class Facts:
    """What one stage knows of a case: asked for with ``of``, read when first asked for.

    Each fact is one statement, and kept for the life of the case.
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    @classmethod
    def of(cls, case: Case) -> Self:
        """This stage's facts of ``case``: the same object each time."""
        known: Self | None = case.parts.get(cls)
        if known is None:
            known = case.parts[cls] = cls(case)
        return known

    def counted_alone(self, places: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Two who take the last place at once wait for each other at its row."""
        return places.select_for_update() if self.case.under_lock else places
