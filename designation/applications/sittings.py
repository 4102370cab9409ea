"""Sittings: who worked on an application, counted while it goes on and recorded once it is over.

The log learns which fields were saved how often; how long it took and whether on a phone is
added up by application and room, and forgotten of the person.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from designation.audit import events
from designation.organizations.models import Person
from designation.site import clock, tallies
from designation.site.tallies import Way

from .models import Application, Room, Sitting, WorkTally

# Our defaults: a sitting ends after half an hour without a save; a longer gap is not work.
ENDS_AFTER = timedelta(minutes=30)
LONGEST_GAP = timedelta(minutes=5)
# How many sittings one event batch records: the head of the log is held for that long.
CHUNK = 200

_NOTE = """
INSERT INTO applications_sitting AS now
  (application_id, person_id, room, role, began_at, last_at, saves, fields, active_seconds,
   is_narrow)
VALUES (%(application)s, %(person)s, %(room)s, %(role)s, %(at)s, %(at)s, 1, %(fields)s, 0,
        %(narrow)s)
ON CONFLICT (application_id, person_id, room) DO UPDATE SET
  last_at = EXCLUDED.last_at,
  saves = now.saves + 1,
  is_narrow = now.is_narrow OR EXCLUDED.is_narrow,
  active_seconds = now.active_seconds + CASE
    WHEN extract(epoch FROM EXCLUDED.last_at - now.last_at) <= %(gap)s
    THEN greatest(extract(epoch FROM EXCLUDED.last_at - now.last_at)::int, 0) ELSE 0 END,
  fields = now.fields || (
    SELECT jsonb_object_agg(name, coalesce((now.fields ->> name)::int, 0) + 1)
    FROM jsonb_object_keys(EXCLUDED.fields) AS name)
"""

ACTIONS = {
    Room.SELF_ASSESSMENT: "application.fill_in",
    Room.FIRST_REVIEW: "application.mark",
    Room.VERIFICATION: "visit.record",
}


def note(
    application: Application,
    names: Iterable[str],
    *,
    room: Room,
    actor: Person,
    role: str,
    way: Way = tallies.PRESSED,
) -> None:
    """Count one save of ``names`` in the sitting of ``actor``, in one statement.

    The same statement counts it for the browser that it came from, where one counts along.
    """
    fields = dict.fromkeys(names, 1)
    if not fields:
        tallies.count(way.tally)
        return
    statement, tally = _NOTE, {}
    if way.tally is not None:
        statement, tally = f"WITH tally AS ({tallies.COUNT}) {_NOTE}", way.tally.parameters
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            tally
            | {
                "application": application.pk,
                "person": actor.pk,
                "room": room,
                "role": role,
                "at": clock.now(),
                "fields": json.dumps(fields),
                "narrow": way.is_narrow,
                "gap": LONGEST_GAP.total_seconds(),
            },
        )


def end_those_over(now: datetime | None = None) -> int:
    """Record the sittings without a save for half an hour; returns how many.

    Taken with SKIP LOCKED, so that two sweeps record each once.
    """
    before = (now or clock.now()) - ENDS_AFTER
    ended = 0
    while batch := _end_some(before):
        ended += batch
    return ended


@transaction.atomic
def _end_some(before: datetime) -> int:
    over = list(
        Sitting.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(last_at__lte=before)
        .select_related("application__round", "application__organization", "person")[:CHUNK]
    )
    for sitting in over:
        _add_up(sitting)
    Sitting.objects.filter(pk__in=[sitting.pk for sitting in over]).delete()
    events.append_many([_entry(sitting) for sitting in over])
    return len(over)


def _add_up(sitting: Sitting) -> None:
    WorkTally.objects.update_or_create(
        application_id=sitting.application_id,
        room=sitting.room,
        defaults={
            "sittings": F("sittings") + 1,
            "narrow": F("narrow") + int(sitting.is_narrow),
            "saves": F("saves") + sitting.saves,
            "active_seconds": F("active_seconds") + sitting.active_seconds,
        },
        create_defaults={
            "sittings": 1,
            "narrow": int(sitting.is_narrow),
            "saves": sitting.saves,
            "active_seconds": sitting.active_seconds,
        },
    )


def _entry(sitting: Sitting) -> events.Entry:
    return events.Entry(
        actor=sitting.person,
        action=ACTIONS[Room(sitting.room)],
        subject=sitting.application,
        jurisdiction_code=sitting.application.area_code,
        role=sitting.role,
        details={"fields": sitting.fields, "saves": sitting.saves},
    )
