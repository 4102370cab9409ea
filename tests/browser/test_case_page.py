"""What a case begins with on a phone, and what a printer makes of it."""

import io

import pypdfium2
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


BUTTONS_AND_WAYS = """() => [...document.querySelectorAll("button, .btn, nav, header, footer")]
  .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))"""
FOLDED = """() => [...document.querySelectorAll("main details:not(.no-print)")]
  .flatMap((d) => [...d.children].filter((e) => !e.matches("summary")))
  .filter((e) => e.getBoundingClientRect().height === 0).map((e) => e.outerHTML.slice(0, 80))"""


def printed(page):
    """The text of the case on paper, without the breaks of its lines."""
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    return "".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())


@pytest.mark.parametrize("java_script", [True, False])
def test_the_case_is_printed_opened_without_buttons(county, seat, live_server, java_script):
    application = returned(county)
    page = seat(county.head, java_script_enabled=java_script)
    page.goto(live_server.url + reverse("applications:case", args=[application.pk]))

    paper = printed(page)

    for words in ("退回补正", "请补充场所的产权证明", "申报：", "办理历程"):
        assert words in paper
    # The rows of the items lie folded on the screen.
    text = application.standard.items.get(code="NC-23").text
    assert "".join(text.split())[-12:] in paper
    for words in ("重新提交", "流程图", "退出登录", "主导航", "筛选条目"):
        assert words not in paper.replace("由单位负责人重新提交", "")


def test_nothing_to_press_stands_on_the_printed_page(county, seat, live_server):
    application = returned(county)
    page = seat(county.head)
    page.goto(live_server.url + reverse("applications:case", args=[application.pk]))

    page.emulate_media(media="print")

    assert page.evaluate(BUTTONS_AND_WAYS) == []
    assert page.evaluate(FOLDED) == []


def test_what_was_folded_is_folded_again_after_printing(county, seat, live_server):
    application = returned(county)
    page = seat(county.head)
    page.goto(live_server.url + reverse("applications:case", args=[application.pk]))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#picture").evaluate("e => e.open")

    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert not page.locator("#picture").evaluate("e => e.open")
