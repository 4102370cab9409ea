"""How many each reviewing body has recommended in a round, by category."""

from django.db.models import Count

from designation.applications.models import Application
from designation.rounds.models import Round
from designation.rounds.places import Counts

from ...case.kept_places import keeps_its_place


def recommended(round_: Round) -> Counts:
    """As the gate counts: whatever was recommended keeps its place. One statement."""
    rows = Application.objects.filter(keeps_its_place(), round=round_)
    counted = rows.order_by().values_list("reviewing_body_id", "category")
    return {
        (body, category): count for body, category, count in counted.annotate(count=Count("pk"))
    }
