"""How titles stand from one day to another: kept by the database beside what happened to them."""

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from designation.register.models import TitleSpan
from designation.register.standing import Act, Status
from tests.designation.register.test_standing import DAY, GIVEN_ON, LAST_DAY, a_title, happened
from tests.workflows.test_door import one_waits_for_the_other

THEIR_MIGRATION = "designation.register.migrations.0017_spans_of_titles"
ORDERED_ON, PASSED_ON = date(2027, 5, 1), date(2027, 5, 20)


def spans(title):
    """Of each its first and last day, the status, and the last day of an order."""
    return list(title.spans.values_list("begins", "ends", "status", "correct_by"))


def test_a_title_stands_in_force_through_its_term_and_is_over_ever_after(db, held_clock):
    assert spans(a_title()) == [
        (GIVEN_ON, LAST_DAY, Status.VALID, None),
        (LAST_DAY + DAY, None, Status.EXPIRED, None),
    ]


def test_what_happens_to_a_title_begins_a_span_and_what_changes_nothing_begins_none(db, held_clock):
    title = a_title()
    happened(title, Act.ORDERED, ORDERED_ON, correct_by=ORDERED_ON + 30 * DAY)
    happened(title, Act.RENAMED, ORDERED_ON + DAY)
    happened(title, Act.PASSED, PASSED_ON)

    assert spans(title) == [
        (GIVEN_ON, ORDERED_ON - DAY, Status.VALID, None),
        (ORDERED_ON, PASSED_ON - DAY, Status.ORDERED, ORDERED_ON + 30 * DAY),
        (PASSED_ON, LAST_DAY, Status.VALID, None),
        (LAST_DAY + DAY, None, Status.EXPIRED, None),
    ]


def test_what_is_recorded_late_changes_the_spans_of_before(db, held_clock):
    title = a_title()
    happened(title, Act.REVOKED, PASSED_ON)
    happened(title, Act.WARNED, ORDERED_ON)

    assert [status for _begins, _ends, status, _by in spans(title)] == [
        Status.VALID,
        Status.WARNED,
        Status.REVOKED,
    ]


def test_a_span_knows_how_long_after_the_naming_it_begins(db, held_clock):
    title = a_title()

    assert list(title.spans.values_list("after", "designated_on")) == [
        (0, GIVEN_ON),
        ((LAST_DAY + DAY - GIVEN_ON).days, GIVEN_ON),
    ]


@pytest.mark.parametrize(
    "write",
    [
        lambda title: TitleSpan.objects.filter(title=title).update(status=Status.REVOKED),
        lambda title: title.spans.create(
            designated_on=GIVEN_ON, begins=GIVEN_ON + DAY, status="valid", until=LAST_DAY, after=1
        ),
        lambda title: TitleSpan.objects.filter(title=title).delete(),
        lambda _title: connection.cursor().execute("TRUNCATE register_titlespan"),
    ],
)
def test_nobody_else_writes_a_span(db, held_clock, write):
    title = a_title()
    before = spans(title)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="worked out from what happened"), transaction.atomic():
        write(title)

    assert spans(title) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_things_that_happen_at_once_the_spans_say_both(reference_data, held_clock):
    title = a_title()

    one_waits_for_the_other(
        lambda: happened(title, Act.WARNED, ORDERED_ON),
        lambda: happened(title, Act.REVOKED, PASSED_ON),
    )

    assert [status for _begins, _ends, status, _by in spans(title)] == [
        Status.VALID,
        Status.WARNED,
        Status.REVOKED,
    ]


def test_spans_that_an_owner_spoilt_are_written_again_from_what_happened(db, held_clock):
    title = a_title()
    happened(title, Act.WARNED, ORDERED_ON)
    kept = spans(title)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE register_titlespan DISABLE TRIGGER USER")
        cursor.execute("UPDATE register_titlespan SET status = 'revoked'")
        cursor.execute("ALTER TABLE register_titlespan ENABLE TRIGGER USER")
        assert spans(title) != kept
        cursor.execute(import_module(THEIR_MIGRATION).REBUILD)

    assert spans(title) == kept
