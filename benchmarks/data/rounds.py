"""Two rounds a county: one of the year before, which is over, and the present one."""

from datetime import datetime

from designation.site.clock import SHANGHAI
from standards import catalogue

from .areas import COUNTY, place
from .rows import insert, literal, moment, run
from .sizes import Size

CATEGORIES = ("NC", "SQ", "JG")
_PLACES = {"NC": 200, "SQ": 60, "JG": 20}
BEFORE, PRESENT = 0, 1
OPENS = {
    BEFORE: datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI),
    PRESENT: datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI),
}
_CLOSES = {
    BEFORE: datetime(2025, 4, 30, 17, 30, tzinfo=SHANGHAI),
    PRESENT: datetime(2026, 6, 12, 17, 30, tzinfo=SHANGHAI),
}
VALID_YEARS = 3


def standards() -> dict[str, int]:
    """The key of the standard in force, by category."""
    found = {category: catalogue.current(category) for category in CATEGORIES}
    if missing := [category for category, version in found.items() if version is None]:
        raise LookupError(f"No standard in force for {', '.join(missing)}.")
    return {category: version.pk for category, version in found.items() if version is not None}


def key(which: int | str) -> str:
    """The key of a round of county ``c``."""
    return f"(c * 2 + {which} + 1)"


def closes(which: int) -> str:
    return moment(_CLOSES[which])


def write(size: Size) -> None:
    for which, status, year in ((BEFORE, "closed", 2025), (PRESENT, "open", 2026)):
        insert(
            "rounds.Round",
            "made_county",
            id=key(which),
            jurisdiction_id=place(COUNTY, size),
            name_zh=literal(f"{year}年示范点评定"),
            status=literal(status),
            organizer="'中共' || name || '县委'",
            organizer_level="'county'",
            managing_office="name || '县委组织部'",
            approving_body="'示例省表彰办'",
            approval_document_number=f"'示表办〔{year}〕' || c + 1 || '号'",
            cycle="'每年一次'",
            opens_at=literal(OPENS[which]),
            closes_at=closes(which),
            contact_unit="name || '县委组织部'",
            contact_phone="'0000-0000000'",
            contact_address="name || '县行政中心'",
            valid_years=str(VALID_YEARS),
        )
    _categories()
    _terms(size)


def _categories() -> None:
    chosen = ", ".join(
        f"({n}, {literal(category)}, {version}, {_PLACES[category]})"
        for n, (category, version) in enumerate(standards().items())
    )
    insert(
        "rounds.RoundCategory",
        f"""made_county, generate_series(0, 1) AS which,
          (VALUES {chosen}) AS chosen (n, category, version, places)""",
        id=f"({key('which')} - 1) * {len(CATEGORIES)} + n + 1",
        round_id=key("which"),
        category="category",
        standard_id="version",
        quota="places",
    )


def _terms(size: Size) -> None:
    """Every term that the standards leave to the county."""
    run(
        """
        CREATE TEMP TABLE made_term ON COMMIT DROP AS
        SELECT term, row_number() OVER (ORDER BY term) AS n
        FROM (SELECT DISTINCT local_term AS term FROM standards_check) AS each WHERE term <> ''
        """
    )
    insert(
        "rounds.LocalTerm",
        "made_county, made_term",
        id="c * (SELECT count(*) FROM made_term) + n",
        jurisdiction_id=place(COUNTY, size),
        term="term",
        definition="'本县对' || term || '的规定'",
    )
    insert(
        "rounds.RoundDefinition",
        "made_county, generate_series(0, 1) AS which, made_term",
        id=f"({key('which')} - 1) * (SELECT count(*) FROM made_term) + n",
        round_id=key("which"),
        term="term",
        definition="'本县对' || term || '的规定'",
        way="'taken_over'",
        at=literal(OPENS[0]),
    )
