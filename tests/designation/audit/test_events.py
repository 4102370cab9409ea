"""Appending to the audit log."""

import contextlib
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import translation
from django.utils.translation import gettext_lazy

from designation.audit import chain, events
from designation.audit.models import AuditEvent, ChainHead, WithoutSeat
from designation.organizations.models import Role
from designation.site import clock, endings, origin
from tests.factories import JurisdictionFactory, PersonFactory


def entry(subject, **changes):
    given = {
        "actor": None,
        "action": "application.recommend",
        "subject": subject,
        "jurisdiction_code": "341821000000",
        "role": WithoutSeat.SYSTEM,
    }
    return events.Entry(**(given | changes))


@pytest.fixture
def county_area(db):
    return JurisdictionFactory()


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_which_thing_and_when(county_area, held_clock):
    person = PersonFactory()
    event = events.append(
        entry(county_area, actor=person, role=Role.FIRST_REVIEWER, details={"opinion": "同意"})
    )
    event.refresh_from_db()
    assert event.at == held_clock.now()
    assert (event.actor, event.actor_role) == (person, "first_reviewer")
    assert event.action == "application.recommend"
    assert (event.subject_type, event.subject_id) == (
        "organizations.jurisdiction",
        str(county_area.pk),
    )
    assert event.subject_label == "青山县"
    assert event.jurisdiction_code == "341821000000"
    assert event.details == {"opinion": "同意"}
    assert str(event) == f"#{event.sequence} application.recommend"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"action": "application.dance"}, events.ActionUnknown),
        ({"action": ""}, events.ActionUnknown),
        ({"jurisdiction_code": ""}, events.PlaceMissing),
        ({"jurisdiction_code": "3418"}, events.PlaceMissing),
        ({"jurisdiction_code": "青山县"}, events.PlaceMissing),
        ({"jurisdiction_code": "341821000000\n"}, events.PlaceMissing),
        ({"role": ""}, events.RoleMissing),
        ({"action": "organization.edit"}, events.ChangeUntold),
        ({"action": "organization.edit", "details": {"to": "新"}}, events.ChangeUntold),
        ({"action": "round.open", "details": {"from": "draft"}}, events.ChangeUntold),
    ],
)
def test_what_lacks_words_role_place_or_what_stood_before_is_not_recorded(
    changes, lacks, county_area
):
    with pytest.raises(lacks) as told:
        entry(county_area, **changes)
    assert isinstance(told.value, events.NotRecordable)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "details"),
    [
        ("organization.edit", {"changed": {"name_zh": ["旧", "新"]}}),
        # What a person's fields say is personal: the log names them only.
        ("person.edit", {"changed": ["full_name"]}),
        ("round.open", {"from": "draft", "to": "open"}),
    ],
)
def test_a_change_says_what_stood_before_and_after_or_which_fields(action, details, county_area):
    event = events.append(entry(county_area, action=action, details=details))
    assert event.details == details


@pytest.mark.django_db
def test_what_concerns_no_area_says_so_and_stands_without_one(county_area):
    events.append(entry(county_area, jurisdiction_code=events.WHOLE_SITE))
    assert AuditEvent.objects.get().jurisdiction_code == ""


@pytest.mark.django_db
def test_each_event_holds_the_hash_of_the_one_before_it(county_area):
    first, second = events.append_many([entry(county_area), entry(county_area)])
    third = events.append(entry(county_area))
    assert first.previous_hash == ""
    assert [second.previous_hash, third.previous_hash] == [first.hash, second.hash]
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash, str(head)) == (3, third.hash, "#3")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_appending_costs_two_statements_for_any_number_of_events(
    count, county_area, django_assert_num_queries
):
    with django_assert_num_queries(2):
        events.append_many([entry(county_area) for _number in range(count)])


@pytest.mark.django_db
def test_a_batch_of_thousands_is_written_in_pieces_of_five_hundred(
    county_area, django_assert_num_queries
):
    said = entry(county_area)
    with django_assert_num_queries(1 + 3):
        written = events.append_many([said] * 1001)

    assert [one.sequence for one in written] == list(range(1, 1002))
    assert chain.verify().count == ChainHead.objects.get().sequence == 1001


@pytest.mark.django_db
def test_what_is_appended_within_an_act_is_written_at_its_end_all_together(county_area):
    seen = []

    def watch(execute, sql, *rest):
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch), endings.act():
        first = events.append(entry(county_area))
        with transaction.atomic(), endings.act():
            events.append_many([entry(county_area), entry(county_area)])
        county_area.save()
    written = [sql for sql in seen if "SAVEPOINT" not in sql]
    assert [sql.split()[0] for sql in written] == ["UPDATE", "SELECT", "INSERT"]
    assert "audit_chainhead" in written[1]
    first.refresh_from_db()
    assert (first.sequence, chain.verify().count) == (1, 3)


