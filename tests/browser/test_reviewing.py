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
    yield sitting
    # What a page sends as it is left is passed by, too, while the routes still stand.
    sitting.goto("about:blank")


def in_focus(page):
    return page.evaluate("document.activeElement.closest('form[data-review] > *')?.id")


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

    assert page.locator("form[data-review] > article[id^=item]").count() == 1
    page.get_by_role("link", name="作出决定").press("Enter")
    page.wait_for_function(
        "() => document.querySelector('#decide').getBoundingClientRect().top < 900"
    )
    assert Application.objects.get(pk=submitted.pk).stage == Stage.SUBMITTED


# Three in a row, after a return and its correction, and no hand on the mouse


OPINION = "材料齐全、情况属实，同意推荐。"


class Keys:
    """A person who only presses keys."""

    def __init__(self, page):
        self.page = page

    def tab_to(self, place, key="Tab", most=40):
        """Press until the place is reached, as often as it takes."""
        for _press in range(most):
            if place.evaluate("e => e === document.activeElement"):
                return self
            self.page.keyboard.press(key)
        raise AssertionError(f"{place} is not reached by {most} times {key}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def types(self, text):
        self.page.keyboard.type(text)
        return self

    def go_in(self):
        """Into the first item that is shown: from the list, by its link."""
        page = self.page
        self.tab_to(page.locator("[data-row]:not(.muted)").first, most=80).press("Enter")
        page.wait_for_function("() => document.activeElement.matches('article[id^=item-]')")
        return self

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def recommends(self):
        self.press("d")
        self.tab_to(self.page.locator("#opinion")).types(OPINION)
        self.tab_to(self.button("通过并推荐")).press("Enter")

    def is_at(self, application):
        self.page.wait_for_url(f"**/applications/{application.pk}/review/?*")
        self.page.locator("form[data-review]").wait_for()
        return self


def test_a_return_its_correction_and_three_cases_in_a_row_with_the_keyboard_only(
    seat, county, held_clock
):
    places = [county, county.beside(), county.beside()]
    first, second, third = (place.at(Stage.SUBMITTED) for place in places)
    for one in (first, second, third):
        county.mark_all(one)
    page = seat(county.reviewer)
    keys, site = Keys(page), page.url.rstrip("/")

    page.goto(site + reverse("applications:queue"))
    keys.tab_to(page.get_by_role("link", name="从第一件开始")).press("Enter")
    keys.is_at(first).go_in().press("j")
    keys.tab_to(page.locator("#item-NC-02 input[name=return]")).press("Space")
    keys.types("请补充签到表。")
    keys.tab_to(page.locator("#item-NC-03 input[type=radio]").first).press("d")
    keys.tab_to(page.locator("#decide summary", has_text="退回补正")).press("Enter")
    keys.tab_to(keys.button("先看申报单位将收到什么").nth(1)).press("Enter")
    page.locator("#preview").get_by_text("NC-02：请补充签到表。").wait_for()
    keys.tab_to(page.get_by_role("link", name="去作出决定"), most=80).press("Enter")
    keys.tab_to(keys.button("发出补正清单")).press("Enter")
    keys.is_at(second)
    assert Application.objects.get(pk=first.pk).stage == Stage.RETURNED

    held_clock.move(timedelta(days=1))
    county.act_on_correction(first, "NC-02")

    page.goto(site + reverse("applications:queue"))
    keys.tab_to(page.get_by_role("link", name="从第一件开始")).press("Enter")
    keys.is_at(first).go_in()
    assert page.locator("form[data-review] > article[id^=item]").count() == 1
    keys.tab_to(page.locator("#item-NC-02 input[value=met]")).press("Space")
    for one, after in ((first, second), (second, third)):
        keys.recommends()
        keys.is_at(after).go_in()
        assert Application.objects.get(pk=one.pk).stage == Stage.RECOMMENDED
    keys.recommends()
    page.wait_for_url("**" + reverse("applications:queue"))
    assert Application.objects.get(pk=third.pk).stage == Stage.RECOMMENDED
    assert page.get_by_text("没有等您审核的申报").is_visible()


def test_a_reason_whose_tick_is_taken_away_is_not_sent_and_comes_back_with_it(page):
    tick, reason = page.locator("#item-NC-13 input[name=return]"), page.locator("#reason-NC-13")
    tick.check()
    reason.fill("请补充")

    tick.uncheck()
    assert reason.input_value() == ""
    assert page.locator("[data-row=NC-13] [data-row-returned]").is_hidden()
    tick.check()
    assert reason.input_value() == "请补充"
    assert page.locator("[data-row=NC-13] [data-row-returned]").is_visible()


def test_the_list_shows_where_one_is_and_what_was_given(page):
    page.locator("#item-NC-02 input[value=not_met]").check()

    row = page.locator("[data-row=NC-02]")
    assert row.locator("[data-row-verdict]").text_content() == "未达标"
    assert row.get_attribute("aria-current") == "true"
    row.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.row") == "NC-03"


def test_missing_evidence_is_listed_at_a_press_and_can_be_written_on(page):
    page.locator("#reason-NC-13").evaluate("e => { e.value = '照片模糊。'; }")
    page.locator("#item-NC-13").get_by_role("button", name="缺少材料").click()

    assert page.locator("#item-NC-13 input[name=return]").is_checked()
    said = "照片模糊。\n本条缺少佐证材料，请补充。"
    assert page.locator("#reason-NC-13").input_value() == said
    assert page.evaluate("document.activeElement.id") == "reason-NC-13"
    assert page.locator("[data-returned]").text_content() == "1"
