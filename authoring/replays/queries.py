"""The submissions that a replay judges, and how many a round has of them."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from designation.applications.models import PRIVATE_STAGES, Application, Stage
from designation.rounds.models import RoundCategory
from standards.models import StandardVersion


def handed_in(round_id: Any, category: Any) -> QuerySet[Application]:
    """What was handed in to a category of a round and not taken back; takes an OuterRef too."""
    return Application.objects.filter(
        round_id=round_id, category=category, submission__isnull=False
    ).exclude(stage__in=[*PRIVATE_STAGES, Stage.WITHDRAWN])


def with_counts(entries: QuerySet[RoundCategory]) -> QuerySet[RoundCategory]:
    """``entries``, each with ``handed_in``: how many submissions there are to replay."""
    found = handed_in(OuterRef("round_id"), OuterRef("category")).order_by().values("round_id")
    counted = Subquery(found.annotate(count=Count("pk")).values("count"))
    return entries.annotate(handed_in=Coalesce(counted, 0))


def categories_of(version: int) -> QuerySet[StandardVersion, Any]:
    """The category of the version of this number, for narrowing; none where there is no such."""
    return StandardVersion.objects.filter(pk=version).values("category")
