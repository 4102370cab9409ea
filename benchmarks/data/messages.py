"""Each passage as the event it was told by, and who was told of it; what waits unread."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.utils import translation

from designation.announcements.declared import announcements_of
from notifications.wording import compose

from .course import HELD, STEPS
from .rows import insert, literal, moment, run
from .sizes import MOMENT

_ORGANIZATION, _ROUND, _OPINION = "⟦organization⟧", "⟦round⟧", "⟦opinion⟧"
# Our default: what is older was read.
_UNREAD_FOR = "10 days"
_PAGE = "jsonb_build_array('applications:case', jsonb_build_array(case_id))"


def write() -> None:
    _texts()
    _lay_out()
    _events()
    _messages()


def _texts() -> None:
    """made_text: the words of each transition by the house's own function, with marks."""
    run(
        "CREATE TEMP TABLE made_text (transition text, asks boolean, said boolean, subject text,"
        " body text) ON COMMIT DROP"
    )
    with translation.override("zh-hans"):
        for row in _composed():
            run("INSERT INTO made_text VALUES (%s, %s, %s, %s, %s)", row)


def _composed() -> Iterator[tuple[str, bool, bool, str, str]]:
    for transition in STEPS:
        for opinion in ("", _OPINION):
            said = {
                "organization": _ORGANIZATION,
                "round": _ROUND,
                "opinion": opinion,
                "corrections": "",
                "due": "",
            }
            event = SimpleNamespace(action=f"application.{transition}", said=said)
            for announcement in announcements_of(event.action):
                subject, body = compose(event, announcement)  # type: ignore[arg-type]
                yield transition, announcement.asks_to_act, bool(opinion), subject, body


def _lay_out() -> None:
    """made_turn: of each passage, whose turn it is then; the verifiers are the two who go."""
    held = ", ".join(
        f"({literal(stage)}, {literal(role)}, {literal(where)})"
        for stage, (role, where, _days) in HELD.items()
    )
    run(
        f"""
        CREATE TEMP TABLE made_turn ON COMMIT DROP AS
        SELECT made_step.id, case_id, n, transition, at, opinion, made_step.actor_id,
          made_step.role AS actor_role, c, i, round_id, org_id, area_code, name, leader_id,
          second_id, held.role AS turn,
          CASE place WHEN 'org_id' THEN org_id WHEN 'body_id' THEN body_id END AS turn_org_id
        FROM made_step JOIN made_case ON made_case.id = case_id
          LEFT JOIN (VALUES {held}) AS held (stage, role, place) ON stage = to_stage
        """
    )
    run("ANALYZE made_turn")


def _events() -> None:
    named = "jsonb_build_object('zh', {0}, 'en', {0})"
    team = """CASE turn WHEN 'verifier' THEN jsonb_build_array(leader_id, second_id)
      ELSE 'null'::jsonb END"""
    insert(
        "notifications.Event",
        """made_turn JOIN rounds_round ON rounds_round.id = round_id ORDER BY made_turn.id""",
        id="made_turn.id",
        action="'application.' || transition",
        subject_type="'applications.application'",
        subject_id="case_id::text",
        subject_label="name || ' · ' || rounds_round.name_zh",
        page=_PAGE,
        jurisdiction_code="area_code",
        actor_id="actor_id",
        actor_role="actor_role",
        said=f"""jsonb_build_object('organization', {named.format("name")},
          'round', {named.format("rounds_round.name_zh")}, 'opinion', opinion,
          'corrections', '', 'due', '')""",
        parties=f"""jsonb_build_object('applicant', org_id, 'turn',
          CASE WHEN turn IS NULL THEN 'null'::jsonb
            ELSE jsonb_build_object('role', turn, 'organization', turn_org_id, 'people', {team})
          END)""",
        asks_role="CASE WHEN turn IS NULL OR turn = 'verifier' THEN '' ELSE turn END",
        asks_organization_id="turn_org_id",
        at="at",
        delivered_at="at + interval '5 seconds'",
        attempts="1",
    )


def _messages() -> None:
    """To whoever holds the seat, but for who acted; of two reasons the request to act."""
    older = f"at < {moment(MOMENT)} - interval '{_UNREAD_FOR}'"
    insert(
        "notifications.Message",
        """(
          SELECT DISTINCT ON (made_turn.id, person.id) made_turn.*, person.id AS person_id,
            wanted.role, wanted.place_id, wanted.asks
          FROM made_turn, LATERAL (VALUES
              (turn, turn_org_id, coalesce(turn_org_id, -1 - c), true),
              ('preparer', org_id, org_id, false), ('head', org_id, org_id, false)
            ) AS wanted (role, place_id, seat, asks)
            JOIN made_person AS person USING (seat, role)
          WHERE person.id IS DISTINCT FROM actor_id
            AND (wanted.role <> 'verifier' OR person.id IN (leader_id, second_id))
          ORDER BY made_turn.id, person.id, wanted.asks DESC
        ) AS told
        JOIN rounds_round ON rounds_round.id = round_id
        JOIN made_text USING (transition, asks)
        WHERE said = (opinion <> '')""",
        id="row_number() OVER (ORDER BY told.id, person_id)",
        person_id="person_id",
        event_id="told.id",
        role="role",
        organization_id="place_id",
        asks_to_act="asks",
        leads_to=f"""jsonb_build_object('type', 'applications.application', 'id', case_id::text,
          'page', {_PAGE})""",
        subject=_filled("subject"),
        body=_filled("body"),
        created_at="at",
        read_at=f"CASE WHEN {older} OR (i + n) % 2 = 0 THEN at + interval '20 hours' END",
    )


def _filled(text: str) -> str:
    named = f"replace({text}, {literal(_ORGANIZATION)}, name)"
    in_round = f"replace({named}, {literal(_ROUND)}, rounds_round.name_zh)"
    return f"replace({in_round}, {literal(_OPINION)}, opinion)"
