"""The library in a browser: a file put in, its pages seen as pictures, chosen for an item."""

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from designation.evidence import previews
from designation.evidence.models import LibraryEntry
from tests.course import County

from .conftest import OUTPUT, keep_picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server, reference_data, held_clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return County()


@pytest.fixture(params=[390, 1280])
def page(request, browser, browser_context_args, live_server, county):
    session = Client()
    session.force_login(county.preparer)
    size = {"viewport": {"width": request.param, "height": 800}}
    context = browser.new_context(**browser_context_args | size)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    yield page
    context.close()


def minutes(tmp_path):
    writer = pypdf.PdfWriter()
    for _page in range(2):
        writer.add_blank_page(595, 842)
    written = io.BytesIO()
    writer.write(written)
    file = tmp_path / "三月会议纪要.pdf"
    file.write_bytes(written.getvalue())
    return file


def test_a_file_is_put_in_seen_and_chosen(page, live_server, county, tmp_path):
    application = county.start()
    page.goto(live_server.url + reverse("library:list"))
    page.get_by_role("link", name="存入资料").click()
    page.get_by_label("材料日期").fill("2026-03-01")
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="选照片或文件").click()
    asked.value.set_files(minutes(tmp_path))
    expect(page.locator(".uploads-list [data-state=kept]")).to_have_count(1)
    entry = LibraryEntry.objects.get()
    assert previews.make(entry.pk)

    page.goto(live_server.url + reverse("applications:item", args=[application.pk, "NC-01"]))
    page.locator("#NC-01 .item-evidence summary").click()
    page.get_by_role("link", name="从资料库选用").click()
    page.get_by_role("button", name="选用：三月会议纪要.pdf").click()

    expect(page.get_by_text("已引用材料。")).to_be_visible()
    pictures = page.locator(".evidence-strip img")
    expect(pictures).to_have_count(2)
    pictures.first.scroll_into_view_if_needed()
    expect(pictures.first).to_have_js_property("naturalHeight", 320)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.complaints == []


def test_pictures_of_an_items_files_open_in_the_page_one_after_another(
    page, live_server, county, tmp_path
):
    application = county.start()
    county.attach(application, content=minutes(tmp_path).read_bytes())
    assert previews.make(LibraryEntry.objects.get().pk)
    page.goto(live_server.url + reverse("applications:item", args=[application.pk, "NC-01"]))
    here = page.url

    page.locator(".evidence-strip a").first.press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_js_property("naturalHeight", 1400)
    expect(dialog.get_by_text("第 1 页 · 1 / 2")).to_be_visible()
    expect(dialog.get_by_role("button", name="上一张")).to_be_disabled()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("第 2 页 · 2 / 2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("第 2 页 · 2 / 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".evidence-strip a").nth(1)).to_be_focused()
    page.locator(".evidence-strip a").first.click()
    dialog.get_by_role("button", name="关闭图片").click()
    expect(dialog).to_be_hidden()
    assert page.url == here
    assert page.complaints == []


def test_files_are_described_and_a_published_page_entered(page, live_server, county, tmp_path):
    application = county.start()
    file = county.attach(application, content=minutes(tmp_path).read_bytes())
    assert previews.make(LibraryEntry.objects.get().pk)
    page.goto(live_server.url + reverse("applications:item", args=[application.pk, "NC-01"]))
    page.get_by_role("link", name="材料的说明、日期和顺序").first.click()
    page.locator(f"#id_caption-{file.pk}").fill("12 人到会")
    page.get_by_text("用公开网页代替文件").click()
    page.get_by_label("网址").fill("https://www.example.gov.cn/notice.html")
    page.get_by_label("网页标题").fill("党务公开公告")
    page.get_by_label("发布日期").fill("2026-03-01")
    page.get_by_role("button", name="登记网页").click()
    expect(page.get_by_text("公开网页已登记。")).to_be_visible()
    expect(page.locator(f"#id_caption-{file.pk}")).to_have_value("12 人到会")
    keep_picture(page, f"27-arrange-{page.viewport_size['width']}")

    page.get_by_role("button", name="保存并返回本条").click()

    card = page.locator("#NC-01")
    expect(card.get_by_text("12 人到会")).to_be_visible()
    expect(card.get_by_role("link", name="党务公开公告")).to_have_attribute("target", "_blank")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.complaints == []
    card.screenshot(path=OUTPUT / f"28-card-{page.viewport_size['width']}.png")
