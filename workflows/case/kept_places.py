"""Which applications take a recommendation place of their reviewing body.

Asked by the gate, by the figures of a round and by the list behind them.
"""

from django.db.models import Exists, OuterRef

from .records import Decision


def keeps_its_place() -> Exists:
    """Of applications: that one was recommended, and that was not taken back since."""
    later = Decision.objects.filter(
        application=OuterRef("application"),
        transition="take_back_recommendation",
        pk__gt=OuterRef("pk"),
    )
    made = Decision.objects.filter(application=OuterRef("pk"), transition="recommend")
    return Exists(made.filter(~Exists(later)))
