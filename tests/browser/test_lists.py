"""A list on a phone and on a desk: narrowed, sorted by keyboard, leafed through, and back."""

import pytest
from playwright.sync_api import expect

from designation.organizations.models import Jurisdiction
from tests import factories

from .test_access import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerks(visitor):
    """Forty clerks whom the county's administrator entered."""
    county = Jurisdiction.objects.get(code="990121000000")
    for number in range(40):
        factories.PersonFactory(
            username=f"clerk.{number:02d}", full_name=f"王办事{number:02d}", jurisdiction=county
        )
    visitor.sign_in("admin.system")
    return visitor


def names(page):
    return page.locator("tbody tr td:first-child").all_inner_texts()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_is_narrowed_sorted_by_keyboard_leafed_through_and_gone_back_in(clerks, width):
    page = clerks.page
    page.set_viewport_size({"width": width, "height": 900})
    clerks.go("/accounts/people/")
    expect(page.get_by_role("status")).to_contain_text("共")

    page.get_by_label("按名称查找").fill("clerk")
    page.keyboard.press("Enter")
    clerks.sees("符合条件的有 40 条")
    assert names(page)[0] == "王办事00"
    assert serious(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    sort_by_keyboard(page, width)
    page.wait_for_url("**order=-username**")
    assert names(page)[0] == "王办事39"
    expect(page.get_by_label("按名称查找")).to_have_value("clerk")

    page.get_by_role("link", name="下一页").click()
    clerks.sees("第 2 页，共 2 页")
    assert names(page)[-1] == "王办事00"

    page.go_back()
    clerks.sees("第 1 页，共 2 页")
    assert names(page)[0] == "王办事39"
    page.go_back()
    page.wait_for_url(lambda address: "order=-" not in address)
    assert names(page)[0] == "王办事00"

    page.get_by_role("link", name="清除筛选").click()
    clerks.sees("共 ")
    expect(page.get_by_label("按名称查找")).to_have_value("")
    assert clerks.complaints == []


def sort_by_keyboard(page, width):
    """By the head of the column where the heads are seen, else by the input."""
    if width < 820:
        page.get_by_label("排序").focus()
        page.keyboard.type("账号，倒")
        page.get_by_label("排序").select_option("-username")
    else:
        page.get_by_role("columnheader", name="账号").get_by_role("link").focus()
        page.keyboard.press("Enter")


def test_on_a_phone_the_inputs_of_a_long_form_unfold_by_keyboard(visitor):
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 900})
    visitor.go("/register/")
    expect(page.get_by_label("组织名称、拼音首字母、名册或证书编号")).to_be_hidden()

    assert serious(page) == []
    page.get_by_label("筛选和排序").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("组织名称、拼音首字母、名册或证书编号")).to_be_visible()

    # A choice applies at once; what is asked for stands open.
    page.get_by_label("状态").select_option("valid")
    page.wait_for_url("**status=valid**")
    expect(page.get_by_label("状态")).to_have_value("valid")
    expect(page.get_by_label("状态")).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 900})
    visitor.go("/register/")
    expect(page.get_by_label("组织名称、拼音首字母、名册或证书编号")).to_be_visible()
    expect(page.locator(".filters-fold")).to_be_hidden()
    expect(page.locator(".filters-box")).to_be_hidden()
    assert serious(page) == []
    assert visitor.complaints == []
