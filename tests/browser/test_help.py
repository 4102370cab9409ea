"""Help on a phone and on a desk: reached from the head of a page, and read."""

import pytest

from designation.organizations.models import Role
from tests import factories

from .conftest import OUTPUT
from .test_every_page import faults

pytestmark = pytest.mark.django_db(transaction=True)

# In English too: its words are longer than the boxes of the picture are in Chinese.
HELP = (
    "/en/help/course/",
    "/help/",
    "/help/course/",
    "/help/county-coordinator/",
    "/help/signed-in/",
)
# Words that stand out of their box.
OVER = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const box = svg.querySelector(".course-box").getBBox();
  const over = [...svg.querySelectorAll(":scope > text")].filter(
    (text) => text.getBBox().x + text.getBBox().width > box.x + box.width);
  const pills = [...svg.querySelectorAll("g")].filter(
    (g) => g.querySelector("text").getBBox().width > 140).map((g) => g.querySelector("text"));
  return [...over, ...pills].map((text) => text.textContent.trim());
})"""


@pytest.fixture
def coordinator(reference_data, held_clock):
    return factories.seated(Role.COUNTY_COORDINATOR, factories.JurisdictionFactory())


def test_the_help_is_for_everyone(coordinator, seat, live_server):
    page, found = seat(coordinator), {}
    for address in HELP:
        page.goto(live_server.url + address)
        if wrong := faults(page):
            found[address] = wrong
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            name = address.strip("/").replace("/", "-")
            page.screenshot(path=OUTPUT / f"{name}-{width}.png", full_page=True)

    page.goto(live_server.url + "/en/help/course/")
    assert page.evaluate(OVER) == []
    assert found == {}


def test_a_page_leads_to_its_answers_by_a_finger(coordinator, seat, live_server):
    page = seat(coordinator, width=390)
    page.goto(live_server.url + "/notices/desk/")
    link = page.get_by_role("main").get_by_role("link", name="帮助")
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 43.5
    page.screenshot(path=OUTPUT / "help-link-390.png")

    link.click()

    page.wait_for_url("**/help/county-coordinator/#notice")
    page.get_by_role("heading", name="怎样提出公示？").wait_for()
    page.get_by_role("navigation", name="本页目录").get_by_role("link", name="怎样催").click()
    assert page.url.endswith("#applying-1")
