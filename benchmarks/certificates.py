"""What certificates cost a worker: issued, drawn and packed for decisions of 200 and 1,000 titles.

They are drawn one at a time, so that a thousand hold no more memory than two hundred.
"""

from datetime import timedelta

from django.test.utils import override_settings

from benchmarks.apart import measured
from designation.certificates import packing
from designation.certificates.models import Certificate
from designation.exports.models import Export
from designation.organizations.models import Jurisdiction, Level, Organization, Person, Role, Seat
from designation.register import giving
from designation.site import clock
from designation.site.jobs import running

TITLES = (200, 1_000)
MEGABYTES_MOST = 60
RATIO_MOST = 1.5


def packed(job: int) -> tuple[int, int]:
    """How many certificates a worker packed, and their bytes."""
    running.run(job)
    made = Export.objects.get(job=job)
    return made.rows or 0, made.size or 0


def _officer() -> Person:
    county = Jurisdiction.objects.create(
        code="341821000000", name_zh="青山县", name_en="Qingshan County", level=Level.COUNTY
    )
    person = Person.objects.create(username="officer", full_name="审定人", jurisdiction=county)
    Seat.objects.create(person=person, role=Role.DECIDING_OFFICER, jurisdiction=county)
    return person


def _decision(count: int, officer: Person) -> int:
    """A decision that gave ``count`` titles; the job by which they get their certificates."""
    county = Jurisdiction.objects.get()
    decision = giving.record_decision(
        document_number=f"青发〔2026〕{count}号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        area_code=county.code,
        actor=officer,
    )
    for number in range(count):
        name = f"{count}乡第{number}村党支部"
        village = Organization.objects.create(name_zh=name, category="NC", jurisdiction=county)
        until = clock.today() + timedelta(days=1_000)
        giving.give(village, category="NC", decision=decision, until=until, actor=officer)
    job = packing.ask(decision, actor=officer).job
    assert job is not None  # noqa: S101 - it was asked of a worker
    return job.pk


def main() -> None:
    with override_settings(CLOCK="benchmarks.pages.held"):
        officer = _officer()
        costs = [measured(packed, _decision(count, officer)) for count in TITLES]
    print("Certificates issued, drawn and packed by a worker:")
    each = []
    for cost in costs:
        count, size = cost.result
        each.append(cost.processor / count)
        print(
            f"  {count:,} certificates, {size / 1_000_000:.1f} MB:"
            f" {1_000 * each[-1]:.0f} ms each, {cost.megabytes} MB held"
        )
    more = costs[1].megabytes - costs[0].megabytes
    print(f"  {more} MB more for the larger (wanted: at most {MEGABYTES_MOST})")
    print(f"  {each[1] / each[0]:.2f} times as long each (wanted: at most {RATIO_MOST})")
    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    print(f"  numbered without a gap: {list(numbers) == list(range(1, sum(TITLES) + 1))}")
