"""What an archive costs a worker: of one case, and of a round of two hundred; peak memory of each.

A ZIP is written a file at a time, so that a round holds no more than its largest case.
"""

from django.test.utils import override_settings

from benchmarks.apart import measured
from benchmarks.data import filling, sizes
from designation.applications.models import FINAL_STAGES, Application
from designation.organizations.models import Person
from designation.rounds.models import Round
from designation.site.jobs import running
from reports.archive import asking
from reports.models import Archive

MEGABYTES_MOST = 60


def archived(job: int) -> tuple[int, int, int]:
    """Cases, files and bytes of what a worker archived."""
    running.run(job)
    made = Archive.objects.latest("pk")
    return made.cases, made.files, made.size


def main() -> None:
    filling.fill(sizes.size("county"))
    coordinator = Person.objects.get(username="county.coordinator")
    over = Round.objects.filter(jurisdiction=coordinator.jurisdiction).earliest("opens_at")
    case = Application.objects.filter(round=over, stage__in=FINAL_STAGES).earliest("pk")
    with override_settings(CLOCK="benchmarks.pages.held"):
        of_case = measured(archived, asking.of_case(case, actor=coordinator).job_id)
        of_round = measured(archived, asking.of_round(over, actor=coordinator).job_id)
    print("Archives written by a worker:")
    for cost in (of_case, of_round):
        cases, files, size = cost.result
        print(
            f"  {cases:,} cases, {files:,} files, {size / 1_000_000:.1f} MB:"
            f" {cost.processor / cases:.2f} s a case, {cost.megabytes} MB held"
        )
    more = of_round.megabytes - of_case.megabytes
    print(f"  {more} MB more for the round (wanted: at most {MEGABYTES_MOST})")
