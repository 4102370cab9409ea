"""The case: an application with the facts that rules, gates and pages ask about.

Each fact is one statement, read when first asked for and kept for the life of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, Q, QuerySet, Value

from designation.applications.models import Answer, Application, Evidence
from designation.organizations.models import Person
from designation.register.models import Designation
from designation.rounds.models import LocalTerm, RecommendationQuota, RoundCategory, Veto
from designation.site import clock
from standards import catalogue, values, wording
from standards.engine.evaluation import Report, Standard, evaluate
from standards.engine.periods import looked_at
from standards.models import Scope

from ..stages.first_review.models import ItemMark
from ..stages.public_notice.models import NoticeEntry, Objection
from ..stages.public_notice.text import notice_sha256
from ..stages.verification.models import Measurement, Visit, VisitMember
from . import interests
from .records import Correction


@dataclass(frozen=True, slots=True)
class Act:
    """What a person brings to a transition, beside being allowed to.

    ``corrections`` maps item codes to reasons; ``truth_confirmed`` is the head's statement;
    ``decision_id`` names a recorded designation decision; ``objection_id`` one objection.
    """

    opinion: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    truth_confirmed: bool = False
    decision_id: int | None = None
    objection_id: int | None = None


# How long before a title ends its renewal may be applied for; our default.
RENEWAL_OPENS = timedelta(days=60)


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


class Case:
    """An application as seen by one person about to act."""

    def __init__(
        self,
        application: Application,
        *,
        actor: Person | None = None,
        act: Act | None = None,
        now: datetime | None = None,
        under_lock: bool = False,
    ) -> None:
        self.application = application
        # Under the door's lock: places are then counted by one at a time.
        self.under_lock = under_lock
        self.actor = actor
        self.act = act or Act()
        self.now = now or clock.now()

    def forget(self, *facts: str) -> None:
        """Read these facts anew when they are next asked for: the record has moved on."""
        for fact in facts:
            vars(self).pop(fact, None)

    @property
    def today(self) -> date:
        return self.now.astimezone(clock.SHANGHAI).date()

    @cached_property
    def standard(self) -> Standard:
        """The published standard with this round's vetoes and this county's terms."""
        application = self.application
        vetoes = Veto.objects.filter(round_id=application.round_id, is_on=True)
        terms = LocalTerm.objects.filter(jurisdiction_id=application.round.jurisdiction_id)
        rows = list(
            vetoes.order_by()
            .values_list(Value("veto", CharField()), "check_code", "document")
            .union(
                vetoes.order_by().values_list(
                    Value("confirming", CharField()), "check_code", "confirming_body"
                ),
                terms.order_by().values_list(Value("term", CharField()), "term", "definition"),
                all=True,
            )
        )
        by_kind = (
            frozenset((key, text) for kind, key, text in rows if kind == wanted)
            for wanted in ("veto", "term", "confirming")
        )
        return _configured(application.standard_id, *by_kind)

    @cached_property
    def periods(self) -> dict[str, str]:
        """By scope of checks, which days are looked at, in words."""
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
        return {scope: wording.period(period) for scope, period in found.items() if period}

    @cached_property
    def item_codes(self) -> tuple[str, ...]:
        """The items of the standard, in order; without a statement."""
        items = catalogue.published(self.application.standard_id).items
        return tuple(item.code for item in items)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers by item code."""
        rows = Answer.objects.filter(application=self.application).select_related("item")
        return {answer.item.code: answer for answer in rows}

    @cached_property
    def declared(self) -> dict[str, Any]:
        """Declared values by check code, in the shapes that ``evaluate`` takes."""
        return values.from_rows(answer.values for answer in self.answers.values())

    @cached_property
    def declared_report(self) -> Report:
        return evaluate(self.standard, self.declared, "self_assessment")

    @cached_property
    def evidence(self) -> list[Any]:
        """Evidence in force, each with ``item_codes``: the codes of the items it supports."""
        return list(
            Evidence.objects.filter(application=self.application, removed_at__isnull=True)
            .select_related("entry__stored")
            .annotate(
                item_codes=ArrayAgg("items__code", filter=Q(items__isnull=False), default=Value([]))
            )
            .order_by("pk")
        )

    @cached_property
    def marks(self) -> dict[str, ItemMark]:
        """First-review marks in force, by item code."""
        rows = (
            ItemMark.objects.filter(application=self.application, voided_at__isnull=True)
            .select_related("marked_by")
            .annotate(item_code=F("item__code"))
            .order_by("pk")
        )
        return {mark.item_code: mark for mark in rows}

    @cached_property
    def mark_verdicts(self) -> dict[str, str]:
        """First-review verdicts in force, by item code: what the gate asks, and no more."""
        rows = ItemMark.objects.filter(application=self.application, voided_at__isnull=True)
        codes = catalogue.item_codes(self.application.standard_id)
        verdicts = rows.order_by().values_list("item_id", "verdict")
        return {codes[item_id]: verdict for item_id, verdict in verdicts}

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """The open correction list, by item code."""
        rows = Correction.objects.filter(
            application=self.application, closed_at__isnull=True
        ).select_related("item")
        return {correction.item.code: correction for correction in rows}

    @cached_property
    def has_former_values(self) -> bool:
        """Whether anything gave way in it; the pages ask along with the application."""
        known: bool | None = self.application.__dict__.get("has_former_values")
        return self.application.former_values.exists() if known is None else known

    @cached_property
    def returns_made(self) -> int:
        """How often the present stage has already sent it back."""
        return self.application.decisions.filter(
            transition="return_for_correction", from_stage=self.application.stage
        ).count()

    @cached_property
    def recommendation_places_left(self) -> int | None:
        """Places the reviewing body still has for this category; None where none is set."""
        application = self.application
        quota = self._counted_alone(
            RecommendationQuota.objects.filter(
                round_id=application.round_id,
                reviewing_body_id=application.reviewing_body_id,
                category=application.category,
            ).values_list("places", flat=True)
        ).first()
        if quota is None:
            return None
        used = Application.objects.filter(
            round_id=application.round_id,
            reviewing_body_id=application.reviewing_body_id,
            category=application.category,
            decisions__transition="recommend",
        ).exclude(pk=application.pk)
        return quota - used.distinct().count()

    @cached_property
    def category_places_left(self) -> int:
        """Places of the round's category not yet taken by applications on notice or beyond."""
        application = self.application
        row = RoundCategory.objects.filter(
            round_id=application.round_id, category=application.category
        )
        quota: int = self._counted_alone(row.values_list("quota", flat=True)).get()
        taken = Application.objects.filter(
            round_id=application.round_id,
            category=application.category,
            stage__in=("on_notice", "awaiting_designation", "designated"),
        )
        return quota - taken.count()

    def _counted_alone(self, places: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Two who take the last place at once wait for each other at its row."""
        return places.select_for_update() if self.under_lock else places

    @cached_property
    def has_valid_title(self) -> bool:
        return Designation.objects.filter(
            organization_id=self.application.organization_id,
            category=self.application.category,
            status=Designation.Status.VALID,
            valid_until__gte=self.today + RENEWAL_OPENS,
        ).exists()

    @cached_property
    def visit(self) -> Visit | None:
        """The open visit."""
        return Visit.objects.filter(application=self.application, closed_at__isnull=True).first()

    @cached_property
    def team(self) -> list[VisitMember]:
        if self.visit is None:
            return []
        present = self.visit.members.filter(left_at__isnull=True)
        return list(present.select_related("person__home_organization__jurisdiction"))

    @cached_property
    def measurements(self) -> dict[str, Measurement]:
        """Measurements of the open visit, by item code."""
        if self.visit is None:
            return {}
        rows = self.visit.measurements.select_related("item")
        return {measurement.item.code: measurement for measurement in rows}

    @cached_property
    def measured(self) -> dict[str, Any]:
        """Measured values by check code."""
        return values.from_rows(row.values for row in self.measurements.values())

    @cached_property
    def measured_report(self) -> Report:
        return evaluate(self.standard, self.measured, "verification")

    @cached_property
    def ties(self) -> interests.Ties:
        """What each person is to the case, and did in it."""
        return interests.ties_of([self.application.pk])[self.application.pk]

    @cached_property
    def notice_entry(self) -> NoticeEntry | None:
        """The entry on the notice in force, with its notice."""
        return (
            NoticeEntry.objects.filter(application=self.application, dropped_at__isnull=True)
            .select_related("notice__round")
            .first()
        )

    @cached_property
    def notice_is_unchanged(self) -> bool:
        """Whether the notice still says what was published."""
        entry = self.notice_entry
        return entry is None or notice_sha256(entry.notice) == entry.notice.text_sha256

    @cached_property
    def objections(self) -> list[Objection]:
        """Objections on every notice it stood on: one left open blocks the next notice too."""
        return list(Objection.objects.filter(entry__application=self.application).order_by("pk"))
