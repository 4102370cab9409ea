"""Applications and how far each has come: the passages are laid out first, the rows follow."""

from datetime import date, datetime, timedelta

from designation.calendar.working_days import calendar
from designation.site.clock import SHANGHAI

from .people import VERIFIERS, applicants_own, holder, reviewer, staff
from .rounds import BEFORE, OPENS, PRESENT, key, standards
from .rows import insert, literal, moment, run
from .sizes import MOMENT, OF_THE_ROUND_BEFORE, Size

_WAY = ("start", "confirm", "submit", "recommend", "begin_verification", "complete_verification")
_ON_NOTICE = (*_WAY, "choose", "publish")
_AWAITING = (*_ON_NOTICE, "end_notice")
# How far an application comes, and how many of the present round of a county do; in the order in
# which they were begun.
_FATES = {
    "awaiting": (12, _AWAITING),
    "on_notice": (24, _ON_NOTICE),
    "verified": (8, _WAY),
    "chosen": (10, (*_WAY, "choose")),
    "reserve": (3, (*_WAY, "put_in_reserve")),
    "not_chosen": (3, (*_WAY, "leave_out")),
    "failed": (7, (*_WAY[:5], "reject")),
    "verifying": (30, _WAY[:5]),
    "recommended": (30, _WAY[:4]),
    "rejected": (8, (*_WAY[:3], "reject")),
    "submitted": (60, _WAY[:3]),
    "returned": (15, (*_WAY[:3], "return_for_correction")),
    "withdrawn": (15, (*_WAY[:3], "withdraw")),
    "self_assessed": (15, _WAY[:2]),
    "draft": (60, _WAY[:1]),
    # Of the round before.
    "designated": (0, (*_AWAITING, "designate")),
}
# Transition: where it leads, who acts (a column of made_case), in which role, what is said.
STEPS = {
    "start": ("draft", "preparer_id", "preparer", ""),
    "confirm": ("self_assessed", "head_id", "head", ""),
    "submit": ("submitted", "preparer_id", "preparer", ""),
    "return_for_correction": (
        "returned",
        "reviewer_id",
        "first_reviewer",
        "部分条目佐证不全，请按清单逐条补正后重新提交。",
    ),
    "resubmit": ("submitted", "head_id", "head", ""),
    "recommend": (
        "recommended",
        "reviewer_id",
        "first_reviewer",
        "经审核，各项指标达到标准，佐证材料齐全，同意推荐。",
    ),
    "begin_verification": ("verifying", "coordinator_id", "county_coordinator", ""),
    "complete_verification": ("verified", "leader_id", "verifier", ""),
    "choose": ("chosen", "coordinator_id", "county_coordinator", "经会议研究，列为拟命名。"),
    "put_in_reserve": (
        "reserve",
        "coordinator_id",
        "county_coordinator",
        "经会议研究，列为候补。",
    ),
    "leave_out": (
        "not_chosen",
        "coordinator_id",
        "county_coordinator",
        "达到标准；经会议研究，因名额有限没有入选。",
    ),
    "publish": ("on_notice", "publisher_id", "notice_publisher", ""),
    "end_notice": ("awaiting_designation", "NULL::bigint", "system", ""),
    "designate": ("designated", "officer_id", "deciding_officer", ""),
    "withdraw": ("withdrawn", "head_id", "head", ""),
    "reject": (
        "rejected",
        "CASE fate WHEN 'failed' THEN coordinator_id ELSE reviewer_id END",
        "",
        "经核对，年度工作与标准要求差距较大，本批次不予推荐。",
    ),
}
# Stage: who holds it, where the seat is held, and within how many working days.
HELD = {
    "draft": ("preparer", "org_id", None),
    "self_assessed": ("head", "org_id", None),
    "submitted": ("first_reviewer", "body_id", 10),
    "returned": ("preparer", "org_id", 5),
    "recommended": ("county_coordinator", "NULL", 10),
    "verifying": ("verifier", "NULL", 20),
    "verified": ("county_coordinator", "NULL", None),
    "chosen": ("county_coordinator", "NULL", None),
    "reserve": ("county_coordinator", "NULL", None),
    "on_notice": ("objection_officer", "NULL", None),
    "awaiting_designation": ("deciding_officer", "NULL", 10),
}
# Every so many was sent back once on its way.
_SENT_BACK = 8
VARIANTS = 12


class Notice:
    """A notice of every county: of one round, published on a day, counted by the calendar."""

    def __init__(self, which: int, fate: str, day: date) -> None:
        self.which, self.fate = which, fate
        self.published_at = datetime.combine(day, datetime.min.time(), SHANGHAI).replace(hour=9)
        self.period = calendar().period(day, 5)
        self.ends_at = self.period.ends_at

    @property
    def is_over(self) -> bool:
        return self.ends_at <= MOMENT


