"""What the first review knows of a case."""

from functools import cached_property

from django.db.models import F

from designation.applications.models import Application
from designation.rounds.models import RecommendationQuota
from standards import catalogue

from ...case.facts import Facts
from .models import ItemMark


class Review(Facts):
    """Marks in force, returns made, places left to recommend."""

    @cached_property
    def marks(self) -> dict[str, ItemMark]:
        """First-review marks in force, by item code."""
        rows = (
            ItemMark.objects.filter(application=self.case.application, voided_at__isnull=True)
            .select_related("marked_by")
            .annotate(item_code=F("item__code"))
            .order_by("pk")
        )
        return {mark.item_code: mark for mark in rows}

    @cached_property
    def mark_verdicts(self) -> dict[str, str]:
        """First-review verdicts in force, by item code: what the gate asks, and no more."""
        rows = ItemMark.objects.filter(application=self.case.application, voided_at__isnull=True)
        codes = catalogue.item_codes(self.case.application.standard_id)
        verdicts = rows.order_by().values_list("item_id", "verdict")
        return {codes[item_id]: verdict for item_id, verdict in verdicts}

    @cached_property
    def returns_made(self) -> int:
        """How often the present stage has already sent it back."""
        return self.case.application.decisions.filter(
            transition="return_for_correction", from_stage=self.case.application.stage
        ).count()

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
        used = Application.objects.filter(
            round_id=application.round_id,
            reviewing_body_id=application.reviewing_body_id,
            category=application.category,
            decisions__transition="recommend",
        ).exclude(pk=application.pk)
        return quota - used.distinct().count()
