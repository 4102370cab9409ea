"""Terms: a row for each place where something stood while time ran, the last of each still open."""

from datetime import datetime, timedelta

from designation.calendar.working_days import calendar
from designation.site.clock import SHANGHAI

from .course import HELD, notices
from .rounds import BEFORE, OPENS, PRESENT, closes
from .rows import insert, literal, moment, run, table
from .sizes import MOMENT

# Working days that a reviewer had left when an application was sent back.
_DAYS_LEFT = 4
# In how many an objection is accepted or refused, and settled.
_ACCEPTED_IN, _SETTLED_IN = 2, 10


def lay_out() -> None:
    """A temporary table: made_clock, a row a term of an application."""
    _deadlines()
    held = ", ".join(
        f"({literal(stage)}, {literal(role)}, {literal(where)}, {days or 'NULL::int'})"
        for stage, (role, where, days) in HELD.items()
    )
    run(
        f"""
        CREATE TEMP TABLE made_clock ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY at, case_id, n) AS term_id, made_case.*, case_id, n,
          at, to_stage, held_by, held_in, transition, left_at, left_by, back_at,
          CASE transition WHEN 'resubmit' THEN {_DAYS_LEFT} ELSE days END AS days,
          coalesce(left_by = 'return_for_correction', false) AS is_sent_back
        FROM (
          SELECT case_id, n, transition, to_stage, at, lead(at) OVER course AS left_at,
            lead(transition) OVER course AS left_by, lead(at, 2) OVER course AS back_at
          FROM made_step WINDOW course AS (PARTITION BY case_id ORDER BY n)
        ) AS step
          JOIN made_case ON made_case.id = case_id
          JOIN (VALUES {held}) AS held (stage, held_by, held_in, days) ON stage = to_stage
        WHERE to_stage NOT IN ('verified', 'chosen', 'reserve')
        """
    )
    run("ALTER TABLE made_clock ADD PRIMARY KEY (case_id, n)")
    run("ANALYZE made_clock")


def _deadlines() -> None:
    """The last moment of so many working days, by the day on which they begin."""
    first, last = OPENS[BEFORE].date(), MOMENT.date()
    begun_on = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    lengths = {days for *_where, days in HELD.values() if days is not None}
    rows = [
        (day, days, calendar().deadline(datetime.combine(day, datetime.min.time(), SHANGHAI), days))
        for day in begun_on
        for days in sorted(lengths | {_DAYS_LEFT, _ACCEPTED_IN, _SETTLED_IN})
    ]
    run("CREATE TEMP TABLE made_deadline (day date, days int, due_at timestamptz) ON COMMIT DROP")
    values = ", ".join(f"({literal(d)}, {n}, {literal(due)})" for d, n, due in rows)
    run(f"INSERT INTO made_deadline VALUES {values}")


