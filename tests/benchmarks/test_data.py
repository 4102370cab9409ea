"""Data to measure with, at a small size: a county whole and lawful, the same at every size."""

import os
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from benchmarks import boards, pages
from benchmarks.data import filling, rows
from benchmarks.data.sizes import APPLICATIONS, MOMENT, TOWNSHIPS, Size, size
from designation.applications import receipts, submissions
from designation.applications.models import (
    FINAL_STAGES,
    Answer,
    Application,
    Evidence,
    Stage,
    Submission,
)
from designation.audit import chain, wording
from designation.audit.models import AuditEvent
from designation.calendar import by_time, terms
from designation.calendar.models import Term
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.register import queries
from designation.register.models import Designation, TitleStep
from designation.register.standing import Status
from designation.site.sameness import key_of
from notifications.delivery import letters
from notifications.models import Event, Message
from standards.models import StandardVersion
from tests import factories
from tests.conftest import load_reference_data
from tooling.places import ROOT
from workflows.declared import holder
from workflows.models import Decision, ItemMark, Measurement
from workflows.stages.conferral.decisions import designate
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice.models import Notice
from workflows.transitions import perform

# Each test in a transaction of its own, inside the one around the module.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("counties"),
    # The counties are written once, not by each worker.
    pytest.mark.xdist_group("data to measure with"),
]

# More than applications led to: the others were given before the system, by two decisions.
TITLES = 700


@pytest.fixture(autouse=True)
def at_the_moment_of_the_data(held_clock):
    held_clock.move_to(MOMENT)


def held():
    """What the county of the viewer holds, but for the numbers of rows."""
    county = Jurisdiction.objects.get(name_zh="青山县")
    within = Application.objects.filter(area_code__startswith=county.prefix)
    return {
        "cases": sorted(
            within.values_list(
                "organization__name_zh",
                "stage",
                "stage_since",
                "term__due_at",
                "holder_role",
                "version",
            ),
            key=str,
        ),
        "people": sorted(
            Person.objects.filter(jurisdiction=county).values_list("username", "full_name")
        ),
        "answers": Counter(
            Answer.objects.filter(application__in=within).values_list("item__code", "conclusion")
        ),
        "titles": Counter(
            queries.as_of(MOMENT.date(), Designation.objects.all())
            .filter(jurisdiction__code__startswith=county.prefix)
            .values_list("category", "application__stage", "status")
        ),
        "log": Counter(
            AuditEvent.objects.filter(jurisdiction_code__startswith=county.prefix).values_list(
                "action", "actor_role"
            )
        ),
        "unread": Message.objects.filter(person__jurisdiction=county, read_at=None).count(),
    }


def keys_and_indexes():
    """By table and name; how a condition is written differs once it was read and laid anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, contype::text, convalidated"
            " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
            " UNION SELECT indrelid::regclass::text, indexrelid::regclass::text,"
            "  indnatts || ' ' || indisunique || (indpred IS NOT NULL), indisvalid"
            " FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE relnamespace = current_schema()::regnamespace"
        )
        return set(cursor.fetchall())


@pytest.fixture(scope="module")
def counties(django_db_setup, django_db_blocker):
    """Filled with one county, looked at, and filled anew with two: what the first one held.

    One transaction around the module, which is rolled back.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(CLOCK="benchmarks.pages.held"),
        taken_back_at_the_end(),
    ):
        if not StandardVersion.objects.exists():
            load_reference_data()
        laid = keys_and_indexes()
        alone = transaction.savepoint()
        filling.fill(Size(1, TITLES))
        alone_held = held()
        transaction.savepoint_rollback(alone)
        filling.fill(Size(2, 2 * TITLES))
        yield {"held alone": alone_held, "laid": laid}


