"""What has changed since this person last looked, and what a correction changed, file by file."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications import sittings
from designation.applications.models import Application, Conclusion, Stage
from designation.organizations.models import Role
from tests import factories
from tests.course import PDF
from workflows.stages.first_review import marks

pytestmark = pytest.mark.django_db

SINCE = "您上次查看是"


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


def review(client, person, application, asked=""):
    client.force_login(person)
    page = reverse("applications:review", args=[application.pk])
    return client.get(page + asked).content.decode()


def shown(content):
    return [part.split('"')[0] for part in content.split('id="item-')[1:]]


def marked_by_a_colleague(county, application, code="NC-05"):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    item = application.standard.items.get(code=code)
    marks.mark_all(application, {item: (Conclusion.NOT_MET, "缺记录")}, actor=colleague)


def test_the_first_look_says_nothing_of_changes(client, county, submitted):
    marked_by_a_colleague(county, submitted)

    assert SINCE not in review(client, county.reviewer, submitted)


def test_what_a_colleague_marked_since_is_named_and_can_be_looked_at_alone(
    client, county, submitted, held_clock
):
    review(client, county.reviewer, submitted)
    held_clock.move(timedelta(days=1))
    marked_by_a_colleague(county, submitted)
    own = submitted.standard.items.get(code="NC-06")
    marks.mark_all(submitted, {own: (Conclusion.MET, "")}, actor=county.reviewer)

    content = review(client, county.reviewer, submitted)

    assert f"{SINCE} 2026年3月2日" in content
    assert "<b>NC-05</b>" in content.partition(SINCE)[2].partition("只看这些")[0]
    assert "NC-06" not in content.partition(SINCE)[2].partition("只看这些")[0]
    assert shown(review(client, county.reviewer, submitted, "?show=since")) == ["NC-05"]


def test_looks_within_one_sitting_are_one(client, county, submitted, held_clock):
    review(client, county.reviewer, submitted)
    held_clock.move(timedelta(days=1))
    marked_by_a_colleague(county, submitted)
    for _look in range(2):
        assert SINCE in review(client, county.reviewer, submitted)
        held_clock.move(timedelta(minutes=1))

    held_clock.move(sittings.ENDS_AFTER + timedelta(minutes=1))
    assert SINCE not in review(client, county.reviewer, submitted)


@pytest.fixture
def corrected(client, county, submitted):
    review(client, county.reviewer, submitted)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补照片"})
    item = submitted.standard.items.get(code="NC-13")
    county.attach(submitted, PDF + b"%more").items.add(item)
    submitted.corrections.update(reply="已补充")
    submitted.answers.filter(item=item).update(note="新增一间")
    county.act("resubmit", submitted, county.head, truth_confirmed=True)
    return Application.objects.get(pk=submitted.pk)


def test_what_was_handed_in_since_is_named(client, county, submitted, held_clock):
    review(client, county.reviewer, submitted)
    held_clock.move(timedelta(days=1))
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补"})
    county.act_on_correction(submitted, "NC-13")

    content = review(client, county.reviewer, submitted)

    assert "<b>NC-13</b>" in content.partition(SINCE)[2].partition("只看这些")[0]


def test_an_added_file_is_named_by_itself_and_opens_and_so_does_the_version_before(
    client, county, corrected
):
    content = review(client, county.reviewer, corrected)
    beside = content.split('id="item-NC-13"')[1].split('id="item-')[0]
    added = corrected.evidence.latest("pk")

    file = reverse("applications:evidence", args=[corrected.pk, added.pk])
    assert f'<a href="{file}"><ins>{added.title}</ins></a>' in beside
    before = reverse("applications:receipt", args=[corrected.pk, 1])
    assert f'href="{before}"' in beside
    assert client.get(before).status_code == 200


def test_a_file_that_was_taken_away_is_named_by_itself(client, county, submitted):
    file = submitted.evidence.get()
    file.items.add(submitted.standard.items.get(code="NC-13"))
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "补"})
    # Frozen with the submission before it: the first was handed in without it.
    county.act_on_correction(submitted, "NC-13")
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "错了"})
    file.items.remove(submitted.standard.items.get(code="NC-13"))
    county.act_on_correction(submitted, "NC-13")

    content = review(client, county.reviewer, submitted)

    beside = content.split('id="item-NC-13"')[1].split('id="item-')[0]
    assert f"<del>{file.title}</del> → <ins>—</ins>" in beside.replace("\n", "").replace("  ", "")


def test_the_page_of_a_review_costs_at_most_sixteen_statements(client, county, corrected):
    page = reverse("applications:review", args=[corrected.pk]) + "?show=all"
    review(client, county.reviewer, corrected)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(page).status_code == 200

    assert len(counted) <= 16, "\n".join(one["sql"][:150] for one in counted)
