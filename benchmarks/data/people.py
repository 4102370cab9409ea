"""People and their seats: the county's staff, reviewers of each body, two of each applicant."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from demo.accounts import PASSWORD
from designation.site import clock

from .areas import COUNTY, PROVINCE, body, pick, place
from .rows import insert, literal, run
from .sizes import APPLICATIONS, BODIES, DEPARTMENT, ORGANS, Size

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "秀兰建国伟敏芳立岚宁晓洁骏静涛丽强军燕平勇远颖怡群华明设正梅志东文红海波玲春霞刚辉"


@dataclass(frozen=True, slots=True)
class Post:
    """A seat over a county; ``account`` is its holder's name in the viewer's county."""

    account: str
    role: str


STAFF = (
    Post("county.coordinator", "county_coordinator"),
    Post("county.coordinator2", "county_coordinator"),
    Post("verifier.one", "verifier"),
    Post("verifier.two", "verifier"),
    Post("verifier.three", "verifier"),
    Post("verifier.four", "verifier"),
    Post("verifier.five", "verifier"),
    Post("verifier.six", "verifier"),
    Post("county.secrecy", "secrecy_reviewer"),
    Post("county.publisher", "notice_publisher"),
    Post("county.objections", "objection_officer"),
    Post("county.decision", "deciding_officer"),
    Post("county.standards", "standards_manager"),
    Post("admin.system", "system_administrator"),
    Post("admin.security", "security_administrator"),
    Post("admin.audit", "audit_administrator"),
)
# Over the whole province, and of no county: the last person.
OVER_ALL = Post("province.coordinator", "county_coordinator")
VERIFIERS = tuple(n for n, post in enumerate(STAFF) if post.role == "verifier")
_REVIEWERS = 2
# Bodies that review: the committee of the organs, and the townships'.
_REVIEWING = BODIES - ORGANS


def holder(role: str) -> str:
    """The key of the first who holds ``role`` over county ``c``."""
    number = next(n for n, post in enumerate(STAFF) if post.role == role)
    return staff(str(number))


def staff(number: str) -> str:
    """The key of one of the staff of county ``c``."""
    return f"(c * {len(STAFF)} + {number} + 1)"


def reviewer(size: Size, body_id: str, number: int | str = 0) -> str:
    """The key of a reviewer of a body of county ``c``, by the body's key."""
    nth = f"(c * {_REVIEWING} + {body_id} - {body(ORGANS)})"
    return f"({size.counties * len(STAFF)} + {nth} * {_REVIEWERS} + {number} + 1)"


def applicants_own(size: Size, number: int | str) -> str:
    """The key of an applicant's preparer (0) or head (1)."""
    before = size.counties * (len(STAFF) + _REVIEWING * _REVIEWERS)
    # Those who have only begun come first.
    return f"({before} + ((c + 1) * {APPLICATIONS} - 1 - i) * 2 + {number} + 1)"


def _after_all(size: Size) -> int:
    of_a_county = len(STAFF) + _REVIEWING * _REVIEWERS + APPLICATIONS * 2
    return size.counties * of_a_county + 1


def write(size: Size) -> None:
    posts = ", ".join(
        f"({n}, {literal(post.account)}, {literal(post.role)})" for n, post in enumerate(STAFF)
    )
    reviewing = body(f"{ORGANS} + b")
    run(
        f"""
        CREATE TEMP TABLE made_person ON COMMIT DROP AS
        SELECT *, coalesce(org_id, -1 - c) AS seat FROM (
        SELECT {staff("n")} AS id, elsewhere(c) || account AS username, role,
          NULL::bigint AS org_id, {place(COUNTY, size)} AS area_id, {body(DEPARTMENT)} AS home_id,
          c, n AS nr
        FROM made_county, (VALUES {posts}) AS post (n, account, role)
        UNION ALL
        SELECT {reviewer(size, reviewing, "n")},
          elsewhere(c) || CASE b WHEN 0 THEN 'organs' ELSE 'town' || lpad(b::text, 2, '0') END
            || '.reviewer' || CASE n WHEN 0 THEN '' ELSE '2' END,
          'first_reviewer', {reviewing}, {place(COUNTY, size)}, {reviewing}, c,
          100 + b * {_REVIEWERS} + n
        FROM made_county, generate_series(0, {_REVIEWING - 1}) AS b,
          generate_series(0, {_REVIEWERS - 1}) AS n
        UNION ALL
        SELECT {applicants_own(size, "n")},
          elsewhere(c) || 'org' || lpad((i + 1)::text, 3, '0') || '.' || role,
          role, org_id, {place(COUNTY, size)}, org_id, c, 1000 + i * 2 + n
        FROM made_applicant, (VALUES (0, 'preparer'), (1, 'head')) AS own (n, role)
        UNION ALL
        SELECT {_after_all(size)}, {literal(OVER_ALL.account)}, {literal(OVER_ALL.role)},
          NULL, {PROVINCE}, NULL, -1, 99
        ) AS each
        """.replace(
            "elsewhere(c)", "CASE c WHEN 0 THEN '' ELSE 'c' || lpad(c::text, 3, '0') || '.' END"
        )
    )
    run("ANALYZE made_person")
    _people()
    _seats()


def _people() -> None:
    number = "(nr + c * 37)"
    last = f"CASE nr % 3 WHEN 0 THEN '' ELSE {pick(_GIVEN, f'{number} * 17 + {number} / 7')} END"
    given = f"{pick(_GIVEN, f'{number} * 31 + {number} / 40')} || {last}"
    name = f"{pick(_SURNAMES, f'{number} * 7 + {number} / 40')} || {given}"
    insert(
        "organizations.Person",
        "made_person ORDER BY id",
        id="id",
        username="username",
        full_name=name,
        name_key=name,
        # One for all: they are nobody's, and hashing each would take hours.
        password=literal(make_password(PASSWORD, salt="to-measure-with")),
        home_organization_id="home_id",
        jurisdiction_id="area_id",
        used_on=literal(clock.today()),
    )


def _seats() -> None:
    insert(
        "organizations.Seat",
        "made_person ORDER BY id",
        id="id",
        person_id="id",
        role="role",
        organization_id="org_id",
        jurisdiction_id="CASE WHEN org_id IS NULL THEN area_id END",
    )
