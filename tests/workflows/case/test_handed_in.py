"""A correction still being written is the applicant's own; others read what was handed in."""

from datetime import date

import pytest
from django.urls import reverse

from designation.applications import evidence
from designation.applications.models import Answer, Application, Stage
from tests.course import PDF
from workflows.case.facts import Case
from workflows.case.handed_in import as_read_by
from workflows.case.records import Correction
from workflows.stages.self_assessment.printing import filled_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(county):
    """Handed in with one note and one file; the correction has begun, and is not sent."""
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补充"}
    )
    Answer.objects.filter(application=application, item__code="NC-01").update(note="还没写完")
    Correction.objects.filter(application=application).update(reply="回复还没写完")
    file = application.evidence.get()
    evidence.remove(file, application.standard.items.first(), actor=county.preparer)
    county.attach(application, PDF + b"%new")
    Application.objects.filter(pk=application.pk).update(
        summary="改了一半的简介", approving_meeting_on=None
    )
    return Application.objects.get(pk=application.pk)


def page(client, person, application):
    client.force_login(person)
    return client.get(reverse("applications:case", args=[application.pk])).content.decode()


def test_reviewers_and_the_county_read_the_submission_and_not_the_half_written_correction(
    client, county, returned
):
    for person in (county.reviewer, county.coordinator):
        shown = page(client, person, returned)

        assert "本村申报简介" in shown
        assert "还没写完" not in shown
        assert "改了一半" not in shown
        assert "会议记录" in shown


def test_nor_is_it_read_on_the_page_of_its_section(client, county, returned):
    address = reverse("applications:section", args=[returned.pk, 1])
    for person, reads in ((county.reviewer, False), (county.preparer, True)):
        client.force_login(person)
        shown = client.get(address).content.decode()

        assert ("还没写完" in shown) is reads
        assert "请补充" in shown


def test_the_applicant_reads_what_they_are_writing(client, county, returned):
    shown = page(client, county.preparer, returned)

    assert "还没写完" in shown
    assert "改了一半的简介" in shown


def test_the_sheet_of_a_reviewer_is_that_of_the_submission(county, returned):
    case = as_read_by(Case(returned, actor=county.reviewer), county.reviewer)

    assert case.application.approving_meeting_on == date(2026, 3, 2)
    assert any(returned.submission.sha256 in remark for remark in filled_sheet(case).remarks)


def test_reading_what_was_handed_in_leaves_the_case_as_it_is_being_written(county, returned):
    written = Case(returned, actor=county.reviewer)
    read = as_read_by(written, county.reviewer)

    assert read.application.summary != written.application.summary
    assert read.answers["NC-01"].note != written.answers["NC-01"].note
    assert written.application.summary == returned.summary


def test_once_handed_in_again_everybody_reads_the_new_one(client, county, returned):
    county.prepare(returned)
    Answer.objects.filter(application=returned, item__code="NC-01").update(note="补好的说明")
    county.act("resubmit", returned, county.head, truth_confirmed=True)

    assert "补好的说明" in page(client, county.reviewer, returned)
