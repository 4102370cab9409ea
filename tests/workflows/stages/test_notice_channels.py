"""A round that names channels: nothing on a notice is designated before it was posted there."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence import library
from designation.rounds import configuring, copying
from designation.rounds.configuring import RoundRefused
from designation.rounds.models import NoticeChannel, Round
from designation.site.refusal import Refusal
from tests import files
from tests.sheets import fill_in
from tests.terms import end_those_over
from workflows.stages.public_notice import notices, postings

pytestmark = pytest.mark.django_db

BOTH = [NoticeChannel.WEBSITE, NoticeChannel.BOARD]


@pytest.fixture
def round_(county):
    Round.objects.filter(pk=county.round.pk).update(notice_channels=BOTH)
    county.round.refresh_from_db()
    return county.round


@pytest.fixture
def draft(county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    county.round.refresh_from_db()
    return county.round


@pytest.fixture
def on_notice(county, round_, held_clock):
    application = county.at(Stage.ON_NOTICE)
    held_clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    return application


@pytest.fixture
def notice(on_notice):
    return on_notice.notice_entries.get().notice


def posted(county, notice, *channels):
    for channel in channels:
        picture = library.receive(SimpleUploadedFile("公示.jpg", files.jpeg()))
        said = {"channel": channel, "place": f"红旗镇{channel.label}"}
        said |= {"posted_by": "李四", "posted_on": "2026-03-03"}
        postings.record(notice, said, picture, actor=county.coordinator)


def over(county, notice, held_clock):
    """The period is over and the register closed: only the decision is left."""
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notice.refresh_from_db()
    notices.close_register(notice, actor=county.objection_officer)


def managed(client, county, notice):
    client.force_login(county.coordinator)
    return client.get(reverse("notices:manage", args=[notice.pk])).content.decode()


def test_what_was_not_posted_everywhere_is_not_designated_and_the_channel_is_named(
    county, on_notice, notice, held_clock
):
    posted(county, notice, NoticeChannel.BOARD)
    over(county, notice, held_clock)

    with pytest.raises(Refusal) as refused:
        county.designate(on_notice)

    (found,) = refused.value.findings
    assert found.code == "not_posted"
    assert "还没有登记“政府网站”的张贴证明" in found.message
    on_notice.refresh_from_db()
    assert on_notice.stage == Stage.AWAITING_DESIGNATION


def test_what_was_posted_everywhere_is_designated(county, on_notice, notice, held_clock):
    posted(county, notice, *BOTH)
    over(county, notice, held_clock)

    county.designate(on_notice)

    on_notice.refresh_from_db()
    assert on_notice.stage == Stage.DESIGNATED


def test_a_proof_of_the_period_is_entered_after_it_too(county, on_notice, notice, held_clock):
    over(county, notice, held_clock)
    posted(county, notice, *BOTH)

    county.designate(on_notice)

    on_notice.refresh_from_db()
    assert on_notice.stage == Stage.DESIGNATED


def test_a_notice_that_takes_anothers_place_is_posted_anew(county, on_notice, notice, held_clock):
    posted(county, notice, *BOTH)

    draft = notices.restart(
        notice, cause="other", reason="名单有误，现予更正后重新公示。", actor=county.publisher
    )

    assert postings.wanting(county.round, notice) == []
    assert postings.wanting(county.round, draft) == BOTH


def test_a_round_that_names_none_asks_nothing_of_the_record(county, django_assert_num_queries):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    with django_assert_num_queries(0):
        assert postings.wanting(county.round, notice) == []


def test_the_page_of_the_notice_says_what_is_wanting_until_it_is_there(
    client, county, round_, notice
):
    page = managed(client, county, notice)
    assert "还没有登记证明" in page
    assert "<li>政府网站</li>" in page
    assert "没有登记不影响公示期满和命名" not in page

    posted(county, notice, NoticeChannel.WEBSITE)
    page = managed(client, county, notice)
    assert "<li>政府网站</li>" not in page
    assert "<li>乡镇（街道）、村（社区）公开栏</li>" in page

    posted(county, notice, NoticeChannel.BOARD)
    assert "还没有登记证明" not in managed(client, county, notice)


def test_the_coordinator_names_them_in_the_form_and_the_log_says_which(client, county, draft):
    client.force_login(county.coordinator)

    fill_in(
        client, reverse("rounds:edit", args=[draft.pk]), {"notice_channels": ["website", "board"]}
    )

    draft.refresh_from_db()
    assert draft.channels_asked == BOTH
    page = client.get(reverse("rounds:detail", args=[draft.pk])).content.decode()
    assert "公示须有张贴证明的渠道" in page
    changed = AuditEvent.objects.filter(action="round.edit").latest("pk").details["changed"]
    assert changed["notice_channels"] == ["", "政府网站\n乡镇（街道）、村（社区）公开栏"]


def test_a_channel_that_there_is_not_is_refused(county, draft):
    with pytest.raises(RoundRefused) as refused:
        configuring.keep_frame(draft, {"notice_channels": ["radio"]}, actor=county.coordinator)
    assert {one.field for one in refused.value.findings} == {"notice_channels"}

    with pytest.raises(IntegrityError, match="round_notice_channels_known"):
        Round.objects.filter(pk=draft.pk).update(notice_channels=["radio"])


def test_the_next_round_asks_for_the_same(county, round_):
    made = copying.copy(round_, actor=county.coordinator)

    made.refresh_from_db()
    assert made.channels_asked == BOTH
