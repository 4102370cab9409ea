"""The visits of a county's verifiers, and what they found on each item."""

from .answers import authored
from .rows import insert, literal, moment, run
from .sizes import MOMENT

_FOUND = "查阅台账，走访党员群众，实地查看活动场所，与自评相符。"
# Which items were not found met, of what failed on site.
_FAILS = "fate = 'failed' AND place % 5 = 0"
# Both of a team declare once it is named, and nothing before.
DECLARED_AT = "(arranged_at + (visited_at - arranged_at) / 2)"


def write() -> None:
    """Of every application that came to the county, but for half of those that just did."""
    run(
        f"""
        CREATE TEMP TABLE made_visit ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY recommended.at, made_case.id) AS id,
          made_case.id AS case_id,
          made_case.c, leader_id, second_id, coordinator_id, name, category, variant, fate, i,
          recommended.at + (coalesce(begun.at, least(recommended.at + interval '2 days',
            {moment(MOMENT)})) - recommended.at) / 2 AS arranged_at,
          begun.at AS visited_at, ended.at AS ended_at
        FROM made_case
          JOIN made_step AS recommended ON recommended.case_id = made_case.id
            AND recommended.transition = 'recommend'
          LEFT JOIN made_step AS begun ON begun.case_id = made_case.id
            AND begun.transition = 'begin_verification'
          LEFT JOIN made_step AS ended ON ended.case_id = made_case.id
            AND (ended.transition = 'complete_verification' OR ended.transition = 'reject')
        WHERE begun.at IS NOT NULL OR i % 2 = 0
        """
    )
    run("ANALYZE made_visit")
    started = "CASE WHEN ended_at IS NOT NULL THEN ended_at - interval '5 hours' END"
    insert(
        "workflows.Visit",
        "made_visit ORDER BY id",
        id="id",
        application_id="case_id",
        planned_on="((arranged_at AT TIME ZONE 'Asia/Shanghai')::date + 3)",
        place="'本单位党群服务中心'",
        started_at=started,
        ended_at="ended_at - interval '2 hours'",
        summary=f"CASE WHEN ended_at IS NULL THEN '' ELSE {literal(_FOUND)} END",
        arranged_by_id="coordinator_id",
        released_at="ended_at",
    )
    insert(
        "workflows.VisitMember",
        "made_visit, generate_series(0, 1) AS seat ORDER BY id, seat",
        id="(made_visit.id - 1) * 2 + seat + 1",
        visit_id="made_visit.id",
        person_id="CASE seat WHEN 0 THEN leader_id ELSE second_id END",
        is_leader="seat = 0",
        no_interest_declared_at=DECLARED_AT,
        signed_at="ended_at - interval '1 hour'",
    )
    _measurements()


def _measurements() -> None:
    """Of every item once the visit is over; of the first ones while it goes on."""
    at = "coalesce(ended_at - interval '3 hours', visited_at + interval '1 hour')"
    insert(
        "workflows.Measurement",
        """made_visit JOIN made_answer USING (category, variant)
        WHERE ended_at IS NOT NULL OR visited_at IS NOT NULL AND place <= 10""",
        id="row_number() OVER (ORDER BY made_visit.id, place)",
        visit_id="made_visit.id",
        item_id="item_id",
        values="found",
        verdict=f"CASE WHEN {_FAILS} THEN 'not_met' ELSE 'met' END",
        basis=f"CASE WHEN {_FAILS} THEN '现场查看与申报不符。' ELSE '' END",
        written=authored("measured", "leader_id", at),
        measured_by_id="leader_id",
        measured_at=at,
    )
