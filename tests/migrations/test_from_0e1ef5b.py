"""A county that runs commit 0e1ef5b (0.1.0) brings its database up to this version."""

import hashlib
import json
import re
from datetime import datetime
from html import unescape

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.urls import Resolver404, resolve, reverse

from authoring.replays.models import Replay
from designation.applications import submissions
from designation.applications.models import Application, Evidence, Stage
from designation.audit import chain, events
from designation.audit.models import AuditEvent
from designation.calendar import by_time, terms
from designation.calendar.working_days import calendar
from designation.evidence.models import StoredFile
from designation.organizations.initials import initials
from designation.organizations.models import FormerName, Organization, Person, Role
from designation.register.models import Designation
from designation.rounds.models import Round, RoundDefinition
from designation.site import clock
from designation.site.sameness import key_of
from standards import publishing
from standards.models import Check, StandardVersion
from tests.factories import PASSWORD
from tests.public_addresses import public
from workflows.case.facts import Act
from workflows.case.records import Correction
from workflows.stages.conferral.decisions import designate
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice
from workflows.transitions import perform

from .kept import empty_database, read, rows_now, tables_now

# One worker makes the database once for all of these.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("a kept database")]

COUNTY = "341821000000"
OPINION = "经复核，异议所述情况已经核实。"

