"""A county's table from the file to the last seat: processor time by rows, and peak memory.

For a tenth of the rows and for all of them, each step in a process of its own: what it takes a
row more is what does not grow in step, and what it holds more is what does not stay flat.
``ROWS=6000 make benchmarks ONLY=tables`` takes fewer.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.apart import Cost, measured
from designation.administration.models import CountyTable
from designation.administration.tables import accepting, bringing
from designation.administration.tables.parts import AT_ONCE, ENTRIES, PARTS, SEATS
from designation.organizations.models import Person, Role
from designation.site import seen_whole, shown
from designation.site.jobs import running
from designation.site.jobs.models import Job, State
from tests import factories
from tests.designation.administration.filled_in import filled

ROWS = 20_000
RATIO_MOST = 1.3
MEGABYTES_MOST = 60
TOWNSHIPS = 20
# Of each unit its own row, two people, and a seat of each.
_ROWS_A_UNIT = 5
# Of so many rows each part is one that a worker enters.
_ENOUGH_FOR_JOBS = 3 * AT_ONCE
_TOWN, _COMMITTEE, _UNIT = "第{}镇", "第{}镇党委", "第{}村"


@dataclass(frozen=True, slots=True)
class Administrators:
    """Of one county, by their keys."""

    system: int
    security: int
    code: str


def arranged(code: str) -> Administrators:
    county = factories.JurisdictionFactory(code=code, name_zh=f"{code[:6]}县")
    system, security = (
        factories.seated(role, county)
        for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    )
    return Administrators(system.pk, security.pk, code)


def table(rows: int, county: Administrators) -> bytes:
    """The file: townships and their committees, and of each unit its row, two people, two seats."""
    units = range((rows - 2 * TOWNSHIPS) // _ROWS_A_UNIT)
    return filled(
        jurisdictions=[
            {"code": _township(n, county), "name_zh": _TOWN.format(n)} for n in range(TOWNSHIPS)
        ],
        organizations=[*_committees(county), *(_unit(n, county) for n in units)],
        people=[
            {"username": account, "full_name": f"人员{account}", "home": _UNIT.format(n)}
            | {"home_code": _township(n, county)}
            for n in units
            for account in _accounts(n, county).values()
        ],
        seats=[
            {"username": account, "role": role, "organization": _UNIT.format(n)}
            | {"area_code": _township(n, county)}
            for n in units
            for role, account in _accounts(n, county).items()
        ],
    )


def _township(number: int, county: Administrators) -> str:
    return f"{county.code[:6]}{number % TOWNSHIPS + 100:03}000"


def _committees(county: Administrators) -> Iterator[dict[str, str]]:
    for n in range(TOWNSHIPS):
        area = {"area_code": _township(n, county), "body_kind": "乡镇(街道)党(工)委"}
        yield {"name_zh": _COMMITTEE.format(n)} | area


def _unit(number: int, county: Administrators) -> dict[str, str]:
    return {
        "name_zh": _UNIT.format(number),
        "area_code": _township(number, county),
        "category": "农村",
        "superior": _COMMITTEE.format(number % TOWNSHIPS),
    }


def _accounts(unit: int, county: Administrators) -> dict[str, str]:
    return {
        "填报人": f"x{county.code[:6]}.{unit}.preparer",
        "单位负责人": f"x{county.code[:6]}.{unit}.head",
    }


def bring(rows: int, county: Administrators) -> int:
    """Read the file and keep its rows, as the page does that takes it."""
    actor = Person.objects.get(pk=county.system)
    return bringing.bring("录入表.xlsx", table(rows, county), actor=actor).pk


def accept(pk: int, part: str, administrator: int) -> int:
    """Accept a part as it is shown; the job that enters it."""
    held, wanted = CountyTable.objects.get(pk=pk), PARTS[part]
    seen = shown.carried(seen_whole.as_shown(accepting.as_shown(held, wanted)))
    actor = Person.objects.get(pk=administrator)
    accepting.accept(held, wanted, actor=actor, seen={shown.INPUT: seen})
    return job_of(pk)


def job_of(pk: int) -> int:
    key = CountyTable.objects.values_list("job", flat=True).get(pk=pk)
    if key is None:
        raise RuntimeError("so few rows are no job")
    return key


def work(job: int) -> None:
    """What the worker does with a job."""
    running.run(job)
    state = Job.objects.values_list("state", flat=True).get(pk=job)
    if state != State.DONE:
        raise RuntimeError(f"the job ended as {state}")


def steps(rows: int, code: str) -> dict[str, Cost]:
    """What each step costs, the reading of the file first."""
    county = arranged(code)
    made = {"read and kept": measured(bring, rows, county)}
    pk = made["read and kept"].result
    made["judged"] = measured(work, job_of(pk))
    for name, part, administrator in (
        ("entries entered", ENTRIES, county.system),
        ("seats entered", SEATS, county.security),
    ):
        made[name] = measured(work, accept(pk, part.code, administrator))
    left = CountyTable.objects.get(pk=pk).rows.filter(is_entered=False)
    if left.exists():
        raise RuntimeError(f"{left.count()} rows were not entered: {left[0].findings}")
    return made


def main() -> None:
    rows = int(os.environ.get("ROWS") or ROWS)
    fewer = max(rows // 10, _ENOUGH_FOR_JOBS)
    few, all_of_them = steps(fewer, "990201000000"), steps(rows, "990202000000")
    print(f"A county's table of {fewer:,} and of {rows:,} rows, processor ms a row and peak:")
    for name, many in all_of_them.items():
        one, other = few[name].processor / fewer * 1000, many.processor / rows * 1000
        more = many.megabytes - few[name].megabytes
        print(
            f"  {name:16} {one:6.2f} and {other:6.2f}, ratio {other / one:.2f}"
            f" (wanted: at most {RATIO_MOST}); {few[name].megabytes} and {many.megabytes} MB,"
            f" {more} more (wanted: at most {MEGABYTES_MOST})"
        )
