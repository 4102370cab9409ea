"""The reviewer at the keyboard: from item to item, a reason where it is found, and the count."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


def pass_by(route):
    asked = route.request
    if asked.resource_type == "image" or asked.url.endswith("/marks/"):
        route.abort()
    else:
        route.continue_()


@pytest.fixture
def page(seat, county, submitted):
    sitting = seat(county.reviewer)
    # What saves itself and the pictures of evidence are not looked at here, and would be on their
    # way still when a test ends.
    sitting.route("**/*", pass_by)
    sitting.goto(sitting.url.rstrip("/") + reverse("applications:review", args=[submitted.pk]))
    return sitting


def in_focus(page):
    return page.evaluate("document.activeElement.closest('form[data-review] > section')?.id")


def test_j_and_k_go_from_item_to_item_and_do_nothing_in_a_text(page):
    page.locator("#item-NC-01 input[type=radio]").first.focus()

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert in_focus(page) == "item-NC-03"
    page.keyboard.press("k")
    assert in_focus(page) == "item-NC-02"

    page.locator("#comment-NC-02").focus()
    page.keyboard.type("jk")
    assert in_focus(page) == "item-NC-02"
    assert page.locator("#comment-NC-02").input_value() == "jk"


def test_a_tick_asks_for_its_reason_in_the_item_and_is_counted_in_the_bar(page):
    reason = page.locator("#reason-NC-13")
    assert not reason.is_visible()

    page.locator("#item-NC-13").get_by_label("列入退回").check()

    assert reason.is_visible()
    assert page.evaluate("document.activeElement.id") == "reason-NC-13"
    assert page.locator("[data-returned]").text_content() == "1"
    page.locator("#item-NC-13").get_by_label("列入退回").uncheck()
    assert page.locator("[data-returned]").text_content() == "0"


def test_the_bar_counts_the_verdicts_while_they_are_given(page):
    page.locator("#item-NC-01 input[value=met]").check()
    page.locator("#item-NC-02 input[value=not_met]").check()

    assert page.locator("[data-marked]").text_content() == "2"


def test_a_return_and_the_look_at_its_correction_with_the_keyboard_alone(
    page, county, submitted, held_clock
):
    page.locator("#item-NC-13 input[name=return]").focus()
    page.keyboard.press("Space")
    page.keyboard.type("请补充会议记录。")
    page.locator("#decide summary", has_text="退回补正").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="发出补正清单").focus()
    page.keyboard.press("Enter")
    page.get_by_text("决定已作出").wait_for()
    held_clock.move(timedelta(days=1))
    submitted.answers.filter(item__code="NC-13").update(note="已补充会议记录")
    submitted.corrections.update(reply="已补充")
    county.act("resubmit", submitted, county.head, truth_confirmed=True)

    page.goto(
        page.url.split("/applications/")[0] + f"/applications/{submitted.pk}/review/?show=changed"
    )

    assert page.locator("form[data-review] > section[id^=item]").count() == 1
    page.get_by_role("link", name="作出决定").press("Enter")
    page.wait_for_function(
        "() => document.querySelector('#decide').getBoundingClientRect().top < 900"
    )
    assert Application.objects.get(pk=submitted.pk).stage == Stage.SUBMITTED
