"""A minute that is printed belongs to the period; an end at 24:00 is the end itself."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from designation.applications.models import Application, Stage
from designation.calendar.templatetags.deadlines import is_late, working_days_left
from designation.rounds.models import Round
from designation.site import clock
from designation.site.clock import SHANGHAI
from designation.site.refusal import Refusal
from tests.public_addresses import public
from workflows import transitions
from workflows.stages.objections.objections import raise_objection


def shanghai(hour, minute=0, second=0, microsecond=0, day=10):
    return datetime(2026, 3, day, hour, minute, second, microsecond, tzinfo=SHANGHAI)


HALF_PAST_FIVE = shanghai(17, 30)
MIDNIGHT = shanghai(0, day=11)
LAST = [shanghai(17, 30), shanghai(17, 30, 1), shanghai(17, 30, 59, 999_999)]


@pytest.mark.parametrize("moment", LAST)
def test_the_whole_printed_minute_belongs_to_the_period(moment):
    assert not clock.is_over(HALF_PAST_FIVE, moment)


def test_the_minute_after_it_does_not():
    assert clock.is_over(HALF_PAST_FIVE, shanghai(17, 31))


def test_a_day_ends_at_24_00_sharp():
    assert not clock.is_over(MIDNIGHT, shanghai(23, 59, 59, 999_999))
    assert clock.is_over(MIDNIGHT, MIDNIGHT)


@given(st.integers(-90_000, 180_000), st.sampled_from([0, 1, 17 * 60 + 30, 23 * 60 + 59]))
def test_a_period_once_over_stays_over(seconds, minute):
    end, at = shanghai(0) + timedelta(minutes=minute), shanghai(0) + timedelta(seconds=seconds)
    if clock.is_over(end, at):
        assert at >= end
        assert clock.is_over(end, at + timedelta(seconds=1))
    else:
        assert at < end + timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize("end", [HALF_PAST_FIVE, MIDNIGHT])
@pytest.mark.parametrize("after", [-60, -1, 0, 1, 59, 60, 61])
def test_lists_and_single_rows_are_judged_alike(county, held_clock, end, after):
    county.round.closes_at = end
    county.round.save()
    held_clock.move_to(end + timedelta(seconds=after))
    rows = Round.objects.filter(pk=county.round.pk)
    assert rows.filter(clock.over("closes_at")).exists() is clock.is_over(end)
    assert rows.filter(clock.running("closes_at")).exists() is not clock.is_over(end)


@pytest.fixture
def closing(county):
    county.round.closes_at = HALF_PAST_FIVE
    county.round.save()
    return county


@pytest.mark.django_db
@pytest.mark.parametrize("moment", LAST)
def test_an_application_is_begun_and_handed_in_in_the_last_minute(
    client, closing, held_clock, moment
):
    ready = closing.at(Stage.SELF_ASSESSED)
    other = closing.beside()
    held_clock.move_to(moment)

    assert closing.act("submit", ready, closing.head, truth_confirmed=True).stage == Stage.SUBMITTED
    assert transitions.start(closing.round, other.village, actor=other.preparer)
    client.force_login(other.preparer)
    detail = client.get(reverse("rounds:detail", args=[closing.round.pk])).content.decode()
    assert "开始申报" in detail
    assert not is_late(HALF_PAST_FIVE)
    assert working_days_left(HALF_PAST_FIVE) == "今天到期"
    client.logout()
    assert closing.round.name in client.get(public("home")).content.decode()


@pytest.mark.django_db
def test_a_minute_later_nobody_begins_or_hands_in(client, closing, held_clock):
    ready = closing.at(Stage.SELF_ASSESSED)
    other = closing.beside()
    held_clock.move_to(shanghai(17, 31))
    with pytest.raises(Refusal) as refused:
        closing.act("submit", ready, closing.head, truth_confirmed=True)
    assert "window_closed" in refused.value.codes
    with pytest.raises(Refusal):
        transitions.start(closing.round, other.village, actor=other.preparer)
    assert is_late(HALF_PAST_FIVE)
    client.force_login(other.preparer)
    detail = client.get(reverse("rounds:detail", args=[closing.round.pk])).content.decode()
    assert "开始申报" not in detail


@pytest.mark.django_db
def test_a_round_that_closes_at_midnight_is_printed_as_24_00(client, county):
    county.round.closes_at = MIDNIGHT
    county.round.save()
    content = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()
    assert "2026年3月10日(周二) 24:00" in content


@pytest.mark.django_db
def test_an_objection_is_taken_in_the_last_minute_and_not_at_24_00(county, held_clock):
    application = county.at(Stage.ON_NOTICE)
    entry = application.notice_entries.get()
    ends_at = entry.notice.ends_at
    held_clock.move_to(ends_at - timedelta(microseconds=1))
    assert raise_objection(entry, facts="事实", identity=None)
    held_clock.move_to(ends_at)
    with pytest.raises(Refusal):
        raise_objection(entry, facts="其他事实", identity=None)
    assert Application.objects.get(pk=application.pk).stage == Stage.ON_NOTICE
