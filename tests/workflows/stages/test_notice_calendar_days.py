"""A notice whose round counts calendar days: its period, its text, and more time."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from designation.applications.models import Stage
from designation.papers.composed import official
from designation.rounds.models import DayUnit, Round
from designation.site.refusal import Refusal
from tests.course import NOTICE
from tests.designation.exports.test_taking import fetched, rows_of, sheet, taken
from tests.public_addresses import public
from tests.sheets import fill_in
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.papers import paper
from workflows.stages.public_notice.text import notice_sha256

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(county):
    Round.objects.filter(pk=county.round.pk).update(notice_unit=DayUnit.CALENDAR, notice_days=7)
    county.round.refresh_from_db()
    return county.round


@pytest.fixture
def notice(round_, county):
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


def approved(county):
    """A notice that waits for its publisher alone."""
    notice = notices.propose(
        county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator
    )
    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    notices.approve(notice, actor=county.deciding_officer)
    return notice


def managed(client, person, notice):
    client.force_login(person)
    return client.get(reverse("notices:manage", args=[notice.pk])).content.decode()


def test_seven_calendar_days_are_fixed_with_the_rule_that_counted_them(notice):
    notice.refresh_from_db()

    assert (notice.first_day, notice.last_day) == (date(2026, 3, 3), date(2026, 3, 9))
    assert notice.counts_calendar_days
    assert (notice.calendar_days, notice.working_days) == (7, 5)


def test_a_round_that_counts_otherwise_afterwards_changes_no_notice(notice, round_):
    sealed = notice.text_sha256
    Round.objects.update(notice_unit=DayUnit.WORKING, notice_days=5)

    notice.refresh_from_db()
    assert notice.calendar_days == 7
    assert notice_sha256(notice) == sealed
    notice.counts_calendar_days = False
    assert notice_sha256(notice) != sealed


def test_everybody_reads_how_many_days_of_which_kind(client, notice):
    page = client.get(public("notices:detail", args=[notice.pk])).content.decode()
    assert "2026年3月9日(周一)（7 个自然日）" in page
    assert "按自然日计算，末日逢休息日的，顺延到下一个工作日。" in page
    assert "7 个自然日" in client.get(public("notices:list")).content.decode()
    answer = client.get(public("notices:open_json", args=[notice.pk]))
    period = json.loads(answer.content)["period"]
    assert (period["calendar_days"], period["working_days"]) == (7, 5)
    printed = [one.text for one in official(paper(notice)).body]
    assert "公示期7个自然日，自2026年3月3日至2026年3月9日。" in printed


def test_whoever_signs_reads_it_in_the_preview(client, county, round_):
    notice = approved(county)

    assert "（7 个自然日）" in managed(client, county.publisher, notice)


def test_the_record_counts_the_weekend(client, county, notice):
    page = managed(client, county.coordinator, notice)

    assert "第 7 日" in page
    assert page.split("逐日公示记录")[1].count("不计入") == 1


def test_more_time_is_counted_in_calendar_days_too_and_ends_on_a_day_that_is_worked(
    client, county, notice
):
    typed = {"extend-days": "5", "extend-reason": "3月5日网站检修一天，公示页面无法访问。"}
    client.force_login(county.publisher)
    fill_in(client, reverse("notices:manage", args=[notice.pk]), typed, to="/extend/")

    # Five days after Monday 9 March it is Saturday.
    notice.refresh_from_db()
    assert notice.last_day == date(2026, 3, 16)
    assert (notice.calendar_days, notice.working_days) == (14, 10)
    assert notice.text_sha256 == notice_sha256(notice)


def test_over_spring_festival_it_is_not_published(client, county, round_, held_clock):
    notice = approved(county)
    # 15 to 23 February are off; the Saturday before is worked for them.
    held_clock.move_to(datetime(2026, 2, 14, 2, tzinfo=UTC))

    told = "公示期内只有 1 个工作日，少于 3 个。请改日发布。"
    with pytest.raises(Refusal, match=told):
        notices.publish(notice, actor=county.publisher)
    assert told in managed(client, county.publisher, notice)


def test_the_coordinator_chooses_it_in_the_form_of_the_round(client, county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    client.force_login(county.coordinator)

    fill_in(
        client,
        reverse("rounds:edit", args=[county.round.pk]),
        {"notice_days": "6", "notice_unit": "calendar"},
    )

    page = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()
    assert "6 个自然日" in page
    assert "公示期只有 6 个自然日，少于通行的 7 个自然日，请核对依据。" in page


def test_no_round_counts_days_of_another_kind(county):
    with pytest.raises(IntegrityError, match="round_notice_unit_known"):
        Round.objects.filter(pk=county.round.pk).update(notice_unit="lunar")


def test_the_page_says_how_many_days_of_the_calendar_are_left(client, notice):
    page = client.get(public("notices:detail", args=[notice.pk])).content.decode()

    assert "剩 7 天" in page
    assert "个工作日</span>" not in page


def test_the_table_of_notices_says_how_many_days_of_the_calendar_each_lasts(client, county, notice):
    answer = taken(client, county.coordinator, "notices")

    found = sheet(fetched(client, answer))
    (row,) = rows_of(found)
    told = dict(zip([cell.value for cell in found[4]], row, strict=True))
    assert (told["工作日数"], told["自然日数"]) == (5, 7)
