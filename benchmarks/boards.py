"""The boards of a province before one county and before ten: statements and processor time.

Who looks is the province's own coordinator, who sees all of it: what grows here is what is added
up anew for each county.
"""

from collections.abc import Iterator

from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks import pages
from benchmarks.data import filling, sizes
from benchmarks.fresh import begin_anew
from benchmarks.pages import Figures, Page
from designation.rounds.models import Round

COORDINATOR = "province.coordinator"
STATEMENTS_MOST = 12
COUNTIES = (1, 10)


def boards() -> Iterator[Page]:
    round_ = Round.objects.get(jurisdiction__name_zh="青山县", status=Round.Status.OPEN)
    yield Page("glance of a round", COORDINATOR, reverse("reports:board", args=[round_.pk]))
    yield Page("figures of a round", COORDINATOR, reverse("reports:figures", args=[round_.pk]))
    yield Page("figures of the year", COORDINATOR, reverse("reports:year_figures"))


def figures(counties: int) -> dict[str, Figures]:
    """Of each board, before so many counties."""
    begin_anew()
    filling.fill(sizes.Size(counties, counties * sizes.TITLES_A_COUNTY))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with override_settings(DEBUG=False, CLOCK="benchmarks.pages.held"):
        return {page.name: pages.measure(page) for page in boards()}


def main() -> None:
    few, many = (figures(count) for count in COUNTIES)
    print("Boards of a province, of 1 county and of 10, medians of", pages.TURNS, "turns each:")
    for name, before in few.items():
        after = many[name]
        print(
            f"  {name:20} {before.statements} and {after.statements} statements"
            f" (wanted: at most {STATEMENTS_MOST});"
            f" {before.processor:.1f} and {after.processor:.1f} ms of processor time,"
            f" ratio {after.processor / before.processor:.1f}"
        )