def write() -> None:
    """The terms of the applications."""
    ends = " ".join(f"WHEN '{n.fate}' THEN {moment(n.ends_at)}" for n in notices())
    insert(
        "calendar_days.Term",
        """made_clock AS term
          LEFT JOIN made_deadline ON made_deadline.days = term.days
            AND day = (at AT TIME ZONE 'Asia/Shanghai')::date
          LEFT JOIN made_clock AS before ON before.case_id = term.case_id
            AND before.n = term.n - CASE term.transition WHEN 'resubmit' THEN 2 ELSE 1 END
            AND term.transition IN ('return_for_correction', 'resubmit')
        ORDER BY term.term_id""",
        id="term.term_id",
        kind="'application.' || term.to_stage",
        subject_type="'applications.application'",
        subject_id="term.case_id::text",
        jurisdiction_code="term.area_code",
        role="term.held_by",
        organization_id="""CASE term.held_in WHEN 'org_id' THEN term.org_id
          WHEN 'body_id' THEN term.body_id END""",
        days="term.days",
        began_at="term.at",
        due_at=f"""CASE WHEN term.to_stage = 'on_notice' THEN CASE term.fate {ends} END
          WHEN term.days IS NOT NULL THEN due_at
          WHEN term.is_over THEN {closes(BEFORE)} ELSE {closes(PRESENT)} END""",
        then="CASE term.to_stage WHEN 'on_notice' THEN 'application.end_notice' ELSE '' END",
        interrupts_id="CASE term.transition WHEN 'return_for_correction' THEN before.term_id END",
        continues_id="CASE term.transition WHEN 'resubmit' THEN before.term_id END",
        paused_at="CASE WHEN term.is_sent_back THEN term.left_at END",
        days_left=f"CASE WHEN term.is_sent_back THEN {_DAYS_LEFT} END",
        ended_at="CASE WHEN term.is_sent_back THEN term.back_at ELSE term.left_at END",
        ended_as="""CASE WHEN term.left_at IS NULL THEN ''
          WHEN term.is_sent_back THEN CASE WHEN term.back_at IS NULL THEN '' ELSE 'resumed' END
          WHEN term.left_by = 'withdraw' THEN 'overtaken'
          WHEN term.left_by = 'end_notice' THEN 'over' ELSE 'met' END""",
    )


def write_of_notices() -> None:
    """The period of each notice that was published."""
    insert(
        "calendar_days.Term",
        f"""{table("workflows.Notice")} AS notice
          JOIN {table("rounds.Round")} AS round ON round.id = round_id
          JOIN {table("organizations.Jurisdiction")} AS area ON area.id = round.jurisdiction_id
        WHERE published_at IS NOT NULL""",
        id=_next("notice.id"),
        kind="'notice.published'",
        subject_type="'workflows.notice'",
        subject_id="notice.id::text",
        jurisdiction_code="area.code",
        began_at="published_at",
        due_at="ends_at",
        then="'notice.end'",
        ended_at="CASE notice.status WHEN 'ended' THEN ends_at + interval '1 minute' END",
        ended_as="CASE notice.status WHEN 'ended' THEN 'over' ELSE '' END",
    )


def write_of_objections() -> None:
    """To be accepted, and where it was, to be settled; each objection keeps the last."""
    _of_objections("received", _ACCEPTED_IN, "received_at", "handled_at", "true")
    _of_objections("accepted", _SETTLED_IN, "handled_at", "closed_at", "handled_at IS NOT NULL")
    run(
        f"""
        UPDATE {table("workflows.Objection")} AS objection SET term_id = term.id
        FROM {table("calendar_days.Term")} AS term
        WHERE subject_type = 'workflows.objection' AND subject_id = objection.id::text
          AND (ended_at IS NULL OR kind = 'objection.accepted')
        """
    )


def _of_objections(status: str, days: int, began: str, ended: str, which: str) -> None:
    insert(
        "calendar_days.Term",
        f"""{table("workflows.Objection")} AS objection
          JOIN {table("workflows.NoticeEntry")} AS entry ON entry.id = entry_id
          JOIN {table("applications.Application")} AS application ON application.id = application_id
        WHERE {which}""",
        id=_next("objection.id"),
        kind=literal(f"objection.{status}"),
        subject_type="'workflows.objection'",
        subject_id="objection.id::text",
        jurisdiction_code="area_code",
        role="'objection_officer'",
        days=str(days),
        began_at=began,
        due_at=f"""(SELECT due_at FROM made_deadline WHERE made_deadline.days = {days}
          AND day = ({began} AT TIME ZONE 'Asia/Shanghai')::date)""",
        ended_at=ended,
        ended_as=f"CASE WHEN {ended} IS NULL THEN '' ELSE 'met' END",
    )


def _next(order: str) -> str:
    """Keys after those that are there."""
    return (
        f"(SELECT max(id) FROM {table('calendar_days.Term')})"
        f" + row_number() OVER (ORDER BY {order})"
    )
