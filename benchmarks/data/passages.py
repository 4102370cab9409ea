"""What the passages leave: a decision each, correction lists, and the marks of the review."""

from .rows import insert, literal

_LEFT_TO_MARK = 3
_CORRECTIONS = 3
# Which items the reviewer did not find met, of what was rejected.
_FAILS = "fate = 'rejected' AND place % 4 = 0"
_NOT_ENOUGH = "佐证材料不全，请补充本年度的会议记录和签到册。"


def write() -> None:
    _decisions()
    _corrections()
    _marks()


def _decisions() -> None:
    insert(
        "workflows.Decision",
        """made_step LEFT JOIN made_submission USING (case_id)
        WHERE number = handed_in OR handed_in = 0 AND number IS NOT DISTINCT FROM
          (SELECT min(number) FROM made_submission AS one WHERE one.case_id = made_step.case_id)
        ORDER BY made_step.id""",
        id="made_step.id",
        application_id="case_id",
        transition="transition",
        from_stage="from_stage",
        to_stage="to_stage",
        actor_id="made_step.actor_id",
        actor_role="role",
        at="made_step.at",
        opinion="opinion",
        submission_id="CASE WHEN handed_in > 0 THEN made_submission.id END",
    )


def _corrections() -> None:
    """A list of the first items, answered where the application was handed in again."""
    insert(
        "workflows.Correction",
        f"""made_step JOIN made_case ON made_case.id = case_id
          JOIN made_answer USING (category, variant)
          LEFT JOIN made_step AS again
            ON again.case_id = made_case.id AND again.transition = 'resubmit'
        WHERE made_step.transition = 'return_for_correction'
          AND place <= (SELECT min(place) FROM made_answer) + {_CORRECTIONS - 1}""",
        id="row_number() OVER (ORDER BY made_step.id, place)",
        application_id="made_case.id",
        decision_id="made_step.id",
        item_id="item_id",
        reason=literal(_NOT_ENOUGH),
        reply="CASE WHEN again.at IS NULL THEN '' ELSE '已补充，见佐证材料。' END",
        replied_at="again.at - interval '1 hour'",
        closed_at="again.at",
    )


def _marks() -> None:
    """Whole where the review was decided upon; begun in every third that waits for it."""
    insert(
        "workflows.ItemMark",
        f"""made_case JOIN made_answer USING (category, variant)
          JOIN (SELECT case_id, max(id) AS id FROM made_submission GROUP BY 1) AS handed_in
            ON handed_in.case_id = made_case.id
          LEFT JOIN LATERAL (
            SELECT min(at) AS at FROM made_step WHERE made_step.case_id = made_case.id
              AND (transition = 'recommend' OR transition = 'reject' AND fate = 'rejected')
          ) AS decided ON true
        WHERE decided.at IS NOT NULL
          OR fate = 'submitted' AND i % {_LEFT_TO_MARK} = 0 AND place <= 8""",
        id="row_number() OVER (ORDER BY made_case.id, place)",
        application_id="made_case.id",
        submission_id="handed_in.id",
        item_id="item_id",
        verdict=f"CASE WHEN {_FAILS} THEN 'not_met' ELSE 'met' END",
        comment=f"CASE WHEN {_FAILS} THEN '与现场了解的情况不一致。' ELSE '' END",
        marked_by_id="reviewer_id",
        first_marked_at=_MARKED_AT,
        marked_at=_MARKED_AT,
        released_at="decided.at",
    )


_MARKED_AT = (
    "coalesce(decided.at - interval '1 hour', begun_at + interval '3 days')"
    " + place * interval '1 minute' / 2"
)
