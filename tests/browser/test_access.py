"""Pages for everyone: without JavaScript, by assistive technology, in both languages."""

import pytest

from .barriers import violations

pytestmark = pytest.mark.django_db(transaction=True)


def serious(page):
    return [
        (violation["id"], node["target"])
        for violation in violations(page)
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def test_public_pages_have_no_serious_barrier(visitor):
    for path in (
        "/",
        "/accounts/login/",
        "/standards/",
        "/standards/NC/",
        "/standards/GQ/",
        "/register/",
    ):
        visitor.go(path)
        assert serious(visitor.page) == [], path


WORKING = {
    "dongfang.preparer": [
        "/applications/",
        "/applications/3/",
        "/applications/3/sections/1/",
    ],
    "hongqi.town": ["/applications/1/review/"],
    "county.coordinator": ["/applications/2/visit/", "/notices/desk/"],
    "county.standards": [
        "/standards/drafts/",
        "/standards/drafts/read/",
        "/replays/",
        "/replays/begin/",
    ],
    "admin.system": ["/accounts/people/"],
    "admin.security": ["/accounts/seats/"],
    "admin.audit": ["/audit/"],
}


def test_working_pages_have_no_serious_barrier(visitor):
    found = {}
    for username, paths in WORKING.items():
        visitor.sign_in(username)
        for path in paths:
            visitor.go(_with_present_ids(path))
            if wrong := serious(visitor.page):
                found[path] = wrong

    assert found == {}


def _with_present_ids(path):
    """The demo's three applications have other numbers when the sequence has moved on."""
    from designation.applications.models import Application

    places = {
        "/1/": "新河村党支部",
        "/2/": "松岭村党支部",
        "/3/": "东方社区党委",
    }
    for mark, name in places.items():
        if f"/applications{mark}" in path:
            number = Application.objects.get(organization__name_zh=name).pk
            return path.replace(mark, f"/{number}/", 1)
    return path


def test_an_item_is_answered_without_javascript(browser, browser_context_args, demo_place):
    from .conftest import Visitor

    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    visitor = Visitor(context.new_page(), demo_place)
    visitor.sign_in("dongfang.preparer")
    visitor.go(_with_present_ids("/applications/3/items/SQ-01/"))
    visitor.page.locator("[name='SQ-01-C1'][value='yes']").check()
    visitor.page.locator("#SQ-01 [name='conclusion'][value='met']").check()
    visitor.press("保存")

    visitor.sees("第 SQ-01 条已保存")
    context.close()


def test_the_language_is_switched_on_the_page(visitor):
    visitor.go("/accounts/login/")
    visitor.press("English")

    visitor.page.get_by_role("button", name="中文").wait_for()
    assert visitor.page.locator("html").get_attribute("lang") == "en"
