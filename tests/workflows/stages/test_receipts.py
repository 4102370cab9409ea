"""Every submission has a receipt: its number, what was handed in, and a copy to keep."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from designation.applications import receipts
from designation.applications.models import Application, Receipt, Stage, Submission
from notifications.models import Message
from notifications.tasks import deliver_outbox
from tests.sheets import fill_in

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def read(person, application, number=1):
    return browser(person).get(page("receipt", application, number)).content.decode()


def printed(person, application, number=1):
    """The text of the copy, without spaces."""
    answer = browser(person).get(page("copy", application, number))
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    return "".join("".join(each.extract_text() for each in pages).split())


def corrected(county, application, note="补正后的说明"):
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补充。"}
    )
    county.act_on_correction(application, "NC-01")
    assert application.answers.get(item__code="NC-01").note == note


def recalled(county):
    """Handed in, taken back before anybody opened it, and handed in again."""
    application = county.at(Stage.SUBMITTED)
    county.act("recall", application, county.preparer)
    county.act("confirm", application, county.head, truth_confirmed=True)
    county.act("submit", application, county.preparer)
    return Application.objects.get(pk=application.pk)


def test_handing_in_leads_to_the_receipt_with_its_number(county):
    application = county.at(Stage.SELF_ASSESSED)

    answered = fill_in(browser(county.preparer), page("case", application), to="/submit/")

    assert answered.url == page("receipt", application, 1)
    number = Receipt.objects.get().number
    content = read(county.preparer, application)
    assert f'<b class="receipt-number">{number}</b>' in content
    assert "请记下编号" in content
    application.refresh_from_db()
    assert application.submission.sha256 in content
    assert application.evidence.first().title in content
    assert county.preparer.full_name in content


def test_the_message_and_the_case_page_name_it(county):
    reviewer, application = county.reviewer, county.at(Stage.SUBMITTED)
    deliver_outbox()

    number = application.submission.receipt.number
    for person in (county.head, reviewer):
        (message,) = Message.objects.filter(person=person, subject__contains="申报已提交")
        assert f"回执编号：{number}" in message.body
    assert number in browser(county.head).get(page("case", application)).content.decode()
    (other,) = Message.objects.filter(person=county.preparer, subject__contains="负责人确认")
    assert "回执编号" not in other.body


def test_each_submission_of_a_correction_has_a_receipt_of_its_own(county):
    application = county.at(Stage.SUBMITTED)
    corrected(county, application)

    first, second = (one.number for one in Receipt.objects.order_by("pk"))
    assert first != second
    assert first in read(county.head, application, 1)
    assert "补正后的说明" not in read(county.head, application, 1)
    assert second in read(county.head, application, 2)
    assert "补正后的说明" in read(county.head, application, 2)


def test_the_copy_holds_what_was_handed_in_then_and_is_the_same_each_time(county):
    application = county.at(Stage.SUBMITTED)
    before = printed(county.head, application)
    corrected(county, application)

    assert printed(county.head, application) == before
    submission = application.submissions.get(number=1)
    assert submission.receipt.number in before
    assert submission.sha256 in before
    assert "尚未提交" not in before
    assert "补正后的说明" in printed(county.head, application, 2)


def test_what_was_taken_back_unread_stays_the_applicants_own(county):
    application = recalled(county)

    assert browser(county.head).get(page("receipt", application, 1)).status_code == 200
    for person in (county.reviewer, county.coordinator):
        for name in ("receipt", "copy"):
            assert browser(person).get(page(name, application, 1)).status_code == 404
            assert browser(person).get(page(name, application, 2)).status_code == 200
    case = browser(county.reviewer).get(page("case", application)).content.decode()
    assert page("receipt", application, 1) not in case
    assert page("receipt", application, 2) in case
    assert browser(county.head).get(page("receipt", application, 3)).status_code == 404


def test_what_came_back_since_and_a_reply_that_was_not_sent_stand_on_no_receipt(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        corrections={"NC-01": "请补会议记录。"},
    )
    application.corrections.update(reply="还没写完的说明")

    for person in (county.reviewer, county.head):
        shown = read(person, application)
        assert "还没写完的说明" not in shown
        assert "请补会议记录" not in shown


def test_a_case_is_found_by_the_number_of_its_receipt(county):
    application = county.at(Stage.SUBMITTED)
    number = application.submission.receipt.number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    def listed(text):
        answer = browser(county.coordinator).get(reverse("applications:list"), {"text": text})
        return page("case", application) in answer.content.decode()

    assert listed(number)
    assert not listed(wrong)


def test_a_number_is_given_once_and_stands_for_good(county):
    application = county.at(Stage.SUBMITTED)
    first = application.submission.receipt
    second = Submission.objects.create(
        application=application,
        number=2,
        content={},
        sha256="0" * 64,
        submitted_at=first.given_at,
        submitted_by=county.preparer,
    )

    with pytest.raises(IntegrityError, match="receipt_number_once"), transaction.atomic():
        Receipt.objects.create(submission=second, number=first.number, given_at=first.given_at)
    with pytest.raises(IntegrityError, match="receipt_number_is_one"), transaction.atomic():
        Receipt.objects.create(submission=second, number="7", given_at=first.given_at)
    for change in (lambda: Receipt.objects.update(number="2026-000009-9"), first.delete):
        with pytest.raises(IntegrityError, match="kept as it was given"), transaction.atomic():
            change()


@pytest.mark.parametrize("text", ["2026-000123", "红旗村", "2026-000123-x", "²026-000123-4", ""])
def test_what_is_no_number_is_taken_for_none(text):
    assert not receipts.may_be(text)


def test_every_wrong_digit_is_noticed():
    digits = "2026000123"
    good = receipts.check_digit(digits)
    assert receipts.may_be(f"2026-000123-{good}")
    for place in range(len(digits)):
        for digit in set("0123456789") - {digits[place]}:
            wrong = digits[:place] + digit + digits[place + 1 :]
            assert receipts.check_digit(wrong) != good
