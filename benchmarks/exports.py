"""What the file of a long list costs a worker: processor time a row, and peak memory.

For a tenth of the rows and for all of them, each in a process of its own: what the second takes
more, over the first, is what does not stay flat.
"""

from benchmarks.apart import Cost, measured
from designation.exports import asking
from designation.exports.models import Export
from designation.organizations.models import Organization, Person, Role
from designation.site import tables
from designation.site.jobs import running
from tests import factories

ROWS = 50_000
RATIO_MOST = 1.3
MEGABYTES_MOST = 30


def arranged(rows: int, code: str) -> Person:
    """A county with so many organizations, and its system administrator."""
    county = factories.JurisdictionFactory(code=f"{code}000000", name_zh=f"{code}县")
    area = factories.TownshipFactory(code=f"{code}101000", parent=county)
    body = factories.TownshipCommitteeFactory(jurisdiction=area)
    Organization.objects.bulk_create(
        Organization(name_zh=f"第{number}村党支部", category="NC", jurisdiction=area, superior=body)
        for number in range(rows)
    )
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county)


def asked(administrator: Person, file_format: str) -> int:
    """The job of a file with every column."""
    table = tables.of("organizations")
    codes = [column.code for column in table.columns]
    export = asking.ask(table, "", columns=codes, file_format=file_format, actor=administrator)
    if export.job is None:
        raise RuntimeError("so few rows are no job")
    return export.job.pk


def written(job: int) -> int:
    """How many rows a worker wrote."""
    running.run(job)
    return Export.objects.values_list("rows", flat=True).get(job=job) or 0


def main() -> None:
    print("A list written by a worker, processor ms a row and peak:")
    administrators = arranged(ROWS // 10, "990201"), arranged(ROWS, "990202")
    for file_format in ("csv", "xlsx"):
        few, many = (measured(written, asked(one, file_format)) for one in administrators)
        print(f"  {file_format:4} {compared(few, many)}")


def compared(few: Cost, many: Cost) -> str:
    """A tenth beside the whole, by the rows that each came to."""
    one, other = (cost.processor / cost.result * 1000 for cost in (few, many))
    return (
        f"{few.result:,} and {many.result:,} rows: {one:.2f} and {other:.2f},"
        f" ratio {other / one:.2f} (wanted: at most {RATIO_MOST}); {few.megabytes} and"
        f" {many.megabytes} MB, {many.megabytes - few.megabytes} more"
        f" (wanted: at most {MEGABYTES_MOST})"
    )