@pytest.mark.django_db
def test_what_an_act_took_back_half_way_is_not_recorded(county_area):
    with endings.act():
        events.append(entry(county_area, details={"n": 1}))
        with contextlib.suppress(RuntimeError), transaction.atomic():
            events.append(entry(county_area, details={"n": 2}))
            raise RuntimeError
        events.append(entry(county_area, details={"n": 3}))
    kept = AuditEvent.objects.order_by("sequence")
    assert [event.details["n"] for event in kept] == [1, 3]


@pytest.mark.django_db
def test_an_act_that_fails_records_nothing_and_the_next_writes_at_once(county_area):
    with contextlib.suppress(RuntimeError), endings.act():
        events.append(entry(county_area))
        raise RuntimeError
    assert not AuditEvent.objects.exists()
    assert events.append(entry(county_area)).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_the_commit_comes_after_the_record():
    area, found = JurisdictionFactory(), []
    with endings.act():
        events.append(entry(area))
        transaction.on_commit(lambda: found.append(AuditEvent.objects.count()))
    assert found == [1]


@pytest.mark.django_db
def test_nothing_to_record_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert events.append_many([]) == []


@pytest.fixture
def at_a_desk(rf):
    """Appends as if within a request from one address."""

    def append(given):
        made = []
        request = rf.get("/", REMOTE_ADDR="203.0.113.7")
        origin.Origin(lambda _request: made.append(events.append(given)))(request)
        made[0].refresh_from_db()
        return made[0]

    return append


@pytest.mark.django_db
def test_an_event_bears_where_its_actor_acted_from(county_area, at_a_desk):
    acted = {"actor": PersonFactory(), "role": Role.FIRST_REVIEWER}
    assert at_a_desk(entry(county_area, **acted)).origin == "203.0.113.7"
    assert events.append(entry(county_area, **acted)).origin == ""


@pytest.mark.django_db
def test_where_the_public_sent_from_is_not_written_down(county_area, at_a_desk):
    assert (
        at_a_desk(entry(county_area, action="objection.receive", role=WithoutSeat.PUBLIC)).origin
        == ""
    )


@pytest.mark.django_db
def test_a_failed_sign_in_has_no_actor_and_bears_its_origin(county_area, at_a_desk):
    assert (
        at_a_desk(entry(county_area, role=WithoutSeat.PUBLIC, origin="198.51.100.9")).origin
        == "198.51.100.9"
    )


@pytest.mark.django_db
def test_the_record_is_in_one_language_whoever_acts(county_area):
    with translation.override("en"):
        event = events.append(entry(county_area, details={"reason": gettext_lazy("名称")}))
    assert event.subject_label == "青山县"
    assert event.details == {"reason": "名称"}


@pytest.mark.django_db
def test_values_of_every_type_come_back_as_they_were_hashed(county_area):
    details = {
        "number": 7,
        "yes": True,
        "none": None,
        "rate": Decimal("98.50"),
        "large": 1e22,
        "day": date(2026, 3, 2),
        "moment": datetime(2026, 3, 2, 1, tzinfo=UTC),
        "role": Role.VERIFIER,
        "list": [1, (2, {"b": 1.5, "a": None})],
        "set": {"b", "a"},
        3: "key",
    }
    event = events.append(entry(county_area, details=details))
    kept = AuditEvent.objects.get()
    assert kept.details == event.details
    assert kept.details["rate"] == "98.50"
    assert kept.details["role"] == "verifier"
    assert kept.details["set"] == ["a", "b"]
    assert events.digest(kept) == kept.hash
    assert chain.verify().whole


@pytest.mark.django_db
def test_a_label_longer_than_its_column_is_cut(county_area):
    county_area.name_zh = "长" * 400
    assert len(events.append(entry(county_area)).subject_label) == 300


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        events.append(entry(JurisdictionFactory()))
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_event_and_no_gap():
    area = JurisdictionFactory()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the body is the case
        events.append(entry(area))
        raise RuntimeError
    with transaction.atomic():
        assert events.append(entry(area)).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_never_fork_the_chain():
    area = JurisdictionFactory()
    start = threading.Barrier(2)
    failures = []

    def write():
        try:
            start.wait()
            for _number in range(20):
                with transaction.atomic():
                    events.append(entry(area))
        except Exception as failure:  # noqa: BLE001 - told by the assertion below
            failures.append(failure)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert chain.verify() == chain.Verdict(
        40, last=chain.Anchor(40, AuditEvent.objects.get(sequence=40).hash)
    )


