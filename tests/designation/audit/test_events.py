"""Appending to the audit log."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import translation
from django.utils.translation import gettext_lazy

from designation import settings
from designation.audit import chain, events
from designation.audit.models import AuditEvent, ChainHead, WithoutSeat
from designation.organizations.models import Role
from designation.site import clock, origin
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
    "SET LOCAL designation.audit_flush = 'off'; TRUNCATE audit_auditevent",
    "SET LOCAL designation.audit_flush = 'off'; TRUNCATE audit_chainhead",
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
@pytest.mark.parametrize(("sequence", "previous_hash"), [(1, ""), (2, "f" * 64), (3, None)])
def test_the_database_refuses_an_event_that_does_not_follow_the_last(
    sequence, previous_hash, county_area
):
    last = events.append(entry(county_area))
    forged = AuditEvent(
        sequence=sequence,
        at=clock.now(),
        action="forged",
        subject_type="x",
        subject_id="1",
        subject_label="x",
        previous_hash=last.hash if previous_hash is None else previous_hash,
        hash="0" * 64,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.bulk_create([forged])
    assert chain.verify().count == 1


@pytest.mark.parametrize("name", ["base", "production", "development", "demo"])
def test_only_the_settings_of_the_tests_let_the_log_be_emptied(name):
    text = Path(settings.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    assert "audit_flush" not in text
