"""What the register said of a title in a column becomes the beginning of its history."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection

from designation.organizations.models import Role
from designation.register.giving import give, record_decision
from designation.register.models import TitleStep
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def today():
    """As the migration asks: the database's day, which is one for the whole transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
        return cursor.fetchone()[0]


def as_it_was(status, until):
    """A title of before: ``status`` in its column, and no history."""
    village = factories.VillageFactory()
    officer = factories.seated(Role.DECIDING_OFFICER, village.jurisdiction.parent)
    decision = record_decision(
        document_number="青发〔2024〕3号",
        decided_on=date(2024, 6, 3),
        deciding_body="中共青山县委",
        area_code=village.jurisdiction.code,
        actor=officer,
    )
    title = give(village, category="NC", decision=decision, until=until, actor=officer)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE register_titlestep DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM register_titlestep")
        cursor.execute("ALTER TABLE register_titlestep ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE register_designation ADD COLUMN status text")
        cursor.execute("UPDATE register_designation SET status = %s", [status])
    return title


def migrate():
    before = import_module("designation.register.migrations.0005_what_happened_before")
    with connection.cursor() as cursor:
        cursor.execute(before.GIVEN)
        cursor.execute(before.ENDED)


def test_every_title_was_given_by_who_recorded_its_decision(today):
    title = as_it_was("valid", today + DAY)

    migrate()

    step = TitleStep.objects.get()
    assert (step.title, step.act, step.effective_on) == (title, "given", date(2024, 6, 3))
    assert (step.decision, step.actor) == (title.decision, title.decision.recorded_by)
    assert (step.role, step.at) == (Role.DECIDING_OFFICER, title.decision.recorded_at)
    assert title.standing_on(today).status == "valid"


@pytest.mark.parametrize("status", ["revoked", "cancelled"])
def test_what_was_ended_is_so_from_the_day_on_which_that_is_known(status, today):
    title = as_it_was(status, today + DAY)

    migrate()

    assert title.standing_on(today).status == status
    assert title.standing_on(today - DAY).status == "valid"
    step = title.steps.get(act=status)
    assert (step.actor, step.role) == (None, "system")
    assert "起始日期不详" in step.reason


@pytest.mark.parametrize(
    ("days", "stood"), [(9, -1), (-9, -9)], ids=["within its term", "after its last day"]
)
def test_what_was_called_expired_stood_until_its_last_day_or_the_day_before(today, days, stood):
    stood_until = today + stood * DAY
    title = as_it_was("expired", today + days * DAY)

    migrate()

    assert title.standing_on(stood_until).status == "valid"
    assert title.standing_on(stood_until + DAY).status == "expired"
    assert title.standing_on(today).until == stood_until
