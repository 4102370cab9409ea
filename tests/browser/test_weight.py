"""What a phone before a slow line fetches: once at the first visit, and for each page after."""

import gzip

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
# Bytes, compressed.
FIRST_VISIT, LATER = 250_000, 30_000
REQUESTS_LATER = 2


ASKED = "performance.getEntriesByType('resource').map((one) => one.name)"


def fetched(page):
    """By address, what the page that is open consists of, compressed; its own document too."""
    page.wait_for_load_state("networkidle")
    found = {page.url, *page.evaluate(ASKED)}
    return {url: len(gzip.compress(page.request.get(url).body())) for url in found}


def test_a_first_visit_and_a_section_after_it(county, seat, live_server):
    draft = county.start()
    county.answer_all(draft)

    page = seat(county.preparer, **PHONE)
    first = fetched(page)
    assert len(first) > 5
    assert sum(first.values()) < FIRST_VISIT

    page.goto(live_server.url + reverse("applications:section", args=[draft.pk, 2]))
    section = fetched(page)
    # Under names with a hash of their content, what is static is not asked for again.
    static = {url for url in section if "/static/" in url}
    assert static <= set(first)
    assert len(section) - len(static) <= REQUESTS_LATER
    assert sum(size for url, size in section.items() if url not in static) < LATER