# Whoever drops or moves what a county has recorded says here where it went since. Nothing else
# may be gone, and nothing else may say otherwise than it did.
MOVED_TABLES = {}
MOVED_COLUMNS = {
    "notifications_outboxentry": "one event a passage",
    ("notifications_message", "entry_id"): "the event of its passage",
    ("notifications_message", "application_id"): "leads_to",
    ("notifications_message", "email_due"): "its delivery says it, and how it ended",
    ("notifications_message", "email_attempts"): "its delivery",
    ("notifications_message", "emailed_at"): "its delivery",
    # Held by the test of their jobs below.
    **{
        ("workflows_replay", name): "site_job"
        for name in (
            "attempt",
            "done",
            "ended_at",
            "heard_at",
            "requested_at",
            "requested_by_id",
            "status",
            "total",
        )
    },
    # Held by the test of the terms below.
    ("applications_application", "due_at"): "calendar_days_term",
    ("applications_application", "days_left_at_return"): "calendar_days_term",
    ("workflows_objection", "due_at"): "calendar_days_term",
    # Held by the test of the libraries below.
    ("applications_evidence", "file"): "evidence_storedfile",
    ("applications_evidence", "media_type"): "evidence_storedfile",
    ("applications_evidence", "size"): "evidence_storedfile",
    ("applications_evidence", "file_name"): "evidence_libraryentry",
    # Held by the test of their history below.
    ("register_designation", "status"): "register_titlestep",
}
REWRITTEN = {
    # An account in capitals could not be signed in to any more.
    ("organizations_person", "username"): str.lower,
}


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database of then, migrated to now; what a test does in it is rolled back."""
    before = read("county_0e1ef5b.json.gz")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("kept")),
        empty_database("kept"),
    ):
        before.restore()
        call_command("migrate", verbosity=0)
        yield before


@pytest.fixture(autouse=True)
def on_the_next_morning(kept, held_clock):
    held_clock.move_to(kept.moment)


def holder_of(kept, role):
    """The first person who holds ``role`` in the county of the tests."""
    area = kept.one("organizations_jurisdiction", code=COUNTY)["id"]
    inside = {
        row["id"]
        for row in kept.rows["organizations_organization"]
        if row["name_zh"].startswith("第")
    }
    seat = next(
        row
        for row in kept.some("organizations_seat", role=role, ended_at=None)
        if row["jurisdiction_id"] == area or row["organization_id"] in inside
    )
    return Person.objects.get(pk=seat["person_id"])


def signed_in(client, person):
    client.logout()
    answer = client.post(
        reverse("organizations:login"), {"username": person.username, "password": PASSWORD}
    )
    assert answer.status_code == 302, f"{person} cannot sign in"
    return client


def shown(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return unescape(answer.content.decode())


def links(page):
    return re.findall(r'href="(/[^"#]*)', page)


# Nothing is lost


def test_every_row_is_there_and_says_what_it_said(kept):
    gone, changed = set(), set()
    now = tables_now()
    for table in kept.tables:
        here = MOVED_TABLES.get(table, table)
        if here not in now:
            gone.add(table)
            continue
        columns = kept.data["tables"][table]["columns"]
        left = [column for column in columns if column in now[here]]
        gone |= {(table, column) for column in columns if column not in left}
        today = {row[columns[0]]: row for row in rows_now(here, left)}
        for row in kept.rows[table]:
            if row[columns[0]] not in today:
                gone.add((table, columns[0], row[columns[0]]))
                continue
            found = today[row[columns[0]]]
            changed |= {
                (table, column, row[column], found[column])
                for column in left
                if found[column] != rewritten(table, column, row[column])
            }

    assert gone == set(MOVED_COLUMNS)
    assert changed == set()


def rewritten(table, column, value):
    rule = REWRITTEN.get((table, column))
    return rule(value) if rule else value


def test_the_chain_of_then_is_proved_and_goes_on(kept, client):
    then = kept.rows["audit_auditevent"]
    last = max(then, key=lambda row: int(row["sequence"]))
    anchor = chain.Anchor(int(last["sequence"]), last["hash"])

    signed_in(client, holder_of(kept, Role.FIRST_REVIEWER))

    verdict = chain.verify(anchor)
    assert verdict.whole, verdict.explanation
    assert verdict.count == len(then) + 1
    assert AuditEvent.objects.filter(sequence__lte=anchor.sequence, format=1).count() == len(then)
    assert events.digest(AuditEvent.objects.get(sequence=anchor.sequence)) == last["hash"]


def test_a_change_of_an_event_of_then_still_breaks_the_chain(kept):
    event = AuditEvent.objects.order_by("sequence").first()
    event.details = {**event.details, "added": "afterwards"}
    assert events.digest(event) != event.hash


def test_every_replay_of_then_says_in_its_job_who_asked_and_how_it_ended(kept):
    assert kept.rows["workflows_replay"]
    for row in kept.rows["workflows_replay"]:
        job = Replay.objects.select_related("job").get(pk=row["id"]).job
        assert (job.kind, job.subject_type, job.subject_id) == (
            "replay",
            "workflows.replay",
            row["id"],
        )
        assert str(job.asked_by_id) == row["requested_by_id"]
        assert job.asked_at.isoformat(" ") == f"{row['requested_at']}:00"
        assert str(job.attempt) == row["attempt"]
        if row["ended_at"] is None:
            assert (job.state, job.done, job.ended_at) == ("queued", 0, None)
        else:
            assert (job.state, str(job.done)) == (row["status"], row["done"])
            assert job.ended_at.isoformat(" ") == f"{row['ended_at']}:00"


def test_every_deadline_of_then_is_a_term(kept):
    """What waited goes on waiting until the same moment; a reviewer's term stands still."""
    rows, returned = kept.rows["applications_application"], 0
    for row in rows:
        application = Application.objects.select_related("term__interrupts").get(pk=row["id"])
        term = application.term
        if row["due_at"] is None:
            assert term is None
            continue
        assert term.kind == f"application.{row['stage']}"
        assert (term.due_at, term.began_at) == (moment(row["due_at"]), moment(row["stage_since"]))
        assert term.ended_at is None
        assert term.role == row["holder_role"]
        if row["stage"] == Stage.RETURNED:
            returned += 1
            paused = term.interrupts
            assert str(paused.days_left) == row["days_left_at_return"]
            left = calendar().left(moment(row["stage_since"]), paused.due_at)
            assert (paused.kind, left) == (f"application.{row['returned_from']}", paused.days_left)
            assert terms.open_terms(application).count() == 2
        else:
            assert list(terms.open_terms(application)) == [term]
    assert returned

    for row in kept.rows["workflows_objection"]:
        objection = Objection.objects.select_related("term").get(pk=row["id"])
        assert objection.due_at == moment(row["due_at"])
        is_open = objection.status in (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)
        assert (objection.term.ended_at is None) == is_open
    for row in kept.rows["workflows_notice"]:
        running = terms.open_terms(Notice.objects.get(pk=row["id"]))
        assert list(running.values_list("due_at", flat=True)) == (
            [moment(row["ends_at"])] if row["status"] == "published" else []
        )


