"""Open appeals that nobody may hear: neither in the area of the case nor above it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from designation.register.models import TitleStep

from ...case.interests import Tie, untied
from ...case.vacancies import held_over
from .models import OPEN, Appeal
from .rules import HEARING, KEEP_FROM_APPEALS

NOBODY = 0  # The key of no person.


def vacant_appeals() -> QuerySet[Appeal]:
    over = held_over("area_code").filter(role__in=HEARING)
    over = over.exclude(person__home_organization=OuterRef("organization"))
    over = over.exclude(person=Coalesce(OuterRef("entered_by"), NOBODY))
    free = over.filter(untied("decision__application", (Tie.APPLIES, *KEEP_FROM_APPEALS)))
    above = free.exclude(jurisdiction__code__startswith=OuterRef("above"))
    acted = TitleStep.objects.order_by().filter(
        Q(actor=OuterRef("person")) | Q(acted_for=OuterRef("person")),
        title=OuterRef(OuterRef("title_step__title")),
    )
    heard = (
        Q(Exists(free), decision__isnull=False, above="")
        | (Q(Exists(above), decision__isnull=False) & ~Q(above=""))
        | Q(Exists(over.filter(~Q(Exists(acted)))), title_step__isnull=False)
    )
    return Appeal.objects.filter(~heard, status__in=OPEN)
