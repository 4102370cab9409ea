"""Areas, the bodies of each county, and the organizations that apply. Names are invented."""

from designation.organizations.initials import initials

from .rows import insert, literal, read, run
from .sizes import (
    BODIES,
    COUNTY_COMMITTEE,
    DEPARTMENT,
    FIRST_TOWNSHIP,
    ORGANS,
    TOWNSHIPS,
    Size,
)

_FIRST = "清云石金平安永长东南西北新和兴宁福泰祥嘉瑞丰康乐景"
_SECOND = "溪河坪岭泉湖林川原阳"
_OFFICES = [
    "水利局",
    "财政局",
    "教育局",
    "民政局",
    "司法局",
    "审计局",
    "统计局",
    "林业局",
    "商务局",
    "卫生健康局",
    "文化旅游局",
    "农业农村局",
    "应急管理局",
    "市场监督管理局",
    "自然资源局",
    "生态环境局",
    "交通运输局",
    "住房城乡建设局",
    "医疗保障局",
    "退役军人事务局",
]
# Every so many of an area's organizations: an office, a community, else a village.
_KINDS = 25

# Numbers of rows, by the numbers of county (c), township (t) and application (k).
PROVINCE = "1"
PREFECTURE = "(2 + c / 10)"
COUNTY = "({prefectures} + 2 + c)"
TOWNSHIP = "({prefectures} + 2 + {counties} + c * {townships} + t)"


def place(expression: str, size: Size) -> str:
    return expression.format(
        prefectures=size.prefectures, counties=size.counties, townships=TOWNSHIPS
    )


def body(number: int | str) -> str:
    """The key of a body of county ``c``."""
    return f"(c * {BODIES} + {number} + 1)"


def pick(text: str, number: str) -> str:
    """One character of ``text``."""
    return f"substr({literal(text)}, ({number}) % {len(text)} + 1, 1)"


def code(size: Size) -> None:
    """12 digits: 99, the prefecture, the county, the township."""
    run(
        f"""
        CREATE TEMP TABLE made_county ON COMMIT DROP AS
        SELECT c, '99' || lpad((c / 10 + 1)::text, 2, '0') || (21 + c % 10)::text AS digits,
          CASE c WHEN 0 THEN '青山'
            ELSE {pick(_FIRST, "c")} || {pick(_SECOND, "c / 25")} END AS name
        FROM generate_series(0, {size.counties - 1}) AS c
        """
    )
    run(
        f"""
        CREATE TEMP TABLE made_township ON COMMIT DROP AS
        SELECT c, t, digits || (100 + t)::text AS digits,
          {pick(_FIRST, "t")} || {pick(_SECOND, "t + c")}
            || CASE WHEN t < 14 THEN '镇' WHEN t < 18 THEN '乡' ELSE '街道' END AS name
        FROM made_county, generate_series(0, {TOWNSHIPS - 1}) AS t
        """
    )


def write(size: Size) -> None:
    code(size)
    _jurisdictions(size)
    _bodies(size)
    _applicants(size)


def _jurisdictions(size: Size) -> None:
    label = "organizations.Jurisdiction"

    def level(source: str, **values: str) -> None:
        insert(label, source, name_key=values["name_zh"], **values)

    level(
        "(SELECT 1) AS one",
        id=PROVINCE,
        code="'990000000000'",
        name_zh="'示例省'",
        level="'province'",
    )
    level(
        f"generate_series(0, {size.counties - 1}, 10) AS c",
        id=PREFECTURE,
        code="'99' || lpad((c / 10 + 1)::text, 2, '0') || '00000000'",
        name_zh=f"{pick(_FIRST, 'c / 10')} || '州市'",
        level="'prefecture'",
        parent_id=PROVINCE,
    )
    level(
        "made_county",
        id=place(COUNTY, size),
        code="digits || '000000'",
        name_zh="name || '县'",
        level="'county'",
        parent_id=PREFECTURE,
    )
    level(
        "made_township",
        id=place(TOWNSHIP, size),
        code="digits || '000'",
        name_zh="name",
        level="'township'",
        parent_id=place(COUNTY, size),
    )


def _bodies(size: Size) -> None:
    label = "organizations.Organization"
    for number, kind, name in (
        (COUNTY_COMMITTEE, "county_committee", "'中共' || name || '县委'"),
        (DEPARTMENT, "organization_department", "name || '县委组织部'"),
        (ORGANS, "organs_committee", "name || '县直机关工委'"),
    ):
        insert(
            label,
            "made_county",
            id=body(number),
            name_zh=name,
            name_key=name,
            body_kind=literal(kind),
            jurisdiction_id=place(COUNTY, size),
            superior_id="NULL" if number == COUNTY_COMMITTEE else body(COUNTY_COMMITTEE),
        )
    name = "name || CASE WHEN t < 18 THEN '党委' ELSE '党工委' END"
    insert(
        label,
        "made_township",
        id=body(f"{FIRST_TOWNSHIP} + t"),
        name_zh=name,
        name_key=name,
        body_kind="'township_committee'",
        jurisdiction_id=place(TOWNSHIP, size),
        superior_id=body(COUNTY_COMMITTEE),
    )


def _applicants(size: Size) -> None:
    """Who applies: ``i`` of 0 to 499 in its county; of a township's 25 each, one an office."""
    offices = "(ARRAY[" + ", ".join(map(literal, _OFFICES)) + "])[t + 1]"
    run(
        f"""
        CREATE TEMP TABLE made_applicant ON COMMIT DROP AS
        SELECT k, c, i, t, {size.counties * BODIES} + k + 1 AS org_id, category,
          CASE category WHEN 'JG' THEN {place(COUNTY, size)}
            ELSE {place(TOWNSHIP, size)} END AS area_id,
          CASE category WHEN 'JG' THEN {body(ORGANS)}
            ELSE {body(f"{FIRST_TOWNSHIP} + t")} END AS body_id,
          digits || CASE category WHEN 'JG' THEN '000000' ELSE (100 + t) || '000' END AS area_code,
          CASE category
            WHEN 'JG' THEN county || '县' || {offices} || '机关党委'
            ELSE {pick(_FIRST, f"i / {TOWNSHIPS}")} || {pick(_SECOND, f"i / {TOWNSHIPS} + t")}
              || CASE category WHEN 'SQ' THEN '社区党委' ELSE '村党支部' END
          END AS name
        FROM (
          SELECT i * {size.counties} + c AS k, c, i, i % {TOWNSHIPS} AS t, digits, name AS county,
            CASE WHEN i / {TOWNSHIPS} = (i % {TOWNSHIPS} * 7 + 3) % {_KINDS} THEN 'JG'
              WHEN i / {TOWNSHIPS} % 5 = 4 THEN 'SQ' ELSE 'NC' END AS category
          FROM made_county, generate_series(0, {TOWNSHIPS * _KINDS - 1}) AS i
        ) AS each
        """
    )
    _read_initials()
    insert(
        "organizations.Organization",
        "made_applicant ORDER BY k",
        id="org_id",
        name_zh="name",
        name_key="name",
        name_initials="initials",
        category="category",
        jurisdiction_id="area_id",
        superior_id="body_id",
    )


def _read_initials() -> None:
    """As the site reads them, of each name once."""
    run("ALTER TABLE made_applicant ADD COLUMN initials text")
    names = [name for (name,) in read("SELECT DISTINCT name FROM made_applicant")]
    run(
        """
        UPDATE made_applicant SET initials = read.initials
        FROM unnest(%s::text[], %s::text[]) AS read (name, initials)
        WHERE made_applicant.name = read.name
        """,
        [names, [initials(name) for name in names]],
    )