def notices() -> tuple[Notice, ...]:
    """Those that are published; the calendar must be loaded."""
    return (
        Notice(BEFORE, "designated", date(2025, 7, 21)),
        Notice(PRESENT, "awaiting", date(2026, 5, 6)),
        Notice(PRESENT, "on_notice", date(2026, 5, 14)),
    )


DECIDED_AT = datetime(2025, 8, 11, 10, 0, tzinfo=SHANGHAI)


def lay_out(size: Size) -> None:
    """Temporary tables: a row an application (made_case), a row a passage (made_step)."""
    _cases(size)
    _steps()


def _cases(size: Size) -> None:
    versions = standards()
    which = f"CASE WHEN i < {OF_THE_ROUND_BEFORE} THEN {BEFORE} ELSE {PRESENT} END"
    version = " ".join(f"WHEN '{name}' THEN {pk}" for name, pk in versions.items())
    begun = (
        f"CASE WHEN i < {OF_THE_ROUND_BEFORE}"
        f" THEN {moment(OPENS[BEFORE])} + i * interval '6 hours'"
        f" ELSE {moment(OPENS[PRESENT])}"
        f" + (i - {OF_THE_ROUND_BEFORE}) * interval '288 minutes' END"
        f" + c * interval '1 hour' / {size.counties}"
    )
    run(
        f"""
        CREATE TEMP TABLE made_case ON COMMIT DROP AS
        SELECT *, {OF_THE_ROUND_BEFORE} > i AS is_over, k + 1 AS id,
          {key(which)} AS round_id,
          CASE category {version} END AS standard_id,
          {_path()} AS path,
          date_trunc('second', {begun}) AS begun_at,
          {applicants_own(size, 0)} AS preparer_id, {applicants_own(size, 1)} AS head_id,
          {reviewer(size, "body_id")} AS reviewer_id,
          {holder("county_coordinator")} AS coordinator_id,
          {staff(f"({VERIFIERS[0]} + i % {len(VERIFIERS)})")} AS leader_id,
          {staff(f"({VERIFIERS[0]} + (i + 1) % {len(VERIFIERS)})")} AS second_id,
          {holder("notice_publisher")} AS publisher_id,
          {holder("deciding_officer")} AS officer_id,
          (i * 5 + c) % {VARIANTS} AS variant
        FROM (SELECT *, {_fate(size)} AS fate FROM made_applicant) AS each
        """
    )
    run("ALTER TABLE made_case ADD PRIMARY KEY (id)")
    run("ANALYZE made_case")


def _fate(size: Size) -> str:
    titled = f"i < {size.titles_of_its_applications}"
    before = (
        f"WHEN i < {OF_THE_ROUND_BEFORE} THEN CASE WHEN {titled} THEN 'designated'"
        " WHEN i % 10 = 9 THEN 'withdrawn' WHEN i % 3 = 0 THEN 'failed' ELSE 'rejected' END"
    )
    reached, present = OF_THE_ROUND_BEFORE, []
    for fate, (many, _way) in _FATES.items():
        reached += many
        present.append(f"WHEN i < {reached} THEN '{fate}'")
    return f"CASE {before} {' '.join(present)} END"


def _path() -> str:
    """The transitions of a fate, some with a return for correction on the way."""
    there_and_back = ("return_for_correction", "resubmit")
    whole = []
    for fate, (_many, way) in _FATES.items():
        if "recommend" in way:
            back = (*way[:3], *there_and_back, *way[3:])
            whole.append(f"WHEN fate = '{fate}' AND i % {_SENT_BACK} = 3 THEN {_array(back)}")
        whole.append(f"WHEN fate = '{fate}' THEN {_array(way)}")
    return f"CASE {' '.join(whole)} END"


def _array(names: tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(map(literal, names))}]"


def _steps() -> None:
    """Passages in the order of time, each with the submission that was in force after it."""
    told = ", ".join(
        f"({literal(name)}, {literal(to)}, {literal(role)}, {literal(said)})"
        for name, (to, _actor, role, said) in STEPS.items()
    )
    actor = " ".join(
        f"WHEN '{name}' THEN {column}" for name, (_to, column, *_rest) in STEPS.items()
    )
    run(
        f"""
        CREATE TEMP TABLE made_step ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY at, case_id, n) AS id, *,
          sum((transition IN ('submit', 'resubmit'))::int) OVER course AS handed_in,
          coalesce(lag(to_stage) OVER course, '') AS from_stage
        FROM (
          SELECT made_case.id AS case_id, n, transition, to_stage, opinion,
            CASE transition {actor} END AS actor_id,
            CASE WHEN role <> '' THEN role WHEN fate = 'failed' THEN 'county_coordinator'
              ELSE 'first_reviewer' END AS role,
            CASE transition {_moments()}
              ELSE date_trunc('second', begun_at + ({_own_end()} - begun_at) * (n - 1)
                / greatest({_own_steps()} - 1, 1)) END AS at
          FROM made_case, unnest(path) WITH ORDINALITY AS step (transition, n)
            JOIN (VALUES {told}) AS told (name, to_stage, role, opinion) ON name = transition
        ) AS each
        WINDOW course AS (PARTITION BY case_id ORDER BY n)
        """
    )
    run("ALTER TABLE made_step ADD PRIMARY KEY (case_id, n)")
    run("CREATE INDEX ON made_step (transition, case_id)")
    run("ANALYZE made_step")
    run(
        """
        CREATE TEMP TABLE made_submission ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY at, case_id) AS id, case_id, handed_in AS number,
          at, actor_id
        FROM made_step WHERE transition IN ('submit', 'resubmit')
        """
    )
    run("ALTER TABLE made_submission ADD PRIMARY KEY (case_id, number)")
    run("ANALYZE made_submission")