TAMPERING = [
    "UPDATE audit_auditevent SET action = 'other'",
    "DELETE FROM audit_auditevent",
    "UPDATE audit_chainhead SET sequence = 9",
    "DELETE FROM audit_chainhead",
    "TRUNCATE audit_auditevent",
    "TRUNCATE audit_chainhead",
    # Once this let anybody empty the log who could speak to the database.
    "SET LOCAL designation.audit_flush = 'on'; TRUNCATE audit_auditevent",
    "SET LOCAL designation.audit_flush = 'on'; TRUNCATE audit_chainhead",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_touch_the_record(statement, county_area):
    events.append(entry(county_area))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
    assert chain.verify().count == 1


@pytest.mark.django_db
def test_no_guard_of_the_database_asks_a_setting_that_a_session_can_make():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid"
            " WHERE prosrc ~* 'current_setting|session_user|current_user|application_name'"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_every_table_that_is_only_added_to_refuses_to_be_emptied_too():
    with connection.cursor() as cursor:
        # What is never changed or deleted: a trigger before both that asks no condition.
        cursor.execute("""
            SELECT tgrelid::regclass::text, prosrc ~ '^\\s*BEGIN\\s*RAISE'
            FROM pg_trigger JOIN pg_proc ON tgfoid = pg_proc.oid
            WHERE NOT tgisinternal AND tgtype & 26 = 26
        """)
        kept = {table for table, always in cursor.fetchall() if always}
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'no_truncate' AND tgenabled = 'O'"
        )
        guarded = {table for (table,) in cursor.fetchall()}
    assert {"audit_auditevent", "organizations_formername", "workflows_noticestep"} <= kept
    assert kept <= guarded


def following(last, *, sequence=None, previous_hash=None, hash_="0" * 64, **changes):
    """A row as one would write it past the writer."""
    given = {
        "sequence": last.sequence + 1 if sequence is None else sequence,
        "at": clock.now(),
        "action": "forged",
        "subject_type": "x",
        "subject_id": "1",
        "subject_label": "x",
        "previous_hash": last.hash if previous_hash is None else previous_hash,
        "hash": hash_,
    }
    return AuditEvent(**given | changes)


@pytest.mark.django_db
@pytest.mark.parametrize(("sequence", "previous_hash"), [(1, ""), (2, "f" * 64), (3, None)])
def test_the_database_refuses_an_event_that_does_not_follow_the_last(
    sequence, previous_hash, county_area
):
    last = events.append(entry(county_area))
    forged = following(last, sequence=sequence, previous_hash=previous_hash)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.bulk_create([forged])
    assert chain.verify().count == 1


A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.mark.django_db
@pytest.mark.parametrize(
    "batch",
    [
        pytest.param([{"hash_": A}, {"sequence": 4, "previous_hash": A}], id="a gap"),
        pytest.param([{"hash_": A}, {"sequence": 3, "previous_hash": B}], id="not joined"),
        pytest.param([{"sequence": 3, "hash_": A}], id="does not begin at the head"),
        pytest.param(
            [{"hash_": A}, {"sequence": 3, "hash_": B}], id="two that follow the same one"
        ),
        pytest.param(
            [
                {"hash_": A},
                {"sequence": 3, "previous_hash": A, "hash_": B},
                {"sequence": 4, "previous_hash": A, "hash_": C},
            ],
            id="forks at its end",
        ),
        pytest.param([{"previous_hash": "", "sequence": 1}], id="begins anew"),
        pytest.param([{"sequence": 0, "previous_hash": ""}], id="before the first"),
    ],
)
def test_the_database_refuses_a_batch_that_does_not_continue_the_chain(batch, county_area):
    last = events.append(entry(county_area))
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.bulk_create([following(last, **row) for row in batch])
    assert ChainHead.objects.get().sequence == 1
    assert chain.verify().count == 1


@pytest.mark.django_db
def test_a_batch_that_continues_the_chain_moves_the_head_to_its_last(county_area):
    last = events.append(entry(county_area))
    batch = [
        following(last, hash_=A),
        following(last, sequence=3, previous_hash=A, hash_=B),
        following(last, sequence=4, previous_hash=B, hash_=C),
    ]
    # In whatever order its rows come.
    AuditEvent.objects.bulk_create(reversed(batch))
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash) == (4, C)


@pytest.mark.django_db
def test_a_statement_that_adds_nothing_leaves_the_head_where_it_is(county_area):
    last = events.append(entry(county_area))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent SELECT * FROM audit_auditevent WHERE sequence > 1"
        )
    assert ChainHead.objects.get().hash == last.hash


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"chain": "other"}, {"algorithm": "md5"}, {"format": 4}])
def test_the_database_knows_one_chain_one_algorithm_and_the_formats_written(changes, county_area):
    last = events.append(entry(county_area))
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.bulk_create([following(last, actor_role="system", **changes)])


@pytest.mark.django_db
def test_an_event_names_its_chain_its_format_and_its_algorithm_and_the_hash_covers_them(
    county_area,
):
    events.append(entry(county_area))
    kept = AuditEvent.objects.get()
    assert (kept.chain, kept.format, kept.algorithm) == ("site", 3, "sha256")
    assert ChainHead.objects.get().chain == "site"
    for name, value in (("chain", "other"), ("format", 2), ("algorithm", "sha512")):
        kept.refresh_from_db()
        setattr(kept, name, value)
        assert events.digest(kept) != kept.hash, name