def moment(text):
    return datetime.fromisoformat(f"{text}:00")


def test_every_title_of_then_has_its_history_and_stands_as_it_stood(kept):
    assert kept.rows["register_designation"]
    for row in kept.rows["register_designation"]:
        decision = kept.one("register_designationdecision", id=row["decision_id"])
        title = Designation.objects.get(pk=row["id"])
        given = title.steps.earliest("pk")
        assert (given.act, str(given.effective_on)) == ("given", row["designated_on"])
        assert (str(given.decision_id), str(given.actor_id), given.role, given.until) == (
            row["decision_id"],
            decision["recorded_by_id"],
            Role.DECIDING_OFFICER,
            None,
        )
        assert title.standing_on(clock.today()).status == row["status"]


# Hashes


def test_a_round_of_then_says_what_its_county_said_on_the_day_of_the_upgrade(kept, client):
    begun = [row for row in kept.rows["rounds_round"] if row["status"] != "draft"]
    known = kept.rows["rounds_localterm"]
    assert begun
    for row in begun:
        own = [one for one in known if one["jurisdiction_id"] == row["jurisdiction_id"]]
        said = {one["term"]: one for one in own}
        definitions = RoundDefinition.objects.filter(round=row["id"])
        categories = Round.objects.get(pk=row["id"]).categories.values("standard")
        used = Check.objects.filter(item__version__in=categories).exclude(local_term="")
        terms = set(used.values_list("local_term", flat=True)) & said.keys()
        assert {one.term for one in definitions} == terms
        for one in definitions:
            then = said[one.term]
            assert (one.definition, one.source_document) == (
                then["definition"],
                then["source_document"],
            )
            assert (one.way, one.actor) == ("taken_over", None)
    page = client.get(public("rounds:detail", args=[begun[0]["id"]])).content.decode()
    assert "升级时，按本县当日的释义列入。" in page


def test_every_organization_of_then_is_found_by_the_initials_of_its_names(kept):
    for rows in (Organization.objects, FormerName.objects, Designation.objects):
        assert [(row.name_zh, row.name_initials) for row in rows.all()] == [
            (row.name_zh, initials(row.name_zh)) for row in rows.all()
        ]


def test_every_title_of_then_is_found_by_its_name_in_whatever_spelling(kept):
    kept_by = [(row.name_zh, row.name_key) for row in Designation.objects.all()]
    assert kept_by
    assert kept_by == [(name, key_of(name)) for name, _key in kept_by]


def test_every_file_of_then_lies_in_its_organizations_library_with_its_hashes(kept):
    rows = kept.rows["applications_evidence"]
    assert len(rows) > 20
    for row in rows:
        now = Evidence.objects.select_related("entry__stored").get(pk=row["id"])
        of = kept.one("applications_application", id=row["application_id"])["organization_id"]
        stored = now.entry.stored
        assert str(now.entry.organization_id) == of
        assert (now.sha256, stored.sha256) == (row["sha256"], row["sha256"])
        # Until then every file was kept as it was sent.
        assert now.entry.sha256_as_uploaded == row["sha256"]
        # Of copies of one content, which that version kept under several names, one is named.
        assert stored.file.name in {one["file"] for one in same(rows, row)}
        assert str(stored.size) == row["size"]
        assert (now.entry.file_name, stored.media_type) == (row["file_name"], row["media_type"])
        assert now.entry.taken_out_at is None
    assert StoredFile.objects.count() == len({row["sha256"] for row in rows})


