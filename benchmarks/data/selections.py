"""The meetings that chose: one of each round and category in which anybody was chosen."""

from .rows import insert, literal, run

_RULE = '{"method": "meeting", "document": "", "ties": "", "places": 10, "figures": []}'
_DECIDED = "('choose', 'put_in_reserve', 'leave_out')"


def write() -> None:
    run(
        f"""
        CREATE TEMP TABLE made_selection ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY round_id, category) AS id, round_id, category,
          min(coordinator_id) AS coordinator_id, max(at) AS at
        FROM made_step JOIN made_case ON made_case.id = case_id
        WHERE transition IN {_DECIDED} GROUP BY round_id, category
        """
    )
    insert(
        "workflows.Selection",
        "made_selection ORDER BY id",
        id="id",
        round_id="round_id",
        category="category",
        meeting_name="'县委常委会会议'",
        meeting_on="(at AT TIME ZONE 'Asia/Shanghai')::date",
        meeting_attendance="'应到9人，实到9人'",
        stood_aside="'无'",
        meeting_result="'一致同意'",
        rule=f"{literal(_RULE)}::jsonb",
        recorded_by_id="coordinator_id",
        role="'county_coordinator'",
        recorded_at="at",
    )
    insert(
        "workflows.SelectionRow",
        f"""made_step JOIN made_case ON made_case.id = case_id
          JOIN made_selection USING (round_id, category)
        WHERE transition IN {_DECIDED}
        ORDER BY made_selection.id, made_case.id""",
        id="row_number() OVER (ORDER BY made_selection.id, made_case.id)",
        selection_id="made_selection.id",
        application_id="made_case.id",
        outcome="""CASE transition WHEN 'choose' THEN 'chosen'
          WHEN 'put_in_reserve' THEN 'reserve' ELSE 'not_chosen' END""",
        reserve_place="""CASE transition WHEN 'put_in_reserve' THEN
          row_number() OVER (PARTITION BY made_selection.id, transition ORDER BY made_case.id)
          END""",
    )
