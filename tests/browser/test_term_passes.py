"""A term passes over two holidays while the worker stands still for two days: what people see."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.calendar.tasks import remind_of_terms
from designation.rounds.models import Round
from designation.site.clock import SHANGHAI
from notifications import delivery

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
# Ten working days from Friday 18 September 2026: Sunday the 20th is worked, Mid-Autumn and the
# National Day are not, and Friday 9 October is the last.
HANDED_IN = date(2026, 9, 18)
LAST_DAY = "2026年10月9日(周五) 24:00"
BEFORE = f"的办理期限快到了，请在{LAST_DAY}前办理。"
ON_THE_DAY = "的办理期限到了，请今天办理。"
AFTER = "已经超过办理期限，请尽快办理。"
ABOVE = "逾期三个工作日仍未办理，请督促。"
REMINDERS = re.compile("|".join(re.escape(said) for said in (BEFORE, ON_THE_DAY, AFTER, ABOVE)))
# The last working day before the holiday, on which a reminder was due, and the day after it.
STOPPED = {date(2026, 9, 30), date(2026, 10, 1)}


@pytest.fixture
def worker(held_clock):
    """Runs morning and afternoon of each day up to ``last``, but for the days it stood still."""
    on = HANDED_IN

    def until(last):
        nonlocal on
        while on < last:
            on += timedelta(days=1)
            for hour in (9, 15):
                held_clock.move_to(datetime.combine(on, time(hour), SHANGHAI))
                if on not in STOPPED:
                    remind_of_terms()
                    delivery.deliver_waiting()

    return until


@pytest.fixture
def submitted(county, held_clock):
    Round.objects.filter(pk=county.round.pk).update(closes_at=datetime(2026, 9, 30, 9, tzinfo=UTC))
    county.round.refresh_from_db()
    held_clock.move_to(datetime.combine(HANDED_IN, time(9), SHANGHAI))
    assert county.coordinator
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def mailbox(seat, live_server):
    """What somebody's page of messages says of a term."""

    def open_for(person):
        page = seat(person, **PHONE)

        def told():
            page.goto(live_server.url + reverse("messages:list"))
            return page.locator("main li").filter(has_text=REMINDERS)

        return page, told

    return open_for


def test_over_holidays_and_a_stop_each_reminder_comes_once_and_leads_to_the_case(
    county, submitted, worker, mailbox, live_server
):
    reviewer, told = mailbox(county.reviewer)
    worker(date(2026, 10, 7))
    expect(told()).to_have_count(0)

    # Two working days before were a day on which nobody ran: it is made good on the next one.
    worker(date(2026, 10, 8))
    expect(told()).to_have_count(1)
    expect(told().first).to_contain_text(BEFORE)
    worker(date(2026, 10, 9))
    expect(told()).to_have_count(2)
    expect(told().first).to_contain_text(ON_THE_DAY)
    # A Saturday that is worked in place of the holiday.
    worker(date(2026, 10, 10))
    expect(told()).to_have_count(3)
    expect(told().first).to_contain_text(AFTER)
    keep_picture(reviewer, "term-1-after-on-a-phone")

    coordinator, above = mailbox(county.coordinator)
    expect(above()).to_have_count(0)
    worker(date(2026, 10, 25))
    expect(above()).to_have_count(1)
    expect(above().first).to_contain_text(ABOVE)
    expect(told()).to_have_count(3)

    coordinator.goto(live_server.url + reverse("applications:remind_late"))
    expect(coordinator.get_by_text(county.village.name_zh).first).to_be_visible()
    keep_picture(coordinator, "term-2-late-cases-on-a-phone")
    told().first.get_by_role("button").click()
    expect(reviewer).to_have_url(
        live_server.url + reverse("applications:case", args=[submitted.pk])
    )
