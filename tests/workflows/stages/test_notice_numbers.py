"""The number of a notice: given when it is published, counted in its county and year."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from designation.applications.models import Stage
from designation.papers.composed import official
from tests import factories
from tests.course import NOTICE
from tests.public_addresses import public
from workflows.stages.public_notice import notices, papers
from workflows.stages.public_notice.models import Cause, Notice
from workflows.stages.public_notice.noticed_titles import notice_of
from workflows.stages.public_notice.numbers import give_number
from workflows.stages.public_notice.text import notice_sha256

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


def test_a_draft_bears_none_and_the_first_of_the_year_is_number_one(county):
    draft = county.compose_notice(county.at(Stage.CHOSEN))
    assert draft.number == ""

    assert notices.publish(draft, actor=county.publisher).number == "〔2026〕1号"


def numbered(round_, at):
    another = Notice(round=round_)
    give_number(another, at)
    return another.number


def test_each_county_counts_for_itself_and_each_year_anew(county, notice):
    elsewhere = factories.RoundFactory(
        jurisdiction=factories.JurisdictionFactory(code="341822000000")
    )
    last_minute = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)

    assert numbered(county.round, last_minute) == "〔2026〕2号"
    assert numbered(county.round, last_minute + timedelta(minutes=1)) == "〔2027〕1号"
    assert numbered(elsewhere, last_minute) == "〔2026〕1号"


def test_no_number_is_given_twice(county, notice):
    second = county.beside().at(Stage.ON_NOTICE).notice_entries.get().notice

    with pytest.raises(IntegrityError, match="notice_number_once"):
        Notice.objects.filter(pk=second.pk).update(number_of_year=notice.number_of_year)


def test_what_takes_its_place_has_a_number_of_its_own(county, notice):
    draft = notices.restart(
        notice,
        cause=Cause.OTHER,
        reason="县政府网站改版，公示页面无法访问。",
        actor=county.publisher,
    )
    assert draft.number == ""

    names = [entry.application for entry in draft.entries.all()]
    notices.propose_again(draft, NOTICE, names, actor=county.coordinator)
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)
    assert notices.publish(draft, actor=county.publisher).number == "〔2026〕2号"


def test_it_stands_on_the_wall_in_the_lists_and_on_the_paper(client, county, notice):
    told = notice.number

    assert (
        f"公示编号：{told}"
        in client.get(public("notices:detail", args=[notice.pk])).content.decode()
    )
    assert told in client.get(public("notices:list")).content.decode()
    client.force_login(county.coordinator)
    assert told in client.get(reverse("notices:desk")).content.decode()
    assert told in client.get(reverse("notices:manage", args=[notice.pk])).content.decode()
    printed = [one.text for one in official(papers.paper(notice)).body]
    assert f"公示编号：{told}" in printed


def test_it_is_sealed_with_the_text_and_a_notice_from_before_keeps_its_seal(notice):
    sealed = notice.text_sha256
    assert notice_sha256(notice) == sealed

    notice.number_of_year += 1
    assert notice_sha256(notice) != sealed
    notice.number_of_year = None
    notice.text_sha256 = notice_sha256(notice)
    assert notice.number == ""


def test_the_page_of_a_title_leads_to_the_notice_that_ran_its_period(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    found = notice_of(application.designation)

    assert found is not None
    assert found.key == application.notice_entries.get().notice_id
