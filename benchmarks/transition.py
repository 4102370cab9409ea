"""One human transition through the door, beside the bare ORM transaction with the same writes."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from designation.applications.models import Application, Stage
from designation.audit import events
from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from notifications import outbox
from notifications.models import Event
from tests.course import OPINION, County
from workflows import transitions
from workflows.case.facts import Act
from workflows.case.records import Decision

TURNS = 300
# What the door writes on the application's own row.
COLUMNS = (
    "stage",
    "stage_since",
    "term",
    "holder_role",
    "holder_organization",
    "returned_from",
    "submission",
    "version",
)


def through_the_door(application: Application, reviewer: Person) -> None:
    transitions.perform("recommend", application.pk, actor=reviewer, act=Act(opinion=OPINION))


def bare(application: Application, reviewer: Person) -> None:
    """The same rows written by hand: lock, stage, term, decision, marks, outbox, audit event."""
    now = clock.now()
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        row.stage, row.holder_role = Stage.RECOMMENDED, Role.COUNTY_COORDINATOR
        row.holder_organization_id, row.stage_since, row.version = None, now, row.version + 1
        Term.objects.filter(pk=row.term_id).update(ended_at=now, ended_as=Term.Ending.MET)
        row.term = Term.objects.create(
            kind="application.recommended",
            subject_type="applications.application",
            subject_id=str(row.pk),
            jurisdiction_code=row.area_code,
            role=Role.COUNTY_COORDINATOR,
            days=10,
            began_at=now,
            due_at=now + timedelta(days=14),
        )
        row.returned_from = ""
        row.save(update_fields=COLUMNS)
        Decision.objects.create(
            application=row,
            transition="recommend",
            from_stage=Stage.SUBMITTED,
            to_stage=Stage.RECOMMENDED,
            actor=reviewer,
            actor_role=Role.FIRST_REVIEWER,
            at=now,
            opinion=OPINION,
            submission_id=row.submission_id,
        )
        row.marks.filter(voided_at__isnull=True, released_at__isnull=True).update(released_at=now)
        Event.objects.create(
            action="application.recommend",
            subject_type="applications.application",
            subject_id=str(row.pk),
            subject_label=str(row),
            page=["applications:case", [row.pk]],
            jurisdiction_code=row.area_code,
            actor=reviewer,
            actor_role=Role.FIRST_REVIEWER,
            said={"opinion": OPINION},
            parties={"applicant": row.organization_id},
            asks_role=Role.COUNTY_COORDINATOR,
            at=now,
        )
        events.append(
            events.Entry(
                actor=reviewer,
                action="application.recommend",
                subject=application,
                jurisdiction_code=application.area_code,
                role=Role.FIRST_REVIEWER,
                details={"from": Stage.SUBMITTED, "to": Stage.RECOMMENDED},
            )
        )


def _signed_in(pk: int) -> Person:
    """The reviewer as the page hands them over: it has read their seats to find the row."""
    reviewer = Person.objects.get(pk=pk)
    seats(reviewer).held  # noqa: B018 - read once, kept for the request
    return reviewer


def _timed(act: Callable[[Application, Person], None], application: Application, pk: int) -> float:
    Application.objects.filter(pk=application.pk).update(stage=Stage.SUBMITTED)
    reviewer = _signed_in(pk)
    begun = time.perf_counter()
    act(application, reviewer)
    passed = (time.perf_counter() - begun) * 1000
    # The thread that wakes the worker must not slow the next turn.
    outbox.wake_up.settle()
    return passed


def main() -> None:
    county = County()
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    application = Application.objects.get(pk=application.pk)
    pk = county.reviewer.pk
    times: dict[str, list[float]] = {"door": [], "bare": []}
    for _turn in range(TURNS):
        times["door"].append(_timed(through_the_door, application, pk))
        times["bare"].append(_timed(bare, application, pk))
    Application.objects.filter(pk=application.pk).update(stage=Stage.SUBMITTED)
    reviewer = _signed_in(pk)
    with CaptureQueriesContext(connection) as captured:
        through_the_door(application, reviewer)
    door, by_hand = (statistics.median(times[name]) for name in ("door", "bare"))
    print("One human transition (recommend, village standard), medians of", TURNS, "turns each:")
    print(f"  through the door {door:.2f} ms, {len(captured)} statements (wanted: at most 14)")
    print(f"  bare ORM transaction, same writes {by_hand:.2f} ms")
    print(f"  ratio {door / by_hand:.2f} (wanted: at most 2)")
