"""Who stands in reserve of a category, in which order, and where a place has fallen free."""

from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from designation.applications.models import Application, Stage

from .models import SelectionRow


def with_reserve_place(rows: QuerySet[Application]) -> QuerySet[Any]:
    """The applications with ``reserve_place``: the number that the last meeting gave them."""
    return rows.annotate(reserve_place=Max("selection_rows__reserve_place"))


def in_reserve(round_id: int, category: str) -> QuerySet[Any]:
    """Those in reserve, the next one first."""
    waiting = Application.objects.filter(round_id=round_id, category=category, stage=Stage.RESERVE)
    return with_reserve_place(waiting).order_by("reserve_place", "pk")


def last_number(round_id: int, category: str) -> int:
    """The greatest number in reserve that a meeting of the category ever gave; 0 before any."""
    rows = SelectionRow.objects.filter(selection__round_id=round_id, selection__category=category)
    return rows.aggregate(last=Max("reserve_place"))["last"] or 0


def counted(*stages: Stage) -> Any:
    """Of categories of rounds: how many of their applications stand at one of ``stages``."""
    alike = (
        Application.objects.filter(
            round=OuterRef("round"), category=OuterRef("category"), stage__in=stages
        )
        .order_by()
        .values("round")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(alike, IntegerField()), 0)
