"""How long the order of 2,000 applicants takes by three figures, with ties: a pure function."""

import random
import statistics
import time

from workflows.stages.selection.order import Applicant, ordered

APPLICANTS = 2_000
REPEATS = 7
WANTED = 1.0


def applicants() -> list[Applicant]:
    """Few values, so that most are tied by the first figure; every fiftieth lacks one."""
    chance = random.Random(2026)  # noqa: S311 - the same data at every run
    return [
        Applicant(
            key,
            (
                chance.randrange(10),
                None if key % 50 == 0 else chance.randrange(20),
                chance.randrange(100),
            ),
        )
        for key in range(APPLICANTS)
    ]


def seconds() -> float:
    """The median of several times."""
    rows = applicants()
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ordered(rows, (False, True, True))
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    print(f"ordered(), {APPLICANTS:,} applicants, three figures:")
    print(f"  {seconds():.4f} seconds (wanted: under {WANTED:.0f})")
