"""What a case begins with on a phone, and what a printer makes of it."""

import pytest
from django.urls import reverse

from designation.applications.models import Conclusion, Stage
from tests.course import OPINION

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def returned(county):
    application = county.at(Stage.SUBMITTED)
    corrections = {"NC-13": "请补充场所的产权证明，并注明面积。", "NC-14": "照片看不清"}
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)
    return application


def rejected(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    application.marks.filter(item__code="NC-13").update(
        verdict=Conclusion.NOT_MET, comment="面积不足"
    )
    county.act("reject", application, county.reviewer, opinion=OPINION)
    return application


@pytest.mark.parametrize(
    ("arrange", "reason"), [(returned, "请补充场所的产权证明"), (rejected, "面积不足")]
)
@pytest.mark.parametrize("who", ["head", "reviewer"])
def test_why_it_was_returned_or_refused_stands_in_the_first_screen_of_a_phone(
    county, seat, live_server, arrange, reason, who
):
    application = arrange(county)
    page = seat(getattr(county, who), **PHONE)

    page.goto(live_server.url + reverse("applications:case", args=[application.pk]))

    keep_picture(page, f"result-{arrange.__name__}-{who}")
    lowest = page.locator("#result", has_text=reason).get_by_text(reason).bounding_box()
    assert lowest["y"] + lowest["height"] <= PHONE["height"]