@contextmanager
def taken_back_at_the_end():
    """Also when the filling fails: a transaction left open would sink every test after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_county_has_five_hundred_applications_over_its_townships_at_every_stage():
    stages = Counter(
        Application.objects.filter(area_code__startswith="990121").values_list("stage", flat=True)
    )
    reviewed_by = Counter(
        Application.objects.filter(area_code__startswith="990121").values_list(
            "reviewing_body", flat=True
        )
    )

    assert Application.objects.count() == 2 * APPLICATIONS
    assert stages.total() == APPLICATIONS
    assert set(stages) == set(Stage.values)
    assert len(reviewed_by) == TOWNSHIPS + 1
    assert min(reviewed_by.values()) >= 20


def test_every_stage_left_its_records():
    whole = Application.objects.filter(stage=Stage.VERIFIED)

    for application in whole:
        items = application.standard.items.count()
        assert application.answers.count() == items
        assert application.marks.filter(released_at__isnull=False).count() == items
        assert application.visits.get().measurements.count() == items
        assert application.decisions.count() == application.version
    for kind in (ItemMark, Measurement, Decision, Message, Evidence):
        assert kind.objects.exists()


def test_the_viewers_county_is_the_same_at_every_size(counties):
    assert held() == counties["held alone"]


def test_the_log_is_one_chain_that_proves_itself():
    verdict = chain.verify()

    assert verdict.whole, verdict.explanation
    assert verdict.count == AuditEvent.objects.count() > Decision.objects.count()
    times = list(AuditEvent.objects.order_by("sequence").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= MOMENT


def test_every_event_says_what_the_writer_would_have_demanded():
    for action, details in AuditEvent.objects.values_list("action", "details").distinct():
        assert wording.is_known(action), action
        assert not wording.is_change(action) or {"from", "to"} <= details.keys(), action


def test_everything_handed_in_has_its_receipt():
    for submission in Submission.objects.select_related("receipt").defer("content").iterator():
        assert submission.receipt.number == receipts.number_of(submission)


def test_a_coordinator_of_the_province_sees_the_figures_of_each_county():
    client = Client()
    client.force_login(Person.objects.get(username=boards.COORDINATOR))
    for board in boards.boards():
        assert client.get(board.address).status_code == 200, board.name
    shown = client.get(reverse("reports:year_figures")).content.decode()
    assert "青山县" in shown


def test_people_were_told_as_delivery_would_tell_them():
    actions = ("application.submit", "application.recommend", "application.begin_verification")

    for event in Event.objects.filter(action__in=actions, pk__lt=200):
        again = {
            (letter.person.pk, letter.wanted.role, letter.announcement.asks_to_act)
            for letter in letters([event])
        }
        written = event.messages.values_list("person", "role", "asks_to_act")
        assert set(written) == again


def test_an_event_that_somebody_changed_would_break_the_chain():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditevent SET subject_label = '别处' WHERE sequence = 100")

    assert chain.verify().broken_at == 100


def test_keys_and_indexes_stand_as_they_stood_before(counties):
    assert keys_and_indexes() == counties["laid"]


def test_each_stands_under_the_term_of_its_place_and_of_nothing_else():
    without = {Stage.VERIFIED, Stage.CHOSEN, Stage.RESERVE, *FINAL_STAGES}
    for application in Application.objects.select_related("term__interrupts__continued_by"):
        term = application.term
        assert (term is None) == (application.stage in without)
        if term is None:
            assert not terms.open_terms(application).exists()
            continue
        assert term.kind == f"application.{application.stage}"
        assert (term.began_at, term.ended_at) == (application.stage_since, None)
        assert (term.role, term.organization_id) == (
            application.holder_role,
            application.holder_organization_id,
        )
        assert (term.interrupts is not None) == (application.stage == Stage.RETURNED)
        still = [] if term.interrupts is None else [term.interrupts]
        assert list(terms.open_terms(application)) == [*still, term]
    ends = set(Term.objects.values_list("ended_as", flat=True))
    assert ends == {"", "met", "over", "overtaken", "resumed"}
    assert Term.objects.filter(continues__ended_as="resumed", days=4).exists()


def test_notices_and_objections_have_their_terms():
    for notice in Notice.objects.exclude(published_at=None):
        running = list(terms.open_terms(notice).values_list("due_at", flat=True))
        assert running == ([notice.ends_at] if notice.status == "published" else [])
    for objection in Objection.objects.select_related("term"):
        assert (objection.term.ended_at is None) == (objection.status in ("received", "accepted"))
    assert not +by_time.carry_out()


def test_what_was_handed_in_bears_its_own_hash():
    for submission in Submission.objects.iterator():
        assert submissions.digest(submission.content) == submission.sha256

    application = Application.objects.filter(stage=Stage.SUBMITTED).earliest("pk")
    evidence = list(application.evidence.all())
    for file in evidence:
        file.item_codes = list(file.items.values_list("code", flat=True))
    answers = application.answers.select_related("item")
    frozen = submissions.content(application, answers, evidence)
    assert frozen == application.submission.content


def test_names_bear_the_keys_by_which_they_are_found():
    for kind, name in ((Organization, "name_zh"), (Jurisdiction, "name_zh"), (Person, "full_name")):
        for text, key in kind.objects.values_list(name, "name_key"):
            assert key_of(text) == key


def test_a_case_is_held_by_whom_the_course_says():
    for application in Application.objects.filter(area_code__startswith="990121"):
        held = holder(application)
        assert (application.holder_role, application.holder_organization_id) == (
            held.role or "",
            held.organization_id,
        )


def test_what_was_confirmed_goes_on_through_the_door():
    application = Application.objects.filter(stage=Stage.SELF_ASSESSED).earliest("pk")

    moved = perform("submit", application.pk, actor=application.created_by)

    assert moved.stage == Stage.SUBMITTED
    assert chain.verify().whole


def test_whose_notice_is_over_may_be_designated():
    application = Application.objects.filter(stage=Stage.AWAITING_DESIGNATION).earliest("pk")
    officer = Person.objects.get(username="county.decision")

    designate(
        application.round,
        [application],
        document_number="示发〔2026〕1号",
        decided_on=MOMENT.date(),
        deciding_body="中共青山县委",
        actor=officer,
    )

    assert Application.objects.get(pk=application.pk).stage == Stage.DESIGNATED


def test_rows_go_on_after_the_highest_number():
    highest = Organization.objects.latest("pk").pk

    assert factories.VillageFactory(superior=Organization.objects.get(pk=3)).pk == highest + 1


def test_every_measured_page_answers():
    for page in pages.pages():
        client = Client()
        if page.account:
            client.force_login(Person.objects.get(username=page.account))
        assert client.get(page.address).status_code == 200, page


def test_titles_are_as_many_as_asked_for_evenly_over_the_counties():
    for code in ("990121", "990122"):
        of_the_county = Designation.objects.filter(jurisdiction__code__startswith=code)
        assert of_the_county.count() == TITLES
        assert of_the_county.filter(application__isnull=False).count() == 120
    assert size("prefecture", 7).titles == 7
    assert size("county", 60_000).titles == 60_000
    assert size("province").titles == 200 * 120
    with pytest.raises(ValueError, match="TITLES is 0 or more"):
        size("county", -1)


def test_every_title_has_its_history_and_some_stand_otherwise_than_they_were_given():
    givings = TitleStep.objects.filter(act="given")
    stands = Counter(title.status for title in queries.titles(MOMENT.date()))

    assert givings.count() == Designation.objects.count()
    assert set(TitleStep.objects.values_list("act", flat=True)) == {
        "given",
        "extended",
        "renamed",
        "corrected",
        "revoked",
        "cancelled",
    }
    assert set(stands) == set(Status) - {Status.WARNED, Status.ORDERED}
    for title in Designation.objects.prefetch_related("steps").filter(pk__lt=300):
        on_record = queries.titles(MOMENT.date()).get(pk=title.pk)
        assert title.standing_on(MOMENT.date()).status == on_record.status
    recorded = AuditEvent.objects.filter(action="title.give").values_list("subject_id", flat=True)
    alone = Designation.objects.filter(application=None).values_list("pk", flat=True)
    assert set(map(int, recorded)) == set(alone)


def test_a_database_that_holds_anything_is_refused():
    before = Organization.objects.count()

    with pytest.raises(filling.NotEmpty, match="holds data already"):
        filling.fill(Size(1, TITLES))

    assert Organization.objects.count() == before


def test_a_column_takes_the_models_default_and_one_without_must_be_named():
    source = "(SELECT id AS area FROM organizations_jurisdiction WHERE level = 'county') AS each"
    named = {"jurisdiction_id": "area", "term": "'三上三下'", "definition": "'释义'"}

    assert rows.insert("rounds.LocalTerm", source, **named) == 2

    with pytest.raises(LookupError, match=r"rounds\.LocalTerm\.jurisdiction_id has no default"):
        rows.insert("rounds.LocalTerm", source, term="'四上四下'", definition="'释义'")
    with pytest.raises(LookupError, match="no column for colour"):
        rows.insert("rounds.LocalTerm", source, **named, colour="'red'")


def filled_under(settings, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.data", *arguments],
        check=False,
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": f"designation.settings.{settings}"},
        capture_output=True,
        text=True,
    )


def test_production_is_refused_by_name():
    told = filled_under("production", "county")

    assert told.returncode == 1
    assert "Not under designation.settings.production" in told.stderr


def test_a_size_that_there_is_not_is_refused_in_words():
    told = filled_under("test", "village")

    assert told.returncode == 1
    assert "SIZE is one of county, prefecture, province." in told.stderr
    assert "Traceback" not in told.stderr
