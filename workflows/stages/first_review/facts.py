"""What the first review knows of a case."""

from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, Q, QuerySet

from designation.applications import authorship
from designation.applications.models import Answer, Application, Evidence, SignedPaper
from designation.organizations.models import Role
from designation.rounds.models import RecommendationQuota
from designation.site.prepared import Prepared
from standards import catalogue

from ...case.facts import Facts
from ...case.handed_in import submission_as_it_stands
from ...case.kept_places import keeps_its_place
from ...case.records import Decision
from .models import Claim, DecisionDraft, InternalNote, ItemMark


@Prepared
def _marks(application: Any) -> QuerySet[ItemMark]:
    rows = ItemMark.objects.filter(application=application, voided_at__isnull=True)
    return rows.select_related("marked_by").annotate(item_code=F("item__code")).order_by("pk")


@Prepared
def _recommended_beside(
    round_: Any, body: Any, category: Any, own: Any
) -> QuerySet[Application, Any]:
    """The keys of what the body recommended of the category, beside its ``own``."""
    used = Application.objects.filter(
        keeps_its_place(), round=round_, reviewing_body=body, category=category
    )
    return used.exclude(pk=own).order_by().values_list("pk")


class Review(Facts):
    """Marks in force, returns made, places left to recommend."""

    @cached_property
    def marks(self) -> dict[str, ItemMark]:
        """First-review marks in force, by item code."""
        rows: list[Any] = _marks(self.case.application.pk)
        return {mark.item_code: mark for mark in rows}

    @cached_property
    def mark_verdicts(self) -> dict[str, str]:
        """First-review verdicts in force, by item code: what the gate asks, and no more."""
        if "marks" in vars(self):
            return {code: mark.verdict for code, mark in self.marks.items()}
        rows = ItemMark.objects.filter(application=self.case.application, voided_at__isnull=True)
        codes = catalogue.item_codes(self.case.application.standard_id)
        verdicts = rows.order_by().values_list("item_id", "verdict")
        return {codes[item_id]: verdict for item_id, verdict in verdicts}

    @cached_property
    def last_decision(self) -> Decision | None:
        """The passage by which it came to where it stands."""
        if read := vars(self.case).get("decisions"):
            last: Decision = read[-1]
            return last
        decisions = self.case.application.decisions.order_by("-pk")
        return decisions.select_related(None).first()

    @cached_property
    def is_acted_on(self) -> bool:
        """Whether anybody has worked on it since that passage: answered, planned, or begun to."""
        case, last = self.case.as_it_stands, self.last_decision
        if last is None:
            return False
        application = case.application
        cited = Evidence.objects.filter(application=application)
        noted = InternalNote.objects.filter(application=application, written_at__gt=last.at)
        worked = (
            Answer.objects.filter(application=application, saved_at__gt=last.at),
            cited.filter(Q(uploaded_at__gt=last.at) | Q(removed_at__gt=last.at)),
            last.corrections.exclude(reply=""),
            application.visits.filter(closed_at__isnull=True),
            DecisionDraft.objects.filter(application=application),
            # A decision puts down every claim: one in force was made since.
            Claim.objects.filter(application=application, until__gt=case.now),
            noted.filter(role=Role.COUNTY_COORDINATOR),
            SignedPaper.objects.filter(application=application, at__gt=last.at),
        )
        if authorship.written_since(application.written, last.at):
            return True
        any_of_them = reduce(or_, (Q(Exists(rows)) for rows in worked))
        if Application.objects.filter(any_of_them, pk=application.pk).exists():
            return True
        # What no moment tells: a file cited for one more item, a page, an order, the posting.
        is_returned = last.transition == "return_for_correction"
        return is_returned and submission_as_it_stands(case) is None

    @cached_property
    def returns_made(self) -> int:
        """How often the present stage has already sent it back; what was taken back left out."""
        stage = self.case.application.stage
        made = Q(transition="return_for_correction", from_stage=stage)
        taken_back = Q(transition="take_back_return", to_stage=stage)
        counted = self.case.application.decisions.aggregate(
            made=Count("pk", filter=made), taken_back=Count("pk", filter=taken_back)
        )
        count: int = counted["made"] - counted["taken_back"]
        return count

    @cached_property
    def recommendation_places_left(self) -> int | None:
        """Places the reviewing body still has for this category; None where none is set."""
        application = self.case.application
        quota = self.counted_alone(
            RecommendationQuota.objects.filter(
                round_id=application.round_id,
                reviewing_body_id=application.reviewing_body_id,
                category=application.category,
            ).values_list("places", flat=True)
        ).first()
        if quota is None:
            return None
        asked = (application.round_id, application.reviewing_body_id, application.category)
        return quota - len(_recommended_beside(*asked, application.pk))
