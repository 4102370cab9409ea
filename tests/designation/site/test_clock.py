"""The one clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from designation.site import clock
from tests.conftest import START

THE_CLOCK = clock.now


@pytest.fixture
def let_go(held_clock, monkeypatch):
    """Of the clock itself is asked here, which is held for every other test."""
    monkeypatch.setattr(clock, "now", THE_CLOCK)


def late_evening_in_utc():
    return datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


def morning_in_shanghai():
    return datetime(2026, 3, 2, 9, 0, tzinfo=clock.SHANGHAI)


def nowhere_in_particular():
    return datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - the point of the test


def test_the_present_moment_comes_from_where_the_settings_say(settings, let_go):
    settings.CLOCK = f"{__name__}.late_evening_in_utc"
    assert clock.now() == late_evening_in_utc()


def test_the_date_is_that_of_shanghai(settings, let_go):
    settings.CLOCK = f"{__name__}.late_evening_in_utc"
    assert clock.today() == date(2026, 3, 2)


def test_a_moment_of_another_zone_is_given_in_utc(settings, let_go):
    settings.CLOCK = f"{__name__}.morning_in_shanghai"
    assert clock.now().tzinfo is UTC
    assert clock.now().hour == 1


def test_a_clock_without_a_time_zone_is_refused(settings, let_go):
    settings.CLOCK = f"{__name__}.nowhere_in_particular"
    with pytest.raises(ImproperlyConfigured, match="aware"):
        clock.now()


@time_machine.travel(datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC), tick=False)
def test_outside_the_demo_it_is_the_system_s_clock(settings, let_go):
    assert settings.CLOCK == "designation.site.clock.system_now"
    assert clock.now() == datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def test_no_test_asks_what_day_it_really_is():
    """Or it would fail in a run that goes on over midnight."""
    assert clock.now() == START


def test_what_was_typed_as_received_at_24_00_of_the_last_day_came_in_time():
    end = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)

    assert not clock.came_late(end, end)
    assert not clock.came_late(end, end - timedelta(minutes=1))
    assert clock.came_late(end, end + timedelta(seconds=1))


def test_what_is_sent_now_comes_late_at_the_end_itself(held_clock):
    held_clock.move_to(end := datetime(2026, 3, 9, 16, 0, tzinfo=UTC))

    assert clock.came_late(end, None)
