"""Proving the chain: tampering with the triggers off is found and named."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction

from designation.audit import chain, events
from designation.audit.models import AuditEvent, ChainHead, WithoutSeat
from tests.factories import JurisdictionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def five_events():
    area = JurisdictionFactory()
    with transaction.atomic():
        events.append_many(
            [
                events.Entry(
                    None,
                    "application.submit",
                    area,
                    area.code,
                    WithoutSeat.SYSTEM,
                    details={"n": number},
                )
                for number in range(1, 6)
            ]
        )


@pytest.fixture
def tamper(five_events):
    """Runs a statement as one would who may switch the triggers off."""

    def run(*statements):
        with connection.cursor() as cursor:
            for table in ("audit_auditevent", "audit_chainhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            for table in ("audit_auditevent", "audit_chainhead"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


GIVEN_LATER = "UPDATE audit_auditevent SET {later} WHERE sequence = {sequence}"
TAKEN_OUT = "DELETE FROM audit_auditevent WHERE sequence = {sequence}"
FORGED = (
    "INSERT INTO audit_auditevent (sequence, at, actor_role, action, subject_type, subject_id,"
    " subject_label, jurisdiction_code, details, previous_hash, hash)"
    " SELECT {sequence}, at, '', 'forged', subject_type, subject_id, subject_label,"
    " jurisdiction_code, '{{}}', {previous}, 'forged' FROM audit_auditevent WHERE sequence = 5"
)


@pytest.mark.parametrize(
    ("statements", "broken_at", "reason"),
    [
        (["UPDATE audit_auditevent SET details = '{}' WHERE sequence = 2"], 2, "content"),
        (
            ["UPDATE audit_auditevent SET at = at + interval '1 day' WHERE sequence = 3"],
            3,
            "content",
        ),
        (["UPDATE audit_auditevent SET origin = '10.0.0.9' WHERE sequence = 2"], 2, "content"),
        (["UPDATE audit_auditevent SET format = 1 WHERE sequence = 2"], 2, "content"),
        (["UPDATE audit_auditevent SET previous_hash = 'x' WHERE sequence = 4"], 4, "link"),
        (["DELETE FROM audit_auditevent WHERE sequence = 3"], 3, "missing"),
        (["DELETE FROM audit_auditevent WHERE sequence = 1"], 1, "missing"),
        (
            [
                "DELETE FROM audit_auditevent WHERE sequence = 3",
                "UPDATE audit_auditevent SET sequence = 3 WHERE sequence = 4",
                "UPDATE audit_auditevent SET sequence = 4 WHERE sequence = 5",
            ],
            3,
            "link",
        ),
        ([FORGED.format(sequence=6, previous="hash")], 6, "content"),
        ([FORGED.format(sequence=6, previous="'x'")], 6, "link"),
        (["DELETE FROM audit_auditevent WHERE sequence > 3"], 4, "tail"),
        (["DELETE FROM audit_auditevent"], 1, "tail"),
        (["UPDATE audit_chainhead SET sequence = 4"], 4, "head"),
        (["UPDATE audit_chainhead SET hash = 'x'"], 5, "head"),
        (["UPDATE audit_chainhead SET sequence = 0, hash = ''"], 5, "head"),
        (["DELETE FROM audit_chainhead"], 5, "head"),
    ],
)
def test_tampering_is_found_at_the_first_broken_link(statements, broken_at, reason, tamper):
    tamper(*statements)
    verdict = chain.verify()
    assert (verdict.broken_at, verdict.reason) == (broken_at, reason)
    assert not verdict.whole
    assert str(broken_at) in verdict.explanation
    with pytest.raises(CommandError, match=f"第 {broken_at} 个事件") as told:
        call_command("verify_audit")
    assert told.value.returncode == 1


def test_a_whole_chain_is_told_with_its_head(five_events):
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    last = AuditEvent.objects.get(sequence=5)
    assert "共 5 个事件" in out.getvalue()
    assert f"5:{last.hash}" in out.getvalue()


def test_an_empty_log_is_whole():
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert chain.verify() == chain.Verdict(0)
    assert out.getvalue().count("\n") == 1


def test_an_anchor_kept_elsewhere_agrees_with_the_chain_it_came_from(five_events):
    kept = chain.verify().last
    area = JurisdictionFactory()
    with transaction.atomic():
        events.append(events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM))
    assert chain.verify(kept).whole
    call_command("verify_audit", anchor=kept, stdout=io.StringIO())


def test_a_chain_rewritten_as_a_whole_shows_only_against_an_anchor(tamper):
    kept = chain.verify().last
    tamper("DELETE FROM audit_auditevent", "UPDATE audit_chainhead SET sequence = 0, hash = ''")
    area = JurisdictionFactory()
    with transaction.atomic():
        events.append_many(
            [events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM)] * 5
        )
    assert chain.verify().whole
    against = chain.verify(kept)
    assert (against.broken_at, against.reason) == (5, "anchor")


def test_a_chain_cut_behind_its_anchor_shows_too(tamper):
    kept = chain.verify().last
    tamper(
        "DELETE FROM audit_auditevent WHERE sequence > 3",
        "UPDATE audit_chainhead SET sequence = 3,"
        " hash = (SELECT hash FROM audit_auditevent WHERE sequence = 3)",
    )
    assert chain.verify().whole
    assert (chain.verify(kept).broken_at, chain.verify(kept).reason) == (4, "tail")


@pytest.mark.parametrize("text", ["5", "five:abc", "5:"])
def test_an_anchor_that_cannot_be_read_is_refused(text):
    with pytest.raises(CommandError, match="SEQUENCE:HASH"):
        call_command("verify_audit", f"--anchor={text}")


def test_the_command_reads_the_anchor_as_it_printed_it(five_events):
    last = chain.verify().last
    call_command("verify_audit", f"--anchor={last.sequence}:{last.hash}", stdout=io.StringIO())


def test_events_appended_during_the_walk_do_not_break_it(five_events, monkeypatch):
    walk = chain._events

    def interrupted():
        area = JurisdictionFactory()
        with transaction.atomic():
            events.append(
                events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM)
            )
        yield from walk()

    monkeypatch.setattr(chain, "_events", interrupted)
    assert chain.verify().count == 6


OLD = {
    "sequence": 1,
    "at": datetime(2026, 3, 2, 1, tzinfo=UTC),
    "actor_role": "head",
    "action": "application.submit",
    "subject_type": "applications.application",
    "subject_id": "7",
    "subject_label": "红旗村党支部",
    "jurisdiction_code": "341821104000",
    "details": {"opinion": "同意"},
    "previous_hash": "",
    "hash": "488302d8d36d2f15abdbca211581936c967917f3e2ebe11e9ff3cc3fc62eb07b",
}


def insert_as_before(**changes):
    """An event as it was written when the log knew no origin and no format."""
    AuditEvent.objects.create(**OLD | changes)


def test_events_from_before_the_origin_was_known_verify_as_they_did():
    insert_as_before()
    area = JurisdictionFactory()
    with transaction.atomic():
        events.append(events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM))

    assert chain.verify().whole
    assert list(AuditEvent.objects.order_by("pk").values_list("format", flat=True)) == [1, 3]


SECOND = OLD | {
    "sequence": 2,
    "format": 2,
    "origin": "203.0.113.7",
    "previous_hash": OLD["hash"],
    "hash": "f486d330bec42cfee8b2c361b40f4e8cedbb64059dbaaca7e08a3caeb8af0d1e",
}


def test_events_from_before_the_chain_was_named_verify_as_they_did(tamper):
    tamper("DELETE FROM audit_auditevent", "UPDATE audit_chainhead SET sequence = 0, hash = ''")
    insert_as_before()
    insert_as_before(**SECOND)

    assert chain.verify() == chain.Verdict(2, last=chain.Anchor(2, SECOND["hash"]))


@pytest.mark.parametrize(
    "later", ["chain = 'other'", "algorithm = 'sha512'", "chain = 'other', algorithm = 'md5'"]
)
@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_chain_or_an_algorithm_given_later_is_found(later, sequence, tamper):
    tamper("DELETE FROM audit_auditevent", "UPDATE audit_chainhead SET sequence = 0, hash = ''")
    insert_as_before()
    insert_as_before(**SECOND)
    area = JurisdictionFactory(code="341822000000")
    with transaction.atomic():
        events.append(events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM))
    tamper(
        "ALTER TABLE audit_auditevent DROP CONSTRAINT audit_chain_and_algorithm_known",
        GIVEN_LATER.format(later=later, sequence=sequence),
    )
    try:
        assert (chain.verify().broken_at, chain.verify().reason) == (sequence, "content")
    finally:
        tamper(
            TAKEN_OUT.format(sequence=sequence),
            "ALTER TABLE audit_auditevent ADD CONSTRAINT audit_chain_and_algorithm_known"
            " CHECK (algorithm = 'sha256' AND chain = 'site')",
        )


def test_an_origin_given_later_to_an_event_of_before_is_refused_and_found(tamper):
    with pytest.raises(IntegrityError, match="audit_format_known"):
        insert_as_before(origin="10.0.0.9")
    tamper("DELETE FROM audit_auditevent", "UPDATE audit_chainhead SET sequence = 0, hash = ''")
    insert_as_before()
    tamper("UPDATE audit_auditevent SET origin = '10.0.0.9', format = 2")

    assert chain.verify().reason == "content"


def test_a_head_taken_from_a_log_with_events_is_not_laid_anew(tamper):
    tamper("DELETE FROM audit_chainhead")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert not ChainHead.objects.exists()
    area = JurisdictionFactory()
    with pytest.raises(ChainHead.DoesNotExist), transaction.atomic():
        events.append(events.Entry(None, "application.submit", area, area.code, WithoutSeat.SYSTEM))