def test_every_file_of_evidence_opens_for_its_applicant_and_bears_its_hash(kept, client):
    opened = set()
    for application in kept.rows["applications_application"]:
        wanted = {
            row["sha256"]
            for row in kept.some("applications_evidence", application_id=application["id"])
            if row["removed_at"] is None
        }
        signed_in(client, preparer_of(kept, application))
        page = shown(client, reverse("applications:case", args=[application["id"]]))
        files = {link for link in links(page) if "/evidence/" in link}
        assert wanted <= {sha256_of(client, link) for link in files}
        opened |= wanted
    assert len(opened) > 20


def same(rows, row):
    return [one for one in rows if one["sha256"] == row["sha256"]]


def preparer_of(kept, application):
    seat = kept.some(
        "organizations_seat", role=Role.PREPARER, organization_id=application["organization_id"]
    )[0]
    person = Person.objects.get(pk=seat["person_id"])
    person.set_password(PASSWORD)
    person.save()
    return person


def sha256_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return hashlib.sha256(b"".join(answer)).hexdigest()


def test_submissions_and_published_standards_bear_the_hashes_they_were_given(kept):
    for row in kept.rows["applications_submission"]:
        assert submissions.digest(json.loads(row["content"])) == row["sha256"]
    published = StandardVersion.objects.exclude(status="draft")
    assert {publishing.content_hash(version) for version in published} == {
        row["content_hash"] for row in kept.rows["standards_standardversion"] if row["content_hash"]
    }


# What people see


def test_every_case_opens_with_the_words_that_were_written_in_it(kept, client):
    signed_in(client, holder_of(kept, Role.COUNTY_COORDINATOR))
    private = {Stage.DRAFT, Stage.SELF_ASSESSED}
    seen = 0
    for application in kept.rows["applications_application"]:
        here = in_the_county(kept, application)
        if application["stage"] in private or not here or application["submission_id"] is None:
            continue
        page = shown(client, reverse("applications:case", args=[application["id"]]))
        name = kept.one("organizations_organization", id=application["organization_id"])["name_zh"]
        assert name in page
        for decision in kept.some("workflows_decision", application_id=application["id"]):
            assert decision["opinion"] in page
        seen += 1
    assert seen > 15


def in_the_county(kept, application):
    return application["area_code"].startswith(COUNTY[:6])


# Nothing stood there yet.
SINCE_THEN = {Stage.CHOSEN, Stage.RESERVE, Stage.NOT_CHOSEN}


@pytest.mark.parametrize("stage", sorted(set(Stage.values) - SINCE_THEN))
def test_the_applicant_reads_their_case_in_every_stage(kept, client, stage):
    application = kept.some("applications_application", stage=stage)[-1]
    signed_in(client, preparer_of(kept, application))

    page = shown(client, reverse("applications:case", args=[application["id"]]))

    for decision in kept.some("workflows_decision", application_id=application["id"]):
        assert decision["opinion"] in page


# Declared since: nobody held it then.
SINCE = {Role.DEPARTMENT_CLERK}


@pytest.mark.parametrize("role", sorted(set(Role.values) - SINCE))
def test_every_page_that_a_role_comes_to_answers(kept, client, role):
    """One page of each kind, by the links that lead there from the desk."""
    signed_in(client, holder_of(kept, role))
    waiting, kinds = ["/"], set()
    while waiting:
        address = waiting.pop()
        kind = kind_of(address)
        if kind is None or kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        body = b"".join(answer)
        if answer["Content-Type"].startswith("text/html"):
            waiting += links(unescape(body.decode()))
    assert len(kinds) > 5


