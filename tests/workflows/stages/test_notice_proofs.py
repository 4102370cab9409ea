"""The proofs of posting that a round asks for are reminded of, until they are there."""

from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from designation.applications.models import Stage
from designation.calendar import terms
from designation.calendar.models import Term
from designation.calendar.tasks import remind_of_terms
from designation.evidence import library
from designation.rounds.models import NoticeChannel, Round
from designation.site.clock import SHANGHAI
from notifications import delivery
from notifications.models import Message
from tests import files
from workflows.stages.public_notice import notices, postings
from workflows.stages.public_notice.models import Notice
from workflows.stages.public_notice.periods import PROOFS

pytestmark = pytest.mark.django_db

BOTH = [NoticeChannel.WEBSITE, NoticeChannel.BOARD]
DOWN = "网站停机两天，公众无法查看公示。"


def on_notice(county):
    """Published on Monday 2 March 2026; its five working days end on the 9th."""
    Round.objects.filter(pk=county.round.pk).update(notice_channels=BOTH)
    county.round.refresh_from_db()
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


@pytest.fixture
def notice(county):
    found = on_notice(county)
    assert county.deciding_officer
    return found


def said_of(channel, on):
    said = {"channel": channel, "place": f"红旗镇{channel.label}"}
    return said | {"posted_by": "李四", "posted_on": f"{on:%Y-%m-%d}"}


def posted(county, notice, channel):
    picture = library.receive(SimpleUploadedFile("公示.jpg", files.jpeg()))
    on = notice.published_at.astimezone(SHANGHAI).date()
    return postings.record(notice, said_of(channel, on), picture, actor=county.coordinator)


@pytest.fixture
def until(held_clock, notice):
    """Each day until ``day`` after the last of the notice, nine in the morning."""

    def come(days_after):
        first = held_clock.moment.astimezone(SHANGHAI).date()
        last = Notice.objects.get(pk=notice.pk).last_day + timedelta(days=days_after)
        for after in range((last - first).days + 1):
            day = first + timedelta(days=after)
            held_clock.move_to(datetime.combine(day, time(9), SHANGHAI))
            remind_of_terms()
            delivery.deliver_waiting()

    return come


def reminders(person):
    rows = Message.objects.filter(person=person, event__action__startswith="term.")
    told = [row for row in rows.order_by("pk") if row.event.subject_type == "workflows.notice"]
    return [row.event.action.partition(".")[2] for row in told]


def awaited(notice):
    return terms.open_terms(notice).filter(kind=PROOFS)


def test_the_coordinator_is_reminded_before_the_period_is_over_and_the_superior_after(
    county, notice, until
):
    until(0)
    assert reminders(county.coordinator) == ["before", "on_the_day"]

    until(5)
    assert reminders(county.coordinator) == ["before", "on_the_day", "after"]
    assert reminders(county.deciding_officer) == ["to_superior"]


def test_the_reminder_names_the_notice_and_what_is_awaited_and_opens_it(
    client, county, notice, until
):
    until(0)

    client.force_login(county.coordinator)
    page = client.get("/messages/").content.decode()

    assert f"{notice.title}（张贴公示并登记证明）的办理期限到了，请今天办理。" in page


def test_nobody_is_reminded_once_it_was_posted_through_all_that_were_asked(county, notice, until):
    posted(county, notice, NoticeChannel.WEBSITE)
    assert awaited(notice).exists()
    posted(county, notice, NoticeChannel.BOARD)
    assert not awaited(notice).exists()

    until(5)

    assert reminders(county.coordinator) == []
    assert Term.objects.get(kind=PROOFS).ended_as == Term.Ending.MET


def test_of_a_round_that_asks_for_none_nothing_is_awaited(county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    assert not awaited(notice).exists()


def test_more_time_for_the_notice_is_more_time_for_its_proofs(county, notice):
    notices.extend(notice, days=2, reason=DOWN, actor=county.publisher)

    notice.refresh_from_db()
    assert awaited(notice).get().due_at == notice.ends_at


def test_nothing_is_awaited_of_a_notice_that_was_broken_off(county, notice):
    notices.restart(
        notice, cause="other", reason="名单有误，现予更正后重新公示。", actor=county.publisher
    )

    assert not awaited(notice).exists()
