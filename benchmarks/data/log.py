"""The log of it all: one chain, each event hashed by the writer's own function."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from designation.audit import events
from designation.audit.models import ALGORITHM, CHAIN, AuditEvent

from .rows import run
from .titles import BEFORE_THE_SYSTEM as TITLES_BEFORE_THE_SYSTEM
from .visits import DECLARED_AT

_AT_ONCE = 20_000
# A person signs in this long before what they then do; every so many passages.
_SIGN_INS = 3


def write() -> int:
    """Returns how many events; the database itself moves the head along with each batch."""
    last, count = "", 0
    for batch in _batches():
        made = []
        for row in batch:
            count += 1
            made.append(_event(row, count, last))
            last = made[-1].hash
        _copy(made)
    return count


def _event(row: dict[str, Any], sequence: int, previous: str) -> AuditEvent:
    event = AuditEvent(
        sequence=sequence,
        format=events._FORMAT,
        chain=CHAIN,
        algorithm=ALGORITHM,
        previous_hash=previous,
        **row,
    )
    event.hash = events.digest(event)
    return event


def _as_it_is(value: Any, _connection: Any) -> Any:
    return value


def _copy(made: list[AuditEvent]) -> None:
    columns = AuditEvent._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    ready = [
        _as_it_is if field.attname != "details" else field.get_db_prep_save for field in columns
    ]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {AuditEvent._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for event in made:
            copy.write_row(
                [
                    prepare(getattr(event, field.attname), connection)
                    for field, prepare in zip(columns, ready, strict=True)
                ]
            )


def _batches() -> Iterator[list[dict[str, Any]]]:
    """What happened, in the order of time."""
    run(
        "DECLARE happened NO SCROLL CURSOR FOR"
        f" SELECT * FROM ({' UNION ALL '.join(_happened())}) AS each"
        " ORDER BY at, action, subject_id, actor_id"
    )
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"FETCH {_AT_ONCE} FROM happened")
            names = [column.name for column in cursor.description]
            rows = cursor.fetchall()
            if not rows:
                break
            yield [_read(dict(zip(names, row, strict=True))) for row in rows]
    run("CLOSE happened")


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"details": json.loads(row["details"])}


def _happened() -> Iterator[str]:
    """SELECTs with the columns of an event."""
    yield _passages()
    yield _sign_ins()
    yield from _visits()
    yield _notices()
    yield _titles()


_OF_A_CASE = """'applications.application' AS subject_type, made_case.id::text AS subject_id,
  name || ' · ' || rounds_round.name_zh AS subject_label, area_code AS jurisdiction_code"""
_CASES = "JOIN made_case ON made_case.id = case_id JOIN rounds_round ON rounds_round.id = round_id"
# Where somebody acts from.
_ORIGIN = "'10.' || made_case.c % 250 || '.' || t || '.' || made_case.i % 250"


def _passages() -> str:
    return f"""
      SELECT at, made_step.actor_id, role AS actor_role, 'application.' || transition AS action,
        {_OF_A_CASE},
        jsonb_build_object('from', from_stage, 'to', to_stage, 'version', n, 'opinion', opinion,
          'submission', coalesce(sha256, '')) AS details,
        CASE WHEN made_step.actor_id IS NULL THEN '' ELSE {_ORIGIN} END AS origin
      FROM made_step {_CASES}
        LEFT JOIN applications_submission ON application_id = made_case.id AND number = handed_in
    """


def _sign_ins() -> str:
    return f"""
      SELECT at - interval '9 minutes', actor_id, 'self', 'account.sign_in', 'organizations.person',
        actor_id::text, full_name, area.code, '{{"known_browser": true}}'::jsonb,
        {_ORIGIN}
      FROM made_step JOIN made_case ON made_case.id = case_id
        JOIN organizations_person AS person ON person.id = actor_id
        JOIN organizations_jurisdiction AS area ON area.id = person.jurisdiction_id
      WHERE (i + n) % {_SIGN_INS} = 0
    """


def _visits() -> Iterator[str]:
    label = _OF_A_CASE.replace("made_case.id", "case_id").replace("name ||", "made_case.name ||")

    def event(action: str, at: str, actor: str, role: str, details: str) -> str:
        return f"""
          SELECT {at}, {actor}, '{role}', 'visit.{action}', {label}, {details},
            {_ORIGIN}
          FROM made_visit {_CASES} WHERE {at} IS NOT NULL
        """

    day = "(arranged_at AT TIME ZONE 'Asia/Shanghai')::date + 3"
    arranged = f"jsonb_build_object('planned_on', to_char({day}, 'YYYY-MM-DD'))"
    yield event(
        "arrange", "arranged_at", "made_visit.coordinator_id", "county_coordinator", arranged
    )
    for member in ("made_visit.leader_id", "made_visit.second_id"):
        yield event("declare", DECLARED_AT, member, "verifier", "'{}'::jsonb")
        yield event("sign", "ended_at - interval '1 hour'", member, "verifier", "'{}'::jsonb")


def _notices() -> str:
    words = {
        "proposed": "propose",
        "published": "publish",
        "register_closed": "close_register",
    }
    action = " ".join(f"WHEN '{act}' THEN 'notice.{word}'" for act, word in words.items())
    return f"""
      SELECT step.at, step.actor_id, step.role, CASE act {action} ELSE 'notice.' || act END,
        'workflows.notice', notice.id::text, title, area.code,
        jsonb_build_object('sha256',
          CASE WHEN act IN ('published', 'register_closed') THEN text_sha256 ELSE '' END),
        '10.0.0.1'
      FROM workflows_noticestep AS step JOIN workflows_notice AS notice ON notice.id = notice_id
        JOIN rounds_round ON rounds_round.id = round_id
        JOIN organizations_jurisdiction AS area ON area.id = jurisdiction_id
    """


def _titles() -> str:
    """Those that no application's passage tells of."""
    return f"""
      SELECT recorded_at, recorded_by_id, 'deciding_officer', 'title.give',
        'register.designation', title.id::text, number, area.code,
        jsonb_build_object('organization', title.name_zh, 'category', title.category,
          'document_number', document_number, 'designated_on', designated_on,
          'valid_until', valid_until),
        '10.0.0.1'
      FROM {TITLES_BEFORE_THE_SYSTEM}
        JOIN organizations_jurisdiction AS area ON area.id = title.jurisdiction_id
    """
