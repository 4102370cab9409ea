"""How many each reviewing body has recommended in a round, by category."""

from django.db.models import Count, Exists, OuterRef

from designation.applications.models import Application
from designation.rounds.models import Round
from designation.rounds.places import Counts

from ...case.records import Decision


def keeps_its_place() -> Exists:
    """Of applications: that one was recommended, and that was not taken back since."""
    later = Decision.objects.filter(
        application=OuterRef("application"),
        transition="take_back_recommendation",
        pk__gt=OuterRef("pk"),
    )
    made = Decision.objects.filter(application=OuterRef("pk"), transition="recommend")
    return Exists(made.filter(~Exists(later)))


def recommended(round_: Round) -> Counts:
    """As the gate counts: whatever was recommended keeps its place. One statement."""
    rows = Application.objects.filter(keeps_its_place(), round=round_)
    counted = rows.order_by().values_list("reviewing_body_id", "category")
    return {
        (body, category): count for body, category, count in counted.annotate(count=Count("pk"))
    }
