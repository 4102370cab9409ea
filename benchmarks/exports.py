"""How long a worker writes the file of a long list, and how much memory that takes.

Twice, for a tenth of the rows and for all: what the second takes more, over the first, is what
does not stay flat.
"""

import resource
import time

from designation.exports import asking
from designation.exports.models import Export
from designation.organizations.models import Organization, Person, Role
from designation.site import tables
from designation.site.jobs import running
from tests import factories

ROWS = 50_000
MEGABYTES_MOST = 30
_KILO = 1024


def arranged(rows: int) -> Person:
    """A county with so many organizations more, and its system administrator."""
    county = factories.JurisdictionFactory()
    area = factories.TownshipFactory(parent=county)
    body = factories.TownshipCommitteeFactory(jurisdiction=area)
    Organization.objects.bulk_create(
        Organization(name_zh=f"第{number}村党支部", category="NC", jurisdiction=area, superior=body)
        for number in range(rows)
    )
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county)


def peak() -> int:
    """The most memory that this process held so far, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KILO


def written(rows: int, file_format: str) -> tuple[int, float]:
    """Rows and seconds of one file."""
    administrator = arranged(rows)
    table = tables.of("organizations")
    codes = [column.code for column in table.columns]
    export = asking.ask(table, "", columns=codes, file_format=file_format, actor=administrator)
    began = time.perf_counter()
    if export.job is not None:
        running.run(export.job.pk)
    made = Export.objects.get(pk=export.pk)
    return made.rows or 0, time.perf_counter() - began


def main() -> None:
    print("A list written by a worker:")
    for file_format in ("csv", "xlsx"):
        few, _seconds = written(ROWS // 10, file_format)
        before = peak()
        rows, seconds = written(ROWS, file_format)
        more = peak() - before
        print(
            f"  {file_format}: {rows:,} rows in {seconds:.1f} s; {more} MB more than for {few:,}"
            f" (wanted: at most {MEGABYTES_MOST})"
        )
