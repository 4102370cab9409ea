"""What the case page shows to whom it refuses a press."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

UNSENT = "还没写完的补正说明"


def test_a_reviewer_who_comes_too_late_reads_no_half_written_reply(county):
    """The page was opened before the clerk began; the return cannot be taken back any more."""
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "请补依据。"}
    )
    reviewer, name = Client(), "take_back_return"
    reviewer.force_login(county.reviewer)
    case = reverse("applications:case", args=[application.pk])
    press = reverse("applications:perform", args=[application.pk, name])
    opened = Sheet(reviewer, case, to=press)
    application.corrections.update(reply=UNSENT)

    answer = opened.send()

    assert answer.status_code == 422
    assert "收回" in answer.content.decode()
    assert UNSENT not in answer.content.decode()
