"""What a screen reader is told of the pages on which most hours are spent, line by line.

``trees/`` holds each as it was last read by a person, with one item for the others: they are built
alike. Where a change is meant, delete the file: the test writes it anew, and fails once so that
somebody reads it.
"""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from tests.course import OPINION

from .barriers import violations

pytestmark = pytest.mark.django_db(transaction=True)

TREES = Path(__file__).parent / "trees"
# Numbers that the tests before have used up.
COUNTED = re.compile(
    r"(?<=人员)\d+|(?<=第)\d+(?=[村镇])|(?<=applications/)\d+|(?<=evidence/)\d+"
    # A receipt, and the hash of what was handed in.
    r"|\d{4}-\d{6}-\d|[0-9a-f]{12}(?=…)"
)
OTHERS = """() => {
  const ofItems = document.querySelectorAll(
    ":is(article, section, tr)[id*='NC-'], li:has(> a[href^='#item-NC-'])");
  for (const one of ofItems) {
    const says = one.id || one.querySelector("a").hash;
    if (!says.endsWith("NC-01")) one.remove();
  }
}"""


def a_section(county):
    draft = county.start()
    county.attach(draft)
    return county.preparer, "section", [draft.pk, 1]


def a_case_sent_back(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        opinion=OPINION,
        corrections={"NC-01": "请补充会议记录。"},
    )
    return county.preparer, "case", [application.pk]


def the_page_of_the_head(county):
    draft = county.start()
    county.prepare(draft)
    return county.head, "confirm", [draft.pk]


def a_review(county):
    application = county.at(Stage.SUBMITTED)
    return county.reviewer, "review", [application.pk]


PAGES = [a_section, a_case_sent_back, the_page_of_the_head, a_review]


def opened(county, seat, live_server, made, **how):
    person, name, arguments = made(county)
    page = seat(person, **how)
    page.goto(live_server.url + reverse(f"applications:{name}", args=arguments))
    return page


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.__name__)
def test_a_screen_reader_is_told_what_was_read_here(county, seat, live_server, made):
    page = opened(county, seat, live_server, made)
    page.evaluate(OTHERS)

    heard = COUNTED.sub("N", page.locator("main").aria_snapshot()) + "\n"

    kept = TREES / f"{made.__name__}.yaml"
    if not kept.exists():
        TREES.mkdir(exist_ok=True)
        kept.write_text(heard)
        pytest.fail(f"{kept.name} was written anew: read it, and run the test again.")
    assert heard == kept.read_text()


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.__name__)
def test_in_english_it_has_no_barrier_either(county, seat, live_server, made):
    """What the pages of every address are asked in Chinese (test_every_page)."""
    page = opened(county, seat, live_server, made)
    page.get_by_role("button", name="English").click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")

    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
