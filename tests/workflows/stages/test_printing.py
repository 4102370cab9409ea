"""The self-assessment on paper: what stands on the record, to be signed and filed."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from designation.applications.models import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(client, county):
    """The text of the sheet of an application, without spaces."""

    def text(application):
        client.force_login(county.head)
        answer = client.get(reverse("applications:sheet", args=[application.pk]))
        pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    return text


def test_a_submission_is_printed_with_its_answers_files_and_hash(printed, county):
    application = county.at(Stage.SUBMITTED)
    text = printed(application)

    assert county.village.name in text
    assert county.township.name in text
    assert "第1次提交" in text
    assert "".join(application.submission.sha256.split()) in text
    assert "已按要求落实，有会议记录。" in text
    assert "80%" in text
    assert application.evidence.first().title in text
    assert "尚未提交" not in text


def test_a_draft_says_that_it_was_not_handed_in_and_leaves_what_is_open_blank(printed, county):
    text = printed(county.start())

    assert "（尚未提交，仅供核对）" in text
    assert "□是□否" in text


def test_what_was_changed_since_it_was_handed_in_does_not_pass_for_the_submission(printed, county):
    application = county.at(Stage.SUBMITTED)
    answer = application.answers.get(item__code="NC-01")
    answer.note = "补正后的说明"
    answer.save(update_fields=["note"])

    text = printed(application)

    assert "补正后的说明" in text
    assert "（尚未提交，仅供核对）" in text
    assert application.submission.sha256 not in text


def test_the_case_page_leads_to_the_sheet(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)

    shown = client.get(reverse("applications:case", args=[application.pk])).content.decode()

    assert reverse("applications:sheet", args=[application.pk]) in shown
