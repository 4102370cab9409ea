"""A refused upload brings the person to its message, with and without the page's script."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Answer
from tests.course import County

pytestmark = pytest.mark.django_db(transaction=True)

MEGABYTE = 1024 * 1024


@pytest.fixture
def county(live_server, reference_data, held_clock):
    return County()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def item_page(request, browser, browser_context_args, live_server, county):
    """The page of an item in a small window, as its preparer sees it."""
    application = county.start()
    session = Client()
    session.force_login(county.preparer)
    size = {"viewport": {"width": 390, "height": 700}, "java_script_enabled": request.param}
    context = browser.new_context(**browser_context_args | size)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(live_server.url + reverse("applications:item", args=[application.pk, "NC-01"]))
    yield page
    context.close()


def upload(page, file):
    for folded in ("#note-NC-01 > summary", "#NC-01 .item-evidence summary"):
        page.locator(folded).click()
    page.locator("#id_NC-01_note").fill("写了很久的说明")
    page.locator("#id_NC-01_title").fill("会议纪要")
    page.locator("#id_NC-01_file").set_input_files(file)
    page.get_by_role("button", name="上传材料").click()


def focus_stands_at_the_message(page):
    """In the summary, or in the field whose message it is; both lie in the window."""
    focused = page.locator("#upload-refused:focus, #field-NC-01-file input:focus")
    expect(focused).to_be_in_viewport()
    expect(page.locator("#field-NC-01-file .field-error")).to_be_visible()


def test_a_refused_file_brings_focus_and_window_to_its_message(item_page, tmp_path):
    file = tmp_path / "旧文件.doc"
    file.write_bytes(b"{\\rtf1 old}")

    upload(item_page, file)

    expect(item_page.locator("#upload-refused")).to_contain_text("另存为 docx 后再传")
    focus_stands_at_the_message(item_page)
    expect(item_page.locator("#id_NC-01_title")).to_have_value("会议纪要")
    assert Answer.objects.get().note == "写了很久的说明"


def test_a_file_far_too_large_is_said_to_be_so(item_page, tmp_path):
    file = tmp_path / "录像.pdf"
    with file.open("wb") as written:
        written.truncate(80 * MEGABYTE)

    upload(item_page, file)

    expect(item_page.locator("#upload-refused")).to_contain_text("超过单个文件 20 MB 的上限")
    focus_stands_at_the_message(item_page)
    expect(item_page.locator("#id_NC-01_note")).to_have_value("写了很久的说明")
