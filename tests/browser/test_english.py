"""Pages in English on a phone: its words are longer, and nothing scrolls sideways."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = (
    "/",
    "/accounts/login/",
    "/rounds/",
    "/rounds/1/",
    "/standards/",
    "/standards/NC/",
    "/standards/GQ/",
    "/notices/",
    "/register/",
    "/applications/",
    "/messages/",
    "/audit/",
    "/accounts/settings/",
    "/standards/drafts/",
    "/accounts/organizations/",
    "/accounts/people/",
    "/accounts/seats/",
)
PEOPLE = (
    "hongqi.preparer",
    "county.standards",
    "admin.system",
    "admin.security",
    "admin.audit",
)


def too_wide(visitor):
    return visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_in_english_scrolls_sideways_on_a_phone(visitor, username):
    visitor.sign_in(username)
    visitor.press("English")
    visitor.page.set_viewport_size({"width": 390, "height": 900})

    found = {}
    for address in ADDRESSES:
        visitor.go(address)
        found[address] = too_wide(visitor)

    assert {address: by for address, by in found.items() if by > 1} == {}
