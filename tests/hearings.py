"""Arranging that the organization objected to was heard, so that a finding may be made."""

from designation.site import clock
from workflows.stages.objections.models import Hearing, Objection

STATEMENT = "经自查，面积按图纸计算，并无不实。"


def heard(objection):
    """The objection, after its organization has answered; whoever asked, it is on record."""
    found = Objection.objects.get(pk=objection.pk)
    if found.status == Objection.Status.ACCEPTED:
        now = clock.now()
        Hearing.objects.get_or_create(
            objection=found,
            defaults={
                "facts": "活动场所面积是否与申报相符。",
                "redacted_by": found.handled_by,
                "redacted_at": now,
                "released_by": found.handled_by,
                "released_at": now,
                "statement": STATEMENT,
                "stated_by": found.entry.application.created_by,
                "stated_at": now,
            },
        )
    return objection
