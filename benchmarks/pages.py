"""Lists and a case page before 5,000 applications."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from designation import clock
from designation.applications.models import Application, Stage, Submission
from designation.organizations.models import Organization, Person
from tests import factories
from tests.course import County

APPLICATIONS = 5_000
TURNS = 15
LIST_MOST, CASE_MOST = (12, 120), (20, 150)


def fill(county: County) -> None:
    """Village organizations of one township, each with a submitted application."""
    now = clock.now()
    villages = Organization.objects.bulk_create(
        Organization(
            name_zh=f"第{n}号村党支部",
            category="NC",
            jurisdiction=county.village.jurisdiction,
            superior=county.township,
        )
        for n in range(APPLICATIONS)
    )
    rows = Application.objects.bulk_create(
        Application(
            round=county.round,
            organization=village,
            category="NC",
            standard=county.round_category.standard,
            reviewing_body=county.township,
            area_code=village.jurisdiction.code,
            stage=Stage.DRAFT,
            stage_since=now,
            created_at=now,
            created_by=county.preparer,
        )
        for village in villages
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            application=row,
            number=1,
            content={},
            sha256="0" * 64,
            submitted_at=now,
            submitted_by=county.preparer,
        )
        for row in rows
    )
    for row, submission in zip(rows, submissions, strict=True):
        row.submission, row.stage = submission, Stage.SUBMITTED
        row.holder_role, row.holder_organization = "first_reviewer", county.township
        row.due_at = now
    columns = ["submission", "stage", "holder_role", "holder_organization", "due_at"]
    Application.objects.bulk_update(rows, columns, batch_size=1000)
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