def kind_of(address):
    """The route that an address belongs to; None where it leads to no page of ours."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return None if "logout" in (found.url_name or "") else found.route


def test_the_public_reads_the_notices_under_the_names_of_their_day(kept, client):
    page = shown(client, public("notices:list"))
    for notice in kept.rows["workflows_notice"]:
        if notice["status"] == "draft":
            continue
        assert notice["title"] in page
        read_ = shown(client, public("notices:detail", args=[notice["id"]]))
        for entry in kept.some("workflows_noticeentry", notice_id=notice["id"]):
            assert entry["printed_name"] in read_


def test_the_public_reads_a_title_under_the_name_it_was_given_to(kept, client):
    (title,) = kept.rows["register_designation"]
    (entry,) = kept.some("workflows_noticeentry", application_id=title["application_id"])

    page = shown(client, public("register:list"))

    assert title["number"] in page
    assert entry["printed_name"] in page


def test_messages_wait_in_the_inbox_they_were_delivered_to(kept, client):
    message = max(kept.some("notifications_message", read_at=None), key=lambda row: int(row["id"]))
    person = Person.objects.get(pk=message["person_id"])
    person.set_password(PASSWORD)
    person.save()
    signed_in(client, person)

    assert message["subject"] in shown(client, reverse("messages:list"))


def test_who_objected_is_unsealed_as_before(kept):
    sealed = kept.rows["workflows_objectoridentity"]
    objection = Objection.objects.get(facts="满意度不实")
    assert str(objection.pk) in {row["objection_id"] for row in sealed}

    officer = holder_of(kept, Role.OBJECTION_OFFICER)

    assert objections.identity(objection, actor=officer)["name"] == "赵六"


# What was begun goes on


def test_a_notice_of_then_is_settled_and_its_applicant_gets_the_title(kept):
    """The text of the notice bears its hash still: the gate compares it."""
    application = Application.objects.get(
        stage=Stage.AWAITING_DESIGNATION, notice_entries__notice__register_closed_at__isnull=False
    )

    designate(
        application.round,
        [application],
        document_number="青发〔2026〕9号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        actor=holder_of(kept, Role.DECIDING_OFFICER),
    )

    application.refresh_from_db()
    assert application.stage == Stage.DESIGNATED
    assert chain.verify().whole


def test_a_correction_of_then_comes_back_to_the_days_that_were_left(kept):
    row = kept.some("applications_application", stage=Stage.RETURNED)[-1]
    application = Application.objects.get(pk=row["id"])
    head = next(
        seat["person_id"]
        for seat in kept.some("organizations_seat", role=Role.HEAD)
        if seat["organization_id"] == row["organization_id"]
    )
    Correction.objects.filter(application=application).update(reply="已补充")

    perform(
        "resubmit",
        application.pk,
        actor=Person.objects.get(pk=head),
        act=Act(truth_confirmed=True),
    )

    application.refresh_from_db()
    assert application.stage == row["returned_from"]
    assert application.term.days == max(1, int(row["days_left_at_return"]))


def test_a_notice_of_then_ends_when_its_period_is_over(kept, held_clock):
    running = Notice.objects.filter(status=Notice.Status.PUBLISHED).latest("ends_at")
    held_clock.move_to(running.ends_at)

    by_time.carry_out()

    running.refresh_from_db()
    assert running.status == Notice.Status.ENDED
    assert not terms.open_terms(running).exists()


def test_an_objection_of_then_is_closed(kept):
    officer = holder_of(kept, Role.OBJECTION_OFFICER)
    objection = Objection.objects.get(facts="满意度不实")

    objections.dismiss(objection, finding=OPINION, actor=officer)

    objection.refresh_from_db()
    assert objection.status == Objection.Status.DISMISSED


def test_a_notice_drafted_then_goes_on_to_its_reader(kept):
    drafted = next(
        notice
        for notice in Notice.objects.filter(status=Notice.Status.DRAFT)
        if notice.entries.filter(dropped_at=None).exists()
    )
    reader = holder_of(kept, Role.SECRECY_REVIEWER)

    notices.review_secrecy(drafted, actor=reader)

    drafted.refresh_from_db()
    assert drafted.secrecy_reviewed_by == reader
