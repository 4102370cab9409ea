"""Before deciding, the reviewer reads exactly what the applicant will get."""

import re

import pytest
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from notifications.delivery import deliver_waiting
from notifications.models import Message
from standards.language import of_the_record
from tests.course import OPINION
from workflows.stages.first_review import marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def as_reviewer(client, county):
    client.force_login(county.reviewer)
    return client


def previewed(client, application, name, **sent):
    answer = client.post(
        reverse("applications:mark", args=[application.pk]), sent | {"preview": name}
    )
    content = answer.content.decode()
    return answer, re.findall(r"<p>(?:<b>)?(.*?)(?:</b>)?</p>", content.split("preview")[2])


LIST = {"return": ["NC-13", "NC-02"], "reason-NC-13": "补写到会人数", "reason-NC-02": "补签到表"}


def told(application, person):
    deliver_waiting()
    return Message.objects.filter(person=person, event__subject_id=application.pk).latest("pk")


@pytest.mark.parametrize(
    ("name", "sent", "act"),
    [
        (
            "return_for_correction",
            LIST | {"opinion": "请抓紧补正"},
            {
                "opinion": "请抓紧补正",
                "corrections": {"NC-13": "补写到会人数", "NC-02": "补签到表"},
            },
        ),
        ("reject", {"opinion": OPINION}, {"opinion": OPINION}),
        ("recommend", {"opinion": OPINION}, {"opinion": OPINION}),
    ],
)
def test_the_preview_is_the_message_word_for_word(as_reviewer, county, submitted, name, sent, act):
    county.mark_all(submitted)
    preparer = county.preparer
    answer, _lines = previewed(as_reviewer, submitted, name, **sent)
    shown = answer.context["preview"]
    assert answer.status_code == 200
    assert Application.objects.get(pk=submitted.pk).stage == Stage.SUBMITTED

    county.act(name, submitted, county.reviewer, **act)
    message = told(submitted, preparer)

    with of_the_record():
        assert shown.subject == str(message.subject)
        assert [shown.subject, *shown.lines] == str(message.body).splitlines()


def test_the_page_shows_it_with_the_comments_that_go_along(as_reviewer, county, submitted):
    item = submitted.standard.items.get(code="NC-02")
    marks.mark_all(submitted, {item: (Conclusion.NOT_MET, "缺签到表")}, actor=county.reviewer)

    content = previewed(as_reviewer, submitted, "return_for_correction", **LIST)[0].content.decode()

    assert "还没有发出" in content
    assert "NC-02：补签到表" in content
    assert "缺签到表</li>" in content
    assert f"{LIST['reason-NC-13']}</textarea>" in content


def test_what_shuts_the_door_is_said_before(as_reviewer, submitted):
    answer, _lines = previewed(as_reviewer, submitted, "recommend", opinion="太短")
    codes = {finding.code for finding in answer.context["preview"].findings}

    assert {"opinion_too_short", "item_not_marked"} <= codes


def test_the_county_previews_at_the_check_of_the_papers(client, county):
    application = county.at(Stage.RECOMMENDED)
    client.force_login(county.coordinator)

    answer, _lines = previewed(client, application, "return_for_correction", **LIST)

    assert "NC-13：补写到会人数" in answer.content.decode()


@pytest.mark.parametrize("name", ["publish", "recall"])
def test_what_is_not_ones_own_to_decide_has_no_preview(as_reviewer, submitted, name):
    answer, _lines = previewed(as_reviewer, submitted, name)

    assert answer.context["preview"] is None
