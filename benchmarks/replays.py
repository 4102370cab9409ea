"""What-if over 100,000 submissions: seconds beside judging alone, and memory on the way.

What is measured is ``jobs.running.run``, the function that a Celery worker calls: it reads each
submission, judges it by both standards, and writes progress and what turns round.
"""

import resource
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection

from authoring.replays import requesting
from authoring.replays.models import Basis, Replay
from designation.site.jobs import running
from designation.site.jobs.models import Job, State
from standards.catalogue import published
from standards.engine.evaluation import evaluate
from tests.course import County, passing_value
from tests.handed_in import frozen, hand_in
from tests.own_standards import OwnStandards

SUBMISSIONS = 100_000
SECONDS_MOST = 60
# A raised threshold that turns one submission in five round.
TRIED = {"NC-09-C2": 90}
NOTE = "党支部按标准逐条对照检查，有会议记录、活动台账和照片，材料存村党群服务中心备查。"
MEGABYTE = 1024


def contents(standard: Any) -> Iterator[dict[str, Any]]:
    """Frozen self-assessments with notes and a list of evidence, as long as real ones."""
    good = {check.code: passing_value(check) for check in standard.checks}
    files = [
        {"title": f"材料{n}", "sha256": "0" * 64, "size": 2_000_000, "items": [item.code]}
        for n, item in enumerate(standard.items)
    ]
    for number in range(SUBMISSIONS):
        rate = 85 if number % 5 == 0 else 95
        yield frozen(standard, good | {"NC-09-C2": rate}, NOTE, files)


def resident() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


class Watched:
    """Notes the memory held after the first tenth of the rows, and lets the rest go on."""

    def __init__(self) -> None:
        self.early = 0.0
        self._write = running._write  # noqa: SLF001 - progress is the one moment to look at

    def __call__(self, job: Job, **changes: Any) -> None:
        self._write(job, **changes)
        if not self.early and changes.get("done", 0) >= SUBMISSIONS // 10:
            self.early = resident()


def replay(county: County) -> tuple[Replay, float, float, float]:
    """The finished replay, its seconds, and the memory early and at the end."""
    asked = requesting.request(
        county.round_category,
        county.round_category.standard,
        thresholds=TRIED,
        basis=Basis.DECLARED,
        actor=OwnStandards(county.jurisdiction).manager,
    )
    watched = Watched()
    running._write = watched  # noqa: SLF001 - as above
    begun = time.perf_counter()
    try:
        running.run(asked.job_id)
    finally:
        running._write = watched._write  # noqa: SLF001 - as above
    seconds = time.perf_counter() - begun
    asked.refresh_from_db()
    if asked.job.state != State.DONE:
        raise RuntimeError(f"the replay ended as {asked.job.state}")
    return asked, seconds, watched.early, resident()


def judging_alone(standard: Any) -> float:
    """Seconds to judge as many answers twice, with nothing read or written."""
    answers = {check.code: passing_value(check) for check in standard.checks}
    begun = time.perf_counter()
    for _row in range(2 * SUBMISSIONS):
        evaluate(standard, answers, "self_assessment")
    return time.perf_counter() - begun


def main() -> None:
    county = County()
    standard = published(county.round_category.standard_id)
    hand_in(county, contents(standard))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    done, seconds, early, late = replay(county)
    alone = judging_alone(standard)
    print(f"What-if over {done.job.done:,} submissions, one worker process:")
    print(f"  {seconds:.1f} s (wanted: at most {SECONDS_MOST} s)")
    print(f"  {seconds / alone:.1f} times judging alone, twice each ({alone:.1f} s)")
    print(f"  {done.result['falls']:,} turned round")
    print(f"  memory: {early:.0f} MB after a tenth, {late:.0f} MB at the end")
