"""What the server answers late moves nothing that a thumb is on its way to."""

from contextlib import contextmanager

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.course import PDF, County

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844, "has_touch": True}
# Of a pixel: what a browser rounds.
STILL = 1


@pytest.fixture
def county(live_server, reference_data, held_clock):
    return County()


class Held:
    """The answers to what is sent to one address wait until they are let go."""

    def __init__(self, page, address):
        self.page, self.waiting = page, []
        page.route(address, self._hold)

    def _hold(self, route):
        if route.request.method == "POST":
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self):
        """All that waits is answered, what is sent after it too, and stands on the page."""
        under_way = self.page.locator("[data-state=saving], [data-state=sending]")
        under_way.first.wait_for(state="attached")
        while under_way.count() or self.waiting:
            while self.waiting:
                self.waiting.pop(0).continue_()
            self.page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.fixture
def phone(county, seat):
    return seat(county.preparer, **PHONE)


@pytest.fixture
def address(county, live_server):
    """Of the first section of a village's standard."""
    return live_server.url + reverse("applications:section", args=[county.start().pk, 1])


def has_its_script(page):
    page.wait_for_function("() => document.documentElement.dataset.script")
    page.locator(".save-light").wait_for(state="attached")


@pytest.fixture
def section(phone, address):
    phone.goto(address)
    has_its_script(phone)
    return phone


def top(place):
    """Where on the screen it begins, in pixels."""
    return place.evaluate("place => place.getBoundingClientRect().top")


@contextmanager
def stays(place):
    """What happens meanwhile leaves it where it is on the screen."""
    before = top(place)
    yield
    assert abs(top(place) - before) <= STILL


def question(page, code):
    return page.locator(f"[id='{code}']")


def tap(page, code, value):
    question(page, code).locator(f"input[type=radio][value={value}]").tap()


def at_hand(place):
    place.evaluate("place => scrollTo({ top: scrollY + place.getBoundingClientRect().top - 400 })")


def test_a_verdict_that_comes_late_does_not_move_the_next_question(section):
    answers = Held(section, "**/items/NC-03/")
    following = question(section, "NC-03-C5").locator("input[type=radio]").first
    at_hand(following)

    tap(section, "NC-03-C4", "yes")
    with stays(following):
        answers.let_go()

        expect(section.locator("#verdict-NC-03-C4")).not_to_be_empty()


def test_what_is_proposed_at_the_end_of_an_item_does_not_move_the_next_item(section):
    answers = Held(section, "**/items/NC-03/")
    question(section, "NC-03").get_by_role("button", name="以上均做到").tap()
    tap(section, "NC-03-C4", "no")
    answers.let_go()
    following = question(section, "NC-04").get_by_role("heading").first
    at_hand(following)

    tap(section, "NC-03-C5", "no")
    with stays(following):
        answers.let_go()

        expect(section.locator("#proposed-NC-03")).not_to_be_empty()


def test_a_field_that_one_types_in_stays_when_an_earlier_answer_comes(section):
    answers = Held(section, "**/items/NC-01/")
    typed_in = question(section, "NC-02").locator("textarea").first
    at_hand(typed_in)
    tap(section, "NC-01-C2", "no")
    typed_in.tap()

    with stays(typed_in):
        answers.let_go()

        expect(section.locator("#verdict-NC-01-C2")).not_to_be_empty()


def test_a_file_that_arrives_does_not_move_the_next_item(section):
    files = Held(section, "**/evidence/**")
    item = question(section, "NC-01")
    following = question(section, "NC-02").get_by_role("heading").first
    at_hand(following)

    with section.expect_file_chooser() as choosing:
        item.locator("[data-pick]:not([data-pick=camera])").first.tap()
    choosing.value.set_files({"name": "会议记录.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(item.locator(".uploads-list li")).to_be_visible()
    with stays(following):
        files.let_go()

        expect(item.get_by_role("link", name="会议记录.pdf").first).to_be_visible()


def test_a_notice_at_the_head_of_the_page_does_not_move_what_one_reads_further_down(section):
    asked = question(section, "NC-03-C5").locator("input[type=radio]").first
    section.route("**/items/NC-03/", lambda route: route.abort())
    at_hand(asked)

    with stays(asked):
        tap(section, "NC-03-C4", "no")
        expect(section.locator("#saving-notices [role=alert]")).to_be_attached()


def test_a_script_that_comes_late_moves_nothing(phone, address):
    coming = []

    def wait(route):
        coming.append(route)

    phone.route("**/saving/main*.js", wait)
    with phone.expect_request("**/saving/main*.js"):
        phone.goto(address, wait_until="commit")
    asked = question(phone, "NC-03-C5").locator("input[type=radio]").first
    at_hand(asked)
    together = question(phone, "NC-03").get_by_role("button", name="以上均做到")
    assert not together.is_visible()

    with stays(asked):
        coming.pop().continue_()
        has_its_script(phone)

        assert together.is_visible()


def test_a_part_that_the_page_asks_for_by_itself_does_not_move_what_follows_it(section):
    said = {"content_type": "text/html; charset=utf-8", "body": "<p>已完成一半</p>" * 3}
    section.route("**/how-far/", lambda route: route.fulfill(**said))
    following = question(section, "NC-04").get_by_role("heading").first
    at_hand(following)

    with stays(following):
        section.evaluate("() => htmx.ajax('GET', '/how-far/', { target: '#proposed-NC-03' })")

        expect(section.locator("#proposed-NC-03")).to_contain_text("已完成一半")


def test_a_message_at_a_field_in_sight_is_seen_and_not_pushed_out_of_the_screen(section):
    other = section.context.new_page()
    other.goto(section.url)
    has_its_script(other)
    other.locator("[name='NC-01-C1']").fill("另一页写的")
    tap(other, "NC-01-C2", "no")
    expect(other.locator("[data-state=saved]")).to_be_visible()

    answers = Held(section, "**/items/NC-01/")
    mine = section.locator("[name='NC-01-C1']")
    mine.fill("这一页写的")
    tap(section, "NC-01-C2", "no")
    mine.evaluate("place => scrollTo({ top: scrollY + place.getBoundingClientRect().top - 80 })")
    answers.let_go()

    message = section.locator("[id='NC-01'] .field-error")
    expect(message.get_by_role("button", name="用我的")).to_be_visible()
    expect(message).to_be_in_viewport(ratio=1)


def test_the_bar_leaves_no_empty_room_for_the_button_that_is_loading(phone, address):
    phone.route("**/saving/main*.js", lambda route: route.abort())
    phone.goto(address)
    bar = phone.locator(".sticky-bar")

    expect(bar.locator(".while-loading")).to_be_visible()
    assert bar.locator(".needs-script").evaluate("button => button.offsetHeight") == 0
