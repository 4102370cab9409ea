"""A public notice as data: what its page says, and nothing that the page does not."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from designation.applications.models import Stage
from designation.site.personal_data import personal_data
from designation.site.years import months_after
from tests.course import NOTICE
from tests.public_addresses import public
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Cause, NoticePosting
from workflows.stages.public_notice.text import is_reduced

pytestmark = pytest.mark.django_db
DOWN = "3月3日网站检修一天，公示页面无法访问。"


@pytest.fixture
def notice(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


def address(notice, language="zh-hans"):
    return public("notices:open_json", args=[notice.pk], language=language)


def data(notice, **more):
    return json.loads(Client().get(address(notice, **more)).content)


def test_it_says_what_the_page_says_and_the_page_leads_to_it(client, county, notice):
    said = data(notice)

    assert said["format"] == 1
    assert (said["number"], said["title"]) == (notice.number, NOTICE["title"])
    assert (said["status"], said["status_name"]) == ("published", "公示中")
    assert said["period"] == {
        "first_day": "2026-03-03",
        "last_day": "2026-03-09",
        "working_days": 5,
        "calendar_days": None,
        "counts_day_of_publication": False,
    }
    assert [one["name"] for one in said["names"]] == [county.village.name_zh]
    assert said["contact"]["phone"] == NOTICE["contact_phone"]
    page = public("notices:detail", args=[notice.pk])
    assert said["page"].endswith(page)
    assert address(notice) in client.get(page).content.decode()


def test_it_holds_nobodys_name_and_no_draft_is_told(client, county, notice):
    objections.raise_objection(
        notice.entries.get(),
        facts="面积不实，请查。",
        identity={"name": "张三", "contact": "0563-1"},
    )
    NoticePosting.objects.create(
        notice=notice,
        channel="board",
        place="红旗镇公开栏",
        posted_by="李四",
        posted_on=notice.first_day,
        actor=county.coordinator,
        role="county_coordinator",
        at=notice.published_at,
    )

    text = Client().get(address(notice)).content.decode()

    assert "红旗镇公开栏" in text
    assert json.loads(text)["objections"]["received"] == 1
    for kept_back in ("张三", "李四", "面积不实", NOTICE["meeting_attendance"]):
        assert kept_back not in text
    assert not personal_data([text])
    draft = county.compose_notice(county.beside().at(Stage.CHOSEN))
    assert client.get(address(draft)).status_code == 404


def test_it_says_what_held_it_up_and_which_notice_follows(county, notice):
    notices.extend(notice, days=2, reason=DOWN, actor=county.publisher)
    notices.restart(notice, cause=Cause.UNREACHABLE, reason=DOWN, actor=county.publisher)

    said = data(notice)

    assert said["extended"] == [
        {"on": "2026-03-02", "before": "2026-03-09", "after": "2026-03-11", "reason": DOWN}
    ]
    assert (said["stopped_on"], said["stopped_because"]) == ("2026-03-02", DOWN)
    assert said["replaced_by"] is None
    assert data(notice, language="en")["language"] == "en"


def test_a_year_after_its_end_title_and_result_are_left_as_on_the_page(client, notice, held_clock):
    over = datetime(2027, 3, 9, 16, tzinfo=UTC)
    assert not is_reduced(notice, over - timedelta(seconds=1))
    held_clock.move_to(over)

    said = data(notice)

    page = client.get(public("notices:detail", args=[notice.pk])).content.decode()
    assert "公示期满已超过 12 个月" in page
    assert NOTICE["basis"] not in page

    assert said["title"] == NOTICE["title"]
    assert said["names"][0]["result"]
    assert not {"basis", "meeting", "contact", "period", "posted"} & said.keys()


def test_a_round_says_after_how_many_months_a_notice_is_reduced(notice):
    notice.round.notice_months_shown = 3

    assert not is_reduced(notice, datetime(2026, 6, 9, 15, 59, tzinfo=UTC))
    assert is_reduced(notice, datetime(2026, 6, 9, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 9), 12, date(2027, 3, 9)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_a_month_ends_with_the_day_of_the_same_date_or_with_its_last(day, months, later):
    assert months_after(day, months) == later


def test_who_has_it_already_is_told_that_nothing_changed(notice, client, django_assert_num_queries):
    first = client.get(address(notice))
    assert first["Content-Type"] == "application/json"
    assert "max-age=60" in first["Cache-Control"]

    with django_assert_num_queries(3):
        again = client.get(address(notice), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
