"""What visits and objections say of themselves becomes the beginning of their history.

A visit made after another was closed is a re-verification; it began when the decision says so.
"""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef

OFFICER = "objection_officer"


def tell_visits(apps: Any, _schema_editor: Any) -> None:
    visit, decision = (apps.get_model("workflows", name) for name in ("Visit", "Decision"))
    begun = decision.objects.filter(
        application=OuterRef("application"), transition="begin_verification"
    )
    earlier = visit.objects.filter(
        application=OuterRef("application"), closed_at__isnull=False, pk__lt=OuterRef("pk")
    )
    visit.objects.filter(Exists(earlier)).update(reason="reverification")
    # The first beginning is that of the first visit; of several, each has its own in order.
    for one in visit.objects.filter(Exists(begun)).order_by("pk").iterator():
        place = visit.objects.filter(application=one.application_id, pk__lt=one.pk).count()
        moments = decision.objects.filter(
            application=one.application_id, transition="begin_verification"
        ).order_by("pk")
        for at in moments.values_list("at", flat=True)[place : place + 1]:
            visit.objects.filter(pk=one.pk).update(begun_at=at)


def write_handlings(apps: Any, _schema_editor: Any) -> None:
    """A handling and a closing of each objection, as far as it tells of them."""
    step = apps.get_model("workflows", "ObjectionStep")
    for one in apps.get_model("workflows", "Objection").objects.order_by("pk").iterator():
        rows = []
        if one.handled_by_id and one.handled_at:
            act = "refused" if one.status == "refused" else "accepted"
            rows.append((act, one.handled_by_id, one.handled_at, one.handling_reason))
        if one.closed_by_id and one.closed_at:
            rows.append((one.status, one.closed_by_id, one.closed_at, one.finding))
        step.objects.bulk_create(
            step(objection=one, act=act, actor_id=actor, role=OFFICER, at=at, reason=reason)
            for act, actor, at, reason in rows
        )


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0015_one_door_for_every_course"),
    ]

    operations = [
        migrations.RunPython(tell_visits, migrations.RunPython.noop),
        migrations.RunPython(write_handlings, migrations.RunPython.noop),
    ]
