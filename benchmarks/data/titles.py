"""The titles of each county, and what happened to them since.

The decision of a year ago gave those that applications led to; decisions of the ten years before
gave the others, before the system: they have neither application nor round.
"""

from .course import DECIDED_AT
from .people import holder
from .rounds import BEFORE, VALID_YEARS, key
from .rows import insert, literal, moment, run
from .sizes import APPLICATIONS, MOMENT, Size

_GIVEN_ON = DECIDED_AT.date()
_YEARS_BEFORE = 10
_BODY = "'中共' || name || '县委'"
_LAST_DAY = f"(decided_on + interval '{VALID_YEARS} years')::date"
# Titles without an application, with the decisions that gave them.
BEFORE_THE_SYSTEM = """(SELECT * FROM register_designation WHERE application_id IS NULL) AS title
  JOIN register_designationdecision AS decision ON decision.id = title.decision_id"""
# What happened later: to every so many, on which day, until when, why. Our own mixture, the same
# in a county at every size.
_LATER = (
    ("extended", 8, "valid_until - 60", "valid_until + 3 * 365", "复核合格，延续有效期。"),
    ("renamed", 40, "designated_on + 200", "NULL", "村名变更，称号由更名后的组织承接。"),
    ("cancelled", 50, "designated_on + 300", "NULL", "撤并后不再保留，予以注销。"),
    ("revoked", 80, "designated_on + 400", "NULL", "复核不合格，逾期未整改到位。"),
    ("corrected", 200, "designated_on + 30", "valid_until + 31", "有效期登记有误，更正。"),
)


def write(size: Size) -> None:
    _of_applications()
    _before_the_system(size)
    _history()


def _of_applications() -> None:
    insert(
        "register.DesignationDecision",
        "made_county",
        id="c + 1",
        round_id=key(BEFORE),
        document_number=f"'示发〔{_GIVEN_ON.year}〕' || c + 1 || '号'",
        decided_on=literal(_GIVEN_ON),
        deciding_body=_BODY,
        recorded_by_id=holder("deciding_officer"),
        recorded_at=moment(DECIDED_AT),
    )
    insert(
        "register.Designation",
        """made_case JOIN organizations_jurisdiction AS area ON area.id = area_id
          JOIN made_county USING (c) WHERE fate = 'designated' ORDER BY made_case.id""",
        id="row_number() OVER (ORDER BY made_case.id)",
        # At least five digits, as the register writes it.
        number=f"""digits || '-{_GIVEN_ON.year}-' || category || '-'
          || lpad(made_case.id::text, greatest(5, length(made_case.id::text)), '0')""",
        application_id="made_case.id",
        organization_id="org_id",
        jurisdiction_id="area_id",
        name_zh="made_case.name",
        name_key="made_case.name",
        name_initials="made_case.initials",
        area_name_zh="area.name_zh",
        category="category",
        decision_id="c + 1",
        designated_on=literal(_GIVEN_ON),
        valid_until=literal(_GIVEN_ON.replace(year=_GIVEN_ON.year + VALID_YEARS)),
    )


def _before_the_system(size: Size) -> None:
    """As many decisions as it takes when each gives one title to every organization."""
    run(
        f"""
        CREATE TEMP TABLE made_decision ON COMMIT DROP AS
        SELECT {size.counties} + row_number() OVER (ORDER BY c, d) AS id, c, d, name, many,
          {literal(_GIVEN_ON)}::date
            - (d + 1) * {_YEARS_BEFORE * 365} / ((many - 1) / {APPLICATIONS} + 2) AS decided_on
        FROM (
          SELECT *, {size.titles_of_the_county} - {size.titles_of_its_applications} AS many
          FROM made_county
        ) AS county, generate_series(0, (many - 1) / {APPLICATIONS}) AS d
        WHERE many > 0
        """
    )
    insert(
        "register.DesignationDecision",
        "made_decision ORDER BY id",
        id="id",
        document_number="'示发〔' || extract(year FROM decided_on) || '〕' || id || '号'",
        decided_on="decided_on",
        deciding_body=_BODY,
        recorded_by_id=holder("deciding_officer"),
        recorded_at=moment(DECIDED_AT),
    )
    insert(
        "register.Designation",
        f"""made_decision
          JOIN made_case USING (c) JOIN organizations_jurisdiction AS area ON area.id = area_id
          JOIN made_county USING (c)
        WHERE d * {APPLICATIONS} + i < many""",
        id="""(SELECT count(*) FROM register_designation)
          + row_number() OVER (ORDER BY made_decision.id, i)""",
        number="""digits || '-' || extract(year FROM decided_on) || '-' || category
          || '-' || made_decision.id
          || '-' || lpad(org_id::text, greatest(5, length(org_id::text)), '0')""",
        organization_id="org_id",
        jurisdiction_id="area_id",
        name_zh="made_case.name",
        name_key="made_case.name",
        name_initials="made_case.initials",
        area_name_zh="area.name_zh",
        category="category",
        decision_id="made_decision.id",
        designated_on="decided_on",
        valid_until=_LAST_DAY,
    )


def _history() -> None:
    insert(
        "register.TitleStep",
        """register_designation AS title
          JOIN register_designationdecision AS decision ON decision.id = title.decision_id
        ORDER BY title.id""",
        title_id="title.id",
        act="'given'",
        effective_on="designated_on",
        decision_id="decision.id",
        actor_id="recorded_by_id",
        role="'deciding_officer'",
        at="recorded_at",
    )
    for offset, (act, every, day, until, reason) in enumerate(_LATER):
        insert(
            "register.TitleStep",
            f"""{BEFORE_THE_SYSTEM} JOIN made_case ON made_case.org_id = title.organization_id
            WHERE (i + {literal(_GIVEN_ON)}::date - decided_on) % {every} = {offset}
              AND {day} <= {literal(MOMENT.date())}
            ORDER BY title.id""",
            title_id="title.id",
            act=literal(act),
            effective_on=day,
            until=until,
            reason=literal(reason),
            actor_id="recorded_by_id",
            role="'deciding_officer'",
            at=moment(DECIDED_AT),
        )
