"""A phone: a menu that shows there is more and closes, and the focused field in view."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
# What is left above the keyboard.
ABOVE_THE_KEYBOARD = {"width": 390, "height": 400}


@pytest.mark.parametrize("java_script", [True, False])
def test_the_menu_opens_shows_every_place_and_closes(county, seat, live_server, java_script):
    page = seat(county.preparer, **PHONE, java_script_enabled=java_script)
    nav, menu = page.locator(".site-nav"), page.locator(".menu-fold")
    first, folded = nav.get_by_role("link", name="工作台"), nav.get_by_role("link", name="资料库")
    expect(first).to_be_visible()
    expect(folded).to_be_hidden()

    menu.click()
    expect(folded).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    menu.click()

    expect(folded).to_be_hidden()


def test_the_menu_is_worked_with_the_keyboard_and_closes_at_escape(county, seat, live_server):
    page = seat(county.preparer, **PHONE)
    folded = page.locator(".site-nav").get_by_role("link", name="资料库")
    page.get_by_label("菜单").focus()
    page.keyboard.press("Space")
    expect(folded).to_be_visible()

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(folded).to_be_hidden()
    expect(page.get_by_label("菜单")).to_be_focused()


def test_a_menu_closes_when_something_else_is_pressed(county, seat, live_server):
    page = seat(county.preparer, **PHONE)
    page.locator("details.account summary").click()
    out = page.get_by_role("button", name="退出登录")
    expect(out).to_be_visible()

    page.locator("h1").click()

    expect(out).to_be_hidden()


def test_at_a_desk_every_place_stands_in_the_row(county, seat, live_server):
    page = seat(county.preparer)

    expect(page.locator(".site-nav").get_by_role("link", name="资料库")).to_be_visible()
    expect(page.locator(".menu-fold")).to_be_hidden()


def test_the_first_tab_leads_past_everything_to_the_page(county, seat, live_server):
    page = seat(county.preparer, **PHONE)

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    assert page.locator(".skip-link").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()


COVERED = """() => {
  const field = document.activeElement;
  const box = field.getBoundingClientRect();
  const inView = box.top >= 0 && box.top < innerHeight && box.left >= 0;
  const y = Math.min(Math.max(box.top + 4, 0), innerHeight - 1);
  const top = document.elementFromPoint(box.left + Math.min(8, box.width / 2), y);
  const isSeen = top && (field.contains(top) || top.contains(field)
    || [...(field.labels ?? [])].some((label) => label.contains(top)));
  const over = top ? top.outerHTML.slice(0, 90) : "nothing";
  const at = `${Math.round(box.left)},${Math.round(box.top)} ${innerWidth}x${innerHeight}`;
  return inView && isSeen ? "" : `${field.outerHTML.slice(0, 90)} at ${at} under ${over}`;
}"""


def places(county):
    draft = county.beside().start()
    submitted = county.at(Stage.SUBMITTED)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return [
        (county.reviewer, reverse("applications:review", args=[submitted.pk])),
        (county.reviewer, reverse("applications:case", args=[submitted.pk])),
        (administrator, reverse("organizations:person_add")),
    ] + [(person, reverse("applications:summary", args=[draft.pk])) for person in applicants(draft)]


def applicants(application):
    """Whoever prepares it."""
    return [seat.person for seat in application.organization.seats.filter(role=Role.PREPARER)]


def test_the_focused_field_is_in_view_above_the_keyboard(county, seat, live_server):
    for person, address in places(county):
        page = seat(person, **ABOVE_THE_KEYBOARD, reduced_motion="reduce")
        page.goto(live_server.url + address)
        fields = page.locator("main :is(input:not([type=hidden]), textarea, select, button)")
        for number in range(min(fields.count(), 40)):
            field = fields.nth(number)
            if field.is_visible() and field.is_enabled():
                field.focus()
                assert page.evaluate(COVERED) == "", (address, number)
