"""Marks and site findings are read by those at work on them, by everyone else once released."""

import pytest
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from designation.organizations.models import Role
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.course import OPINION
from workflows.stages.first_review import marks
from workflows.stages.verification import visits

pytestmark = pytest.mark.django_db

COMMENT = "活动室面积与台账不符"
BASIS = "现场少两间活动室"
SUMMARY = "村部二楼上锁，未能查看"


@pytest.fixture
def reads(client):
    """Whether a person finds a text on the case page, its filters, the items and the sheet."""

    def found(person, application, text):
        client.force_login(person)
        address = reverse("applications:case", args=[application.pk])
        pages = [client.get(address + show) for show in ("", "?show=differences", "?show=open")]
        item = client.get(reverse("applications:item", args=[application.pk, "NC-01"]), follow=True)
        return any(text in page.content.decode() for page in (*pages, item))

    return found


def item(application, code="NC-01"):
    return application.standard.items.get(code=code)


def marked(county, application):
    marks.mark_all(
        application, {item(application): (Conclusion.NOT_MET, COMMENT)}, actor=county.reviewer
    )


def measured(county, application):
    visits.measure(
        application.visits.get(closed_at=None),
        item(application),
        values={},
        verdict=Conclusion.NOT_MET,
        basis=BASIS,
        actor=county.verifiers[0],
    )


def outsiders_at_first_review(county):
    return (
        county.preparer,
        county.head,
        county.coordinator,
        county.publisher,
        county.objection_officer,
        county.deciding_officer,
    )


def test_a_mark_is_read_by_the_reviewers_only_until_the_decision(client, county, reads):
    application = county.at(Stage.SUBMITTED)
    marked(county, application)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    for person in (county.reviewer, colleague):
        assert reads(person, application, COMMENT)
    for person in outsiders_at_first_review(county):
        assert not reads(person, application, COMMENT), person
        client.force_login(person)
        page = client.get(reverse("applications:case", args=[application.pk])).content.decode()
        assert "≠ 有差异" not in page, "nor may a difference give it away"


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("return_for_correction", {"corrections": {"NC-02": "请补充会议记录"}}),
        ("reject", {"opinion": OPINION}),
    ],
)
def test_the_decision_releases_the_marks_to_the_applicant(county, reads, name, act):
    application = county.at(Stage.SUBMITTED)
    marked(county, application)
    county.act(name, application, county.reviewer, **act)

    for person in outsiders_at_first_review(county):
        assert reads(person, application, COMMENT)


def test_a_mark_set_anew_after_a_correction_waits_for_the_next_decision(county, reads):
    application = county.at(Stage.SUBMITTED)
    marked(county, application)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补充记录"}
    )
    application = Application.objects.get()
    correction = application.corrections.get()
    correction.reply = "已补充"
    correction.save()
    county.act("resubmit", application, county.head, truth_confirmed=True)
    marks.mark_all(
        application, {item(application): (Conclusion.MET, "补充后属实")}, actor=county.reviewer
    )

    assert reads(county.reviewer, application, "补充后属实")
    assert not reads(county.preparer, application, "补充后属实")


def test_what_was_found_on_site_is_read_by_team_and_coordinator_until_the_decision(
    client, county, reads
):
    application = county.at(Stage.VERIFYING)
    measured(county, application)
    visits.record_visit(application.visits.get(), actor=county.verifiers[0], summary=SUMMARY)

    for person in (*county.verifiers, county.coordinator):
        assert reads(person, application, BASIS)
    for person in (county.preparer, county.head, county.reviewer, county.deciding_officer):
        assert not reads(person, application, BASIS)
        assert not reads(person, application, SUMMARY)
        client.force_login(person)
        record = client.get(reverse("applications:verify", args=[application.pk]))
        assert record.status_code == 404


def test_a_case_that_fails_on_site_shows_the_applicant_what_was_found(county, reads):
    application = county.at(Stage.VERIFYING)
    measured(county, application)
    county.act("reject", application, county.coordinator, opinion=OPINION)

    for person in (county.preparer, county.head, county.reviewer):
        assert reads(person, application, BASIS)


def test_no_message_and_no_sheet_carries_what_is_not_released(client, county):
    application = county.at(Stage.SUBMITTED)
    marked(county, application)
    deliver_waiting()
    client.force_login(county.preparer)
    inbox = client.get(reverse("messages:list")).content.decode()
    sheet = client.get(reverse("applications:sheet", args=[application.pk]))

    assert sheet.status_code == 200
    assert COMMENT not in inbox
    assert not Message.objects.filter(body__contains=COMMENT).exists()