def _own_steps() -> str:
    """How many of the passages are the case's own; the later ones come with a notice."""
    return (
        "(cardinality(path) - CASE fate WHEN 'designated' THEN 3 WHEN 'awaiting' THEN 2"
        " WHEN 'on_notice' THEN 1 ELSE 0 END)"
    )


def _own_end() -> str:
    lately = f"{moment(MOMENT)} - (i * 7 % 18 + 0.3) * interval '1 day'"
    return (
        "(CASE WHEN fate = 'designated'"
        " THEN '2025-07-10 16:00+08'::timestamptz - i % 20 * interval '1 day'"
        " WHEN fate IN ('awaiting', 'on_notice')"
        " THEN '2026-04-30 16:00+08'::timestamptz - i % 8 * interval '1 day'"
        " WHEN is_over THEN begun_at + interval '30 days'"
        f" ELSE greatest({lately}, begun_at + interval '2 hours') END)"
    )


def _moments() -> str:
    """When a notice was published, when it ended, and when its titles were given."""
    published, ended = [], []
    for notice in notices():
        published.append(f"WHEN '{notice.fate}' THEN {moment(notice.published_at)}")
        over = notice.ends_at + timedelta(minutes=1)
        ended.append(f"WHEN '{notice.fate}' THEN {moment(over)}")
    return (
        f"WHEN 'publish' THEN CASE fate {' '.join(published)} END"
        f" WHEN 'end_notice' THEN CASE fate {' '.join(ended)} END"
        f" WHEN 'designate' THEN {moment(DECIDED_AT)}"
    )


def write() -> None:
    """The applications where they stand now; ``terms`` has laid out what runs."""
    held = ", ".join(
        f"({literal(stage)}, {literal(role)}, {literal(where)})"
        for stage, (role, where, _days) in HELD.items()
    )
    insert(
        "applications.Application",
        f"""made_case
          JOIN made_step AS last ON last.case_id = made_case.id AND last.n = cardinality(path)
          LEFT JOIN made_submission ON made_submission.case_id = made_case.id
            AND made_submission.number = last.handed_in
          LEFT JOIN (VALUES {held}) AS held (stage, held_by, held_in) ON held.stage = to_stage
          LEFT JOIN (SELECT case_id AS of_case, term_id FROM made_clock WHERE left_at IS NULL)
            AS runs ON of_case = made_case.id
        ORDER BY made_case.id""",
        id="made_case.id",
        round_id="round_id",
        organization_id="org_id",
        category="category",
        standard_id="standard_id",
        reviewing_body_id="body_id",
        area_code="area_code",
        stage="to_stage",
        stage_since="last.at",
        term_id="term_id",
        holder_role="coalesce(held_by, '')",
        holder_organization_id="""CASE held_in WHEN 'org_id' THEN org_id
          WHEN 'body_id' THEN body_id END""",
        returned_from="CASE to_stage WHEN 'returned' THEN 'submitted' ELSE '' END",
        submission_id="made_submission.id",
        summary=f"CASE WHEN {IS_CONFIRMED} THEN {summary()} ELSE '' END",
        term_began_on=f"CASE WHEN {IS_CONFIRMED} THEN {literal(TERM_BEGAN_ON)}::date END",
        approving_meeting_on=f"CASE WHEN {IS_CONFIRMED} THEN {MET_ON} END",
        version="cardinality(path)",
        created_at="begun_at",
        created_by_id="preparer_id",
    )


TERM_BEGAN_ON = date(2021, 3, 1)
# What the confirmation asks for is there: the path goes past the draft.
IS_CONFIRMED = "cardinality(path) > 1"
MET_ON = "(begun_at AT TIME ZONE 'Asia/Shanghai')::date"


def summary() -> str:
    return "name || '对照标准逐条自评，各项工作有部署、有落实、有记录，群众满意度逐年提高。'"
