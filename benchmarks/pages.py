"""Lists and a case page before 5,000 applications."""

import itertools
import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Person
from designation.site import clock
from tests import factories
from tests.course import County
from tests.handed_in import hand_in

APPLICATIONS = 5_000
TURNS = 15
LIST_MOST, CASE_MOST = (12, 120), (20, 150)


def fill(county: County) -> None:
    """Village organizations of one township, each with a submitted application."""
    keys = hand_in(county, itertools.repeat({}, APPLICATIONS))
    Application.objects.filter(pk__in=keys).update(
        holder_role="first_reviewer", holder_organization=county.township, due_at=clock.now()
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(person: Person, address: str) -> tuple[int, float]:
    """Statements and median milliseconds of one page."""
    client = Client()
    client.force_login(person)
    client.get(address)
    times = []
    for _turn in range(TURNS):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured), statistics.median(times)


def main() -> None:
    county = County()
    fill(county)
    application = county.at(Stage.VERIFIED)
    factories.SeatFactory(
        person=county.coordinator, role="deciding_officer", jurisdiction=county.jurisdiction
    )
    lists = {
        "desk": (county.reviewer, reverse("home")),
        "applications, all": (county.coordinator, reverse("applications:list")),
        "applications, waiting": (county.reviewer, reverse("applications:list") + "?waiting=1"),
        "applications, found by name": (
            county.coordinator,
            reverse("applications:list") + "?text=499",
        ),
        "notices desk": (county.coordinator, reverse("notices:desk")),
    }
    case = {"case page": (county.head, reverse("applications:case", args=[application.pk]))}
    print(f"Pages before {APPLICATIONS:,} applications, medians of {TURNS}, templates included:")
    with override_settings(DEBUG=False):
        for bounds, pages in ((LIST_MOST, lists), (CASE_MOST, case)):
            for name, (person, address) in pages.items():
                statements, milliseconds = measure(person, address)
                print(
                    f"  {name}: {statements} statements, {milliseconds:.0f} ms"
                    f" (wanted: at most {bounds[0]} and {bounds[1]} ms)"
                )
