"""The decision of each county a year ago, and the titles that it gave."""

from .course import DECIDED_AT
from .people import holder
from .rounds import BEFORE, VALID_YEARS, key
from .rows import insert, literal, moment


def write() -> None:
    day = DECIDED_AT.date()
    insert(
        "register.DesignationDecision",
        "made_county",
        id="c + 1",
        round_id=key(BEFORE),
        document_number="'示发〔2025〕' || c + 1 || '号'",
        decided_on=literal(day),
        deciding_body="'中共' || name || '县委'",
        recorded_by_id=holder("deciding_officer"),
        recorded_at=moment(DECIDED_AT),
    )
    insert(
        "register.Designation",
        """made_case JOIN organizations_jurisdiction AS area ON area.id = area_id
          JOIN made_county USING (c) WHERE fate = 'designated' ORDER BY made_case.id""",
        id="row_number() OVER (ORDER BY made_case.id)",
        # At least five digits, as the register writes it.
        number=f"""digits || '-{day.year}-' || category || '-'
          || lpad(made_case.id::text, greatest(5, length(made_case.id::text)), '0')""",
        application_id="made_case.id",
        organization_id="org_id",
        jurisdiction_id="area_id",
        name_zh="made_case.name",
        area_name_zh="area.name_zh",
        category="category",
        decision_id="c + 1",
        designated_on=literal(day),
        valid_until=literal(day.replace(year=day.year + VALID_YEARS)),
    )
