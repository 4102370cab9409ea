"""The second look: former reasons, the applicant's reply and what changed stand beside the item."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

REASON = "会议记录没有写明到会人数"
REPLY = "已补充会议记录，写明应到与实到人数"


def returned_and_answered(county, application, actor, reason=REASON, reply=REPLY, **changes):
    """Sent back for NC-13, answered with ``changes`` to the answer, handed in again."""
    county.act("return_for_correction", application, actor, corrections={"NC-13": reason})
    application.corrections.filter(closed_at=None).update(reply=reply)
    answer = application.answers.get(item__code="NC-13")
    for name, value in changes.items():
        setattr(answer, name, value)
    answer.save()
    county.act("resubmit", application, county.head, truth_confirmed=True)
    return Application.objects.get(pk=application.pk)


def review(client, person, application):
    client.force_login(person)
    return client.get(reverse("applications:review", args=[application.pk])).content.decode()


def beside(content, code):
    return content.split(f'id="item-{code}"')[1].split('id="item-')[0]


def test_the_reviewer_reads_reason_reply_and_change_beside_the_item(client, county):
    application = county.at(Stage.SUBMITTED)
    before = application.answers.get(item__code="NC-13")
    application = returned_and_answered(
        county,
        application,
        county.reviewer,
        values=before.values | {"NC-13-C2": 460},
        note="新增一间活动室",
    )

    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    content = review(client, colleague, application)
    item = beside(content, "NC-13")

    assert f"{county.reviewer.full_name}（初审员）2026年3月2日" in item
    assert REASON in item
    assert REPLY in item
    assert "460" in item.split("补正中改动的内容")[1]
    assert "<ins>新增一间活动室</ins>" in item
    assert REASON not in beside(content, "NC-14")


def test_an_item_answered_without_a_change_says_so(client, county):
    application = returned_and_answered(county, county.at(Stage.SUBMITTED), county.reviewer)

    assert "没有改动" in beside(review(client, county.reviewer, application), "NC-13")


def test_evidence_added_in_the_correction_is_named(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act("return_for_correction", application, county.reviewer, corrections={"NC-13": REASON})
    application.corrections.update(reply=REPLY)
    file = application.evidence.get()
    file.items.add(application.standard.items.get(code="NC-13"))
    county.act("resubmit", application, county.head, truth_confirmed=True)

    item = beside(review(client, county.reviewer, Application.objects.get()), "NC-13")

    assert f"<ins>{file.title}</ins>" in item


def test_every_former_return_stands_there_the_newest_first(client, county):
    application = returned_and_answered(
        county, county.at(Stage.SUBMITTED), county.reviewer, note="第一次补正"
    )
    application = returned_and_answered(
        county,
        application,
        county.reviewer,
        reason="仍缺主持人签名",
        reply="已补签",
        note="第二次补正",
    )

    item = beside(review(client, county.reviewer, application), "NC-13")

    assert item.index("仍缺主持人签名") < item.index(REASON)
    assert "<del>第一次补正</del> → <ins>第二次补正</ins>" in item


def test_the_county_reads_it_at_the_paper_check_too(client, county):
    application = county.at(Stage.RECOMMENDED)
    application = returned_and_answered(county, application, county.coordinator, note="已更正")

    item = beside(review(client, county.coordinator, application), "NC-13")

    assert f"{county.coordinator.full_name}（县级经办人）" in item
    assert REASON in item
    assert REPLY in item
    assert "<ins>已更正</ins>" in item


def test_the_page_costs_two_statements_more_however_many_returns(client, county):
    application = county.at(Stage.SUBMITTED)

    def cost(application):
        # The first look at a submission writes that it was opened.
        review(client, county.reviewer, application)
        with CaptureQueriesContext(connection) as counted:
            review(client, county.reviewer, application)
        return len(counted)

    fresh = cost(application)
    once = returned_and_answered(county, application, county.reviewer)
    first = cost(once)
    second = cost(returned_and_answered(county, once, county.reviewer))

    assert first == second
    assert first - fresh <= 2
