"""What people were told of each passage, and what waits unread."""

from types import SimpleNamespace

from django.utils import translation

from notifications.wording import compose

from .course import HELD, STEPS
from .rows import insert, literal, moment, run
from .sizes import MOMENT

_ORGANIZATION, _ROUND, _OPINION = "⟦organization⟧", "⟦round⟧", "⟦opinion⟧"
# Our default: what is older was read.
_UNREAD_FOR = "10 days"


def write() -> None:
    """An outbox entry a role that was told, delivered; a message for whoever holds the seat."""
    _texts()
    held = ", ".join(
        f"({literal(stage)}, {literal(role)}, {literal(where)})"
        for stage, (role, where, _days) in HELD.items()
    )
    run(
        f"""
        CREATE TEMP TABLE made_told ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY step_id, role) AS id, * FROM (
          SELECT made_step.id AS step_id, case_id, transition, at, opinion, actor_id, c, round_id,
            name, i, n, told.role, bool_or(told.asks) AS asks,
            CASE told.place WHEN 'org_id' THEN org_id
              WHEN 'body_id' THEN body_id END AS told_org_id,
            CASE told.place WHEN 'org_id' THEN org_id
              WHEN 'body_id' THEN body_id ELSE -1 - c END AS seat
          FROM made_step JOIN made_case ON made_case.id = case_id
            LEFT JOIN (VALUES {held}) AS held (stage, role, place) ON stage = to_stage,
            LATERAL (VALUES ('preparer', 'org_id', false), ('head', 'org_id', false),
              (held.role, held.place, true)) AS told (role, place, asks)
          WHERE told.role IS NOT NULL
          GROUP BY made_step.id, case_id, transition, at, opinion, made_step.actor_id, c, round_id,
            name, i, n, told.role, told.place, org_id, body_id
        ) AS each
        """
    )
    run("ANALYZE made_told")
    insert(
        "notifications.OutboxEntry",
        "made_told ORDER BY id",
        id="id",
        application_id="case_id",
        decision_id="step_id",
        role="role",
        organization_id="told_org_id",
        asks_to_act="asks",
        created_at="at",
        delivered_at="at + interval '5 seconds'",
        attempts="1",
    )
    _messages()


def _texts() -> None:
    """made_text: the words of each transition by the house's own function, with marks."""
    run(
        "CREATE TEMP TABLE made_text (transition text, asks boolean, said boolean, subject text,"
        " body text) ON COMMIT DROP"
    )
    with translation.override("zh-hans"):
        for transition in STEPS:
            for asks in (False, True):
                for opinion in ("", _OPINION):
                    subject, body = compose(_entry(transition, opinion, asks))  # type: ignore[arg-type]
                    run(
                        "INSERT INTO made_text VALUES (%s, %s, %s, %s, %s)",
                        [transition, asks, bool(opinion), subject, body],
                    )


def _entry(transition: str, opinion: str, asks: bool) -> SimpleNamespace:
    return SimpleNamespace(
        application=SimpleNamespace(
            organization=SimpleNamespace(name=_ORGANIZATION),
            round=SimpleNamespace(name=_ROUND),
            due_at=None,
        ),
        decision=SimpleNamespace(
            transition=transition, opinion=opinion, corrections=SimpleNamespace(all=list)
        ),
        asks_to_act=asks,
    )


def _filled(text: str) -> str:
    named = f"replace({text}, {literal(_ORGANIZATION)}, name)"
    in_round = f"replace({named}, {literal(_ROUND)}, rounds_round.name_zh)"
    return f"replace({in_round}, {literal(_OPINION)}, opinion)"


def _messages() -> None:
    older = f"at < {moment(MOMENT)} - interval '{_UNREAD_FOR}'"
    insert(
        "notifications.Message",
        """made_told JOIN rounds_round ON rounds_round.id = round_id
          JOIN made_text ON made_text.transition = made_told.transition
            AND made_text.asks = made_told.asks AND said = (opinion <> '')
          JOIN made_person AS person USING (seat, role)
        WHERE person.id IS DISTINCT FROM actor_id""",
        id="row_number() OVER (ORDER BY made_told.id, person.id)",
        person_id="person.id",
        entry_id="made_told.id",
        application_id="case_id",
        subject=_filled("subject"),
        body=_filled("body"),
        created_at="at",
        read_at=f"CASE WHEN {older} OR (i + n) % 2 = 0 THEN at + interval '20 hours' END",
    )
