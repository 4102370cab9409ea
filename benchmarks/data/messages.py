"""What people were told of each passage, and what waits unread."""

from typing import Any

from django.utils import translation

from designation.announcements import said
from designation.announcements.declared import Announcement, announcements_of
from notifications.models import Event
from notifications.wording import compose

from .course import DECIDED_AT, HELD, STEPS
from .rounds import VALID_YEARS
from .rows import insert, literal, moment, run
from .sizes import MOMENT

_ORGANIZATION, _ROUND, _OPINION, _NUMBER = (
    f"⟦{name}⟧" for name in ("organization", "round", "opinion", "number")
)
# Our default: what is older was read.
_UNREAD_FOR = "10 days"
_GIVES_A_TITLE = "designate"
_CASE = "jsonb_build_array('applications:case', jsonb_build_array({}))"
_NAME = "jsonb_build_object('zh', {0}, 'en', {0})"


def write() -> None:
    """An event a passage, delivered; a message for whoever holds a seat that is told."""
    _texts()
    _told()
    _events()
    _messages()


def _told() -> None:
    """made_told: the seats that are told of each passage, and whose turn it is."""
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


def _events() -> None:
    insert(
        "notifications.Event",
        f"""made_step AS step JOIN made_case AS of_case ON of_case.id = step.case_id
          JOIN applications_application AS own ON own.id = step.case_id
          JOIN rounds_round AS round ON round.id = of_case.round_id
          LEFT JOIN register_designation AS title
            ON title.application_id = step.case_id
            AND step.transition = {literal(_GIVES_A_TITLE)}
          LEFT JOIN made_told AS asked ON asked.step_id = step.id AND asked.asks
        ORDER BY step.id""",
        id="step.id",
        action=_of_a_title("'title.give'", "'application.' || step.transition"),
        subject_type=_of_a_title("'register.designation'", "'applications.application'"),
        subject_id="coalesce(title.id, step.case_id)::text",
        subject_label="coalesce(title.number, of_case.name || ' · ' || round.name_zh)",
        page=_of_a_title(
            "jsonb_build_array('register:detail', jsonb_build_array(title.number))",
            _CASE.format("step.case_id"),
        ),
        jurisdiction_code="own.area_code",
        actor_id="step.actor_id",
        actor_role="step.role",
        said=_of_a_title(
            f"""jsonb_build_object('organization', {_NAME.format("of_case.name")}, 'category', '',
              'number', title.number, 'document', '',
              'given_on', jsonb_build_object('day', title.designated_on),
              'until', jsonb_build_object('day', title.valid_until))""",
            f"""jsonb_build_object('organization', {_NAME.format("of_case.name")},
              'round', {_NAME.format("round.name_zh")}, 'opinion', step.opinion,
              'corrections', '', 'due', '')""",
        ),
        parties=_of_a_title(
            "jsonb_build_object('applicant', of_case.org_id)",
            """jsonb_build_object('applicant', of_case.org_id, 'turn',
              CASE WHEN asked.role IS NOT NULL THEN jsonb_build_object('role', asked.role,
                'organization', asked.told_org_id, 'people', NULL) END)""",
        ),
        asks_role="coalesce(asked.role, '')",
        asks_organization_id="asked.told_org_id",
        at="step.at",
        delivered_at="step.at + interval '5 seconds'",
        attempts="1",
    )


def _of_a_title(then: str, otherwise: str) -> str:
    """A title speaks for the passage that gives it."""
    return f"CASE WHEN title.id IS NOT NULL THEN {then} ELSE {otherwise} END"


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
                    event = _event(transition, opinion)
                    subject, body = compose(event, _announcement(event.action, asks=asks))
                    run(
                        "INSERT INTO made_text VALUES (%s, %s, %s, %s, %s)",
                        [transition, asks, bool(opinion), subject, body],
                    )


def _event(transition: str, opinion: str) -> Event:
    organization: dict[str, Any] = {"organization": _ORGANIZATION}
    if transition == _GIVES_A_TITLE:
        day = DECIDED_AT.date()
        until = day.replace(year=day.year + VALID_YEARS)
        days = {"given_on": said.day(day), "until": said.day(until)}
        title = organization | days | {"category": "", "number": _NUMBER, "document": ""}
        return Event(action="title.give", said=title)
    passage = organization | {"round": _ROUND, "opinion": opinion, "corrections": "", "due": ""}
    return Event(action=f"application.{transition}", said=passage)


def _announcement(action: str, *, asks: bool) -> Announcement:
    """The one that asks to act, or that tells; of what has one only, that."""
    found = announcements_of(action)
    return next((one for one in found if one.asks_to_act == asks), found[0])


def _filled(text: str) -> str:
    for mark, value in (
        (_ORGANIZATION, "name"),
        (_ROUND, "rounds_round.name_zh"),
        (_OPINION, "opinion"),
        (_NUMBER, "coalesce(title.number, '')"),
    ):
        text = f"replace({text}, {literal(mark)}, {value})"
    return text


def _messages() -> None:
    older = f"at < {moment(MOMENT)} - interval '{_UNREAD_FOR}'"
    insert(
        "notifications.Message",
        """made_told JOIN rounds_round ON rounds_round.id = round_id
          JOIN made_text ON made_text.transition = made_told.transition
            AND made_text.asks = made_told.asks AND said = (opinion <> '')
          JOIN made_person AS person USING (seat, role)
          LEFT JOIN register_designation AS title ON title.application_id = case_id
        WHERE person.id IS DISTINCT FROM actor_id AND (role <> 'verifier' OR EXISTS (
          SELECT FROM workflows_visitmember AS member
            JOIN workflows_visit AS visit ON visit.id = member.visit_id
          WHERE visit.application_id = case_id AND member.person_id = person.id))""",
        id="row_number() OVER (ORDER BY made_told.id, person.id)",
        person_id="person.id",
        event_id="made_told.step_id",
        role="role",
        organization_id="told_org_id",
        asks_to_act="made_told.asks",
        leads_to=f"""jsonb_build_object('type', 'applications.application', 'id', case_id::text,
          'page', {_CASE.format("case_id")})""",
        subject=_filled("subject"),
        body=_filled("body"),
        created_at="at",
        read_at=f"CASE WHEN {older} OR (i + n) % 2 = 0 THEN at + interval '20 hours' END",
    )
