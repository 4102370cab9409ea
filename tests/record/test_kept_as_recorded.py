"""Nothing that was once recorded is rewritten: the database itself refuses it."""

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Stage, Submission
from workflows.case.records import Decision

pytestmark = pytest.mark.django_db

TAMPERING = [
    "UPDATE workflows_decision SET opinion = 'x'",
    "UPDATE workflows_decision SET actor_role = 'head'",
    "UPDATE workflows_decision SET at = at",
    "DELETE FROM workflows_decision",
    "TRUNCATE workflows_decision CASCADE",
    "UPDATE applications_submission SET content = '{}'",
    "UPDATE applications_submission SET sha256 = 'x'",
    "UPDATE applications_submission SET opened_at = now(), number = 9",
    "DELETE FROM applications_submission",
    "TRUNCATE applications_submission CASCADE",
]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Decision, Submission)]


@pytest.mark.parametrize("statement", TAMPERING)
def test_what_was_decided_and_handed_in_stays_as_it_was(statement, county):
    assert county.at(Stage.SUBMITTED)
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="is kept as it was"), transaction.atomic():
            cursor.execute(statement)
    assert rows() == before


def test_that_a_submission_was_opened_is_noted_once(county):
    submission = county.at(Stage.SUBMITTED).submission
    opening = Submission.objects.filter(pk=submission.pk)

    assert opening.update(opened_at=submission.submitted_at) == 1
    for later in (None, submission.submitted_at.replace(year=2030)):
        with pytest.raises(IntegrityError, match="handed in"), transaction.atomic():
            opening.update(opened_at=later)


@pytest.mark.parametrize("table", ["workflows_decision", "applications_submission"])
def test_emptying_the_table_is_no_way_around(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname = 'no_truncate' AND tgenabled = 'O'",
            [table],
        )
        assert cursor.fetchone() == (1,)
