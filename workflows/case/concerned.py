"""Whom it concerns when a round corrects what it says of a local term."""

from django.db.models import QuerySet

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application
from designation.rounds.announcements import Concerned
from designation.rounds.models import RoundDefinition
from standards.models import Check


def judged_by(definition: RoundDefinition) -> QuerySet[Application]:
    """The applications of its round that have not ended and whose standard uses the term."""
    using = Check.objects.filter(local_term=definition.term).values("item__version")
    under_way = Application.objects.filter(round=definition.round_id, standard__in=using)
    return under_way.exclude(stage__in=FINAL_STAGES)


def who_applies(definition: RoundDefinition, concerned: Concerned) -> None:
    """Add who applies, and who reviews what was handed in. One statement."""
    rows = judged_by(definition).values_list("organization", "reviewing_body", "stage")
    for organization, body, stage in rows:
        concerned.organizations.add(organization)
        if stage not in PRIVATE_STAGES:
            concerned.bodies.add(body)
