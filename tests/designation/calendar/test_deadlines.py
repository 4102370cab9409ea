"""Deadlines as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from designation.calendar.templatetags.deadlines import (
    days_left,
    deadline,
    is_late,
    working_days_left,
)
from designation.site.templatetags.lookups import lookup
from designation.site.templatetags.moments import day, moment
from workflows.flow import Course
from workflows.templatetags.course import transition_label

pytestmark = pytest.mark.django_db


def shanghai(date, hour=0, minute=0, month=3):
    return datetime(2026, month, date, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_an_end_at_midnight_reads_as_the_day_it_ends(held_clock):
    assert deadline(shanghai(10)) == "2026年3月9日(周一) 24:00"
    assert deadline(shanghai(10, 17, 30)) == "2026年3月10日(周二)17:30"
    assert deadline(None) == "不限期"


def test_the_days_left_are_working_days(held_clock):
    assert working_days_left(shanghai(7)) == "剩 4 个工作日"
    assert working_days_left(shanghai(9)) == "剩 4 个工作日"
    assert working_days_left(shanghai(2, 17, 30)) == "今天到期"
    assert working_days_left(None) == ""


def test_where_those_of_the_calendar_are_counted_every_day_is_left(held_clock):
    assert days_left(shanghai(9), True) == "剩 6 天"
    assert days_left(shanghai(9), False) == "剩 4 个工作日"
    assert days_left(shanghai(3), True) == "今天到期"
    assert days_left(shanghai(2, 8, 59), True) == "已逾期"
    assert days_left(None, True) == ""


def test_what_is_over_is_late_from_the_minute_after_the_one_that_is_printed(held_clock):
    due = shanghai(2, 8, 59)

    assert working_days_left(due) == "已逾期"
    assert is_late(due)
    assert not is_late(due + timedelta(minutes=1))
    assert not is_late(None)


def test_beyond_the_known_calendar_no_days_are_guessed(held_clock):
    assert working_days_left(datetime(2031, 1, 1, tzinfo=UTC)) == ""


def test_in_english_one_day_is_one_day(held_clock):
    with translation.override("en"):
        assert "2" in working_days_left(shanghai(5))


def test_a_transition_is_named_as_its_button_reads():
    assert transition_label("start") == "开始申报"
    assert transition_label("confirm") == "确认自评"


def test_every_step_of_the_history_has_its_words():
    for method, transitions in Course.stage.get_transitions().items():
        for transition in transitions:
            assert transition_label(method.slug, transition.source) == transition.label


def test_a_moment_names_its_weekday_in_shanghai():
    late_evening = datetime(2026, 4, 28, 17, 30, tzinfo=UTC)

    assert moment(late_evening) == "2026年4月29日(周三)01:30"
    assert day(late_evening) == "2026年4月29日(周三)"
    assert (moment(None), day(None)) == ("", "")
    with translation.override("en"):
        assert moment(late_evening).startswith("29 April 2026 (")
        assert moment(late_evening).endswith(" 01:30")


def test_a_key_that_is_missing_gives_nothing():
    assert lookup({"a": 1}, "a") == 1
    assert lookup({}, "a") is None
