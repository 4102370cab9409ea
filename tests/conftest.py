"""What every test stands on: published standards, the calendar, a clock held in March 2026."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.operations import DatabaseOperations
from django.urls import set_urlconf
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from designation.calendar import working_days
from designation.site import clock
from standards import catalogue

from .course import County
from .emptying import as_the_owner
from .own_standards import OwnStandards

# Monday 2 March 2026, 09:00 in Shanghai: working weeks lie ahead.
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

# No property is held to a time: machines differ threefold, and other work goes on beside.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis_settings.register_profile("unhurried", **UNHURRIED)
hypothesis_settings.load_profile("unhurried")
# For the short loop (make quick): a tenth of the examples.
hypothesis_settings.register_profile("quick", max_examples=10, **UNHURRIED)


class Clock:
    """The tests' clock: stands still until it is moved."""

    def __init__(self):
        self.moment = START

    def now(self):
        return self.moment

    def move_to(self, moment):
        self.moment = moment

    def move(self, delta):
        self.moment += delta


def pytest_make_parametrize_id(val):
    """Files bear the second in which they were made: no two workers may call a test otherwise."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def emptied_as_the_owner():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", as_the_owner())
        yield


@pytest.fixture(autouse=True)
def held_clock(monkeypatch):
    """For every test, wanted or not: a run that goes on over midnight asks no other day."""
    held = Clock()
    monkeypatch.setattr(clock, "now", held.now)
    return held


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_reference_data()


def load_reference_data():
    """Standards and calendar, as every installation has them."""
    call_command("load_standards", verbosity=0)
    call_command("load_calendar", verbosity=0)
    catalogue.forget()
    working_days.forget()


@pytest.fixture
def reference_data(transactional_db):
    """For tests with real transactions, whose flush takes the reference data away."""
    load_reference_data()
    yield
    catalogue.forget()
    working_days.forget()


@pytest.fixture(autouse=True)
def chinese_first():
    """A request leaves its language and its addresses in the thread; the next test begins anew."""
    translation.activate("zh-hans")
    set_urlconf(None)


@pytest.fixture
def county(db, held_clock):
    # Whoever ran before may have left what is kept in memory read or unread: counted statements may
    # not tell.
    working_days.calendar()
    made = County()
    catalogue.published(made.round_category.standard_id)
    catalogue.item_codes(made.round_category.standard_id)
    return made


@pytest.fixture
def own(county):
    return OwnStandards(county.jurisdiction)
