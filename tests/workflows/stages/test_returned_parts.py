"""What stands beside the items comes back as they do: the introduction, the day of the meeting."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests.sent_back import hidden
from workflows.case.records import Part

pytestmark = pytest.mark.django_db

REASON = "简介没有写人口和党员人数"
LISTED = {Part.SUMMARY.value: REASON, "NC-13": "补照片"}


def address(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def returned(county, submitted):
    county.act("return_for_correction", submitted, county.reviewer, corrections=LISTED)
    return fresh(submitted)


def test_the_reviewer_reads_them_and_lists_them_where_they_stand(client, county, submitted):
    client.force_login(county.reviewer)
    content = client.get(address("review", submitted)).content.decode()
    beside = content.partition('id="about"')[2].partition('id="item-')[0]
    assert submitted.summary in beside
    assert 'name="reason-summary"' in beside
    assert 'name="reason-approving_meeting_on"' in beside

    client.post(
        address("decide", submitted),
        {
            "decision": "return_for_correction",
            "return": [Part.SUMMARY, Part.MEETING],
            "reason-summary": REASON,
            "reason-approving_meeting_on": "会议在填报之前",
        },
    )

    assert {one.part: one.reason for one in submitted.corrections.all()} == {
        "summary": REASON,
        "approving_meeting_on": "会议在填报之前",
    }


def test_a_part_without_its_reason_is_refused(county, submitted):
    with pytest.raises(Refusal) as refused:
        county.act(
            "return_for_correction", submitted, county.reviewer, corrections={Part.SUMMARY: " "}
        )

    assert refused.value.codes == ("correction_reason_missing",)


def test_the_message_and_the_case_name_it_in_words(client, county, returned):
    preparer = county.preparer
    deliver_waiting()
    assert f"申报简介：{REASON}" in Message.objects.filter(person=preparer).latest("pk").body

    client.force_login(preparer)
    content = client.get(address("case", returned)).content.decode()
    assert f'href="{address("summary", returned)}#field-summary"' in content
    assert REASON in content
    client.force_login(county.reviewer)
    assert "申报简介" in client.get(address("case", returned)).content.decode()


def write(client, application, typed):
    page = address("summary", application)
    client.post(page, hidden(client.get(page), page) | typed)


def test_what_was_listed_unlocks_and_nothing_beside_it(client, county, returned):
    client.force_login(county.preparer)
    page = client.get(address("summary", returned)).content.decode()
    assert REASON in page
    assert 'name="summary"' in page
    assert 'name="approving_meeting_on"' not in page

    meeting = returned.approving_meeting_on
    write(
        client,
        returned,
        {"summary": "全村 1200 人，党员 56 名。", "approving_meeting_on": "2020-01-01"},
    )

    assert fresh(returned).summary == "全村 1200 人，党员 56 名。"
    assert fresh(returned).approving_meeting_on == meeting


def test_a_list_of_items_alone_leaves_the_introduction_locked(client, county, submitted):
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补"})
    client.force_login(county.preparer)

    assert client.get(address("summary", submitted)).status_code == 404


def resubmit(county, application):
    application.corrections.filter(part="").update(reply="已补充")
    county.act("resubmit", application, county.head, truth_confirmed=True)


def test_it_is_answered_by_being_changed(county, returned):
    with pytest.raises(Refusal) as refused:
        resubmit(county, returned)
    assert refused.value.codes == ("part_not_corrected",)

    Application.objects.filter(pk=returned.pk).update(summary="")
    with pytest.raises(Refusal) as refused:
        resubmit(county, returned)
    assert refused.value.codes == ("no_summary",)

    Application.objects.filter(pk=returned.pk).update(summary="全村 1200 人。")
    resubmit(county, returned)
    assert fresh(returned).stage == Stage.SUBMITTED
    assert not returned.corrections.filter(closed_at=None).exists()


def test_the_case_leads_to_what_is_still_to_be_corrected(client, county, returned):
    client.force_login(county.preparer)
    content = client.get(address("case", returned)).content.decode()

    assert "请按退回原因修改“申报简介”" in content


def test_the_second_look_shows_old_beside_new(client, county, returned):
    before = returned.summary
    Application.objects.filter(pk=returned.pk).update(summary="全村 1200 人。")
    resubmit(county, returned)
    client.force_login(county.reviewer)

    content = client.get(address("review", returned)).content.decode()

    beside = content.partition('id="about"')[2].partition('id="item-')[0]
    assert REASON in beside
    assert f"<del>{before}</del>" in beside
    assert "<ins>全村 1200 人。</ins>" in beside


def test_a_return_whose_introduction_is_being_written_is_not_taken_back(client, county, returned):
    client.force_login(county.preparer)
    later = clock.now() + timedelta(minutes=1)
    write(client, returned, {"summary": "全村 1200 人。"})
    written = fresh(returned).written
    written["summary"]["last"] = later.isoformat()
    Application.objects.filter(pk=returned.pk).update(written=written)

    with pytest.raises(Refusal) as refused:
        county.act("take_back_return", returned, county.reviewer)
    assert refused.value.codes == ("already_acted_on",)
