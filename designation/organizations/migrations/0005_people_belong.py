"""People of before belong to the area whose administrator entered them, as the audit log has it.

Else to their home's; else to that of their first seat; else, where one area alone is
administered, to that one. Who still has none is known to no area and shows in no list.
"""

from typing import Any

from django.db import migrations

_SYSTEM_ADMINISTRATOR = "system_administrator"


def assign(apps: Any, _editor: Any) -> None:
    Person = apps.get_model("organizations", "Person")
    Seat = apps.get_model("organizations", "Seat")
    AuditEvent = apps.get_model("audit", "AuditEvent")
    administered = dict(
        Seat.objects.filter(role=_SYSTEM_ADMINISTRATOR)
        .order_by("-pk")
        .values_list("person_id", "jurisdiction_id")
    )
    entered = {
        int(person): administered.get(actor)
        for person, actor in AuditEvent.objects.filter(
            action="person.add", subject_type="organizations.person"
        ).values_list("subject_id", "actor_id")
    }
    only = set(
        Seat.objects.filter(role=_SYSTEM_ADMINISTRATOR, ended_at__isnull=True).values_list(
            "jurisdiction_id", flat=True
        )
    )
    for person in Person.objects.filter(jurisdiction__isnull=True).select_related(
        "home_organization"
    ):
        person.jurisdiction_id = (
            entered.get(person.pk)
            or (person.home_organization and person.home_organization.jurisdiction_id)
            or _seated(person)
            or (next(iter(only)) if len(only) == 1 else None)
        )
        person.save(update_fields=["jurisdiction"])


def _seated(person: Any) -> int | None:
    seat = person.seats.select_related("organization").order_by("pk").first()
    if seat is None:
        return None
    return seat.jurisdiction_id or seat.organization.jurisdiction_id


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_where_from"),
        ("organizations", "0004_accounts"),
    ]

    operations = [migrations.RunPython(assign, migrations.RunPython.noop)]
