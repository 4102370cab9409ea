"""A revocation ends what its unit has under way: a passage of the system's, through the door.

It is told before, and recorded, told and taken off every desk as any passage is. Nothing ends by a
rejection: what else the unit had begun by then goes on.
"""

from datetime import date

from django.db.models import QuerySet

from designation.applications.models import FINAL_STAGES, Application
from designation.organizations import succession
from designation.organizations.models import Organization
from designation.register.bars import offspring
from designation.register.models import TitleStep
from standards.language import of_the_record

from .. import door
from ..case.facts import Act, Case
from . import words
from .facts import Barred
from .queries import ENDS_WHAT_IS_BARRED


def hold(*keys: int) -> None:
    """Wait for whoever begins an application of these organizations, or bars them."""
    rows = Organization.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def under_way(holder: Organization, since: date) -> QuerySet[Application]:
    """What the unit, and whoever goes on with a bar of that day, has begun and not ended."""
    units = set(offspring(holder.pk, since, succession.lineage_of(holder)))
    rows = Application.objects.exclude(stage__in=FINAL_STAGES).filter(organization__in=units)
    return rows.select_related("organization", "round").order_by("pk")


def stop(holder: Organization, step: TitleStep) -> None:
    """End what the unit whose title ``step`` revoked has under way, with its reason."""
    hold(holder.pk)
    for application in under_way(holder, step.effective_on):
        for bar in Barred.of(Case(application)).by_a_revocation[:1]:
            with of_the_record():
                act = Act(opinion=f"{words.sentence(bar)}{step.reason}")
            door.perform(f"application.{ENDS_WHAT_IS_BARRED}", application.pk, actor=None, act=act)
