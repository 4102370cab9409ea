"""Photos from a phone: many at once, over a line that breaks, each there once."""

import io

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from designation.applications.models import Evidence
from designation.evidence import one_by_one
from designation.evidence.models import LibraryEntry, StoredFile
from tests.course import PDF

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
ADDRESS = "**/items/NC-01/evidence/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def phone(county, draft, seat, live_server):
    page = seat(county.preparer, **PHONE)
    page.goto(live_server.url + reverse("applications:item", args=[draft.pk, "NC-01"]))
    return page


def photo(number, size=(48, 32)):
    written = io.BytesIO()
    Image.new("RGB", size, (number * 9 % 256, 80, 120)).save(written, "JPEG")
    return {
        "name": f"照片{number:02}.jpg",
        "mimeType": "image/jpeg",
        "buffer": written.getvalue(),
    }


def large_photo(name="大照片.jpg"):
    written = io.BytesIO()
    noise = Image.effect_noise((3200, 1600), 90).convert("RGB")
    noise.save(written, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def card(page):
    return page.locator("#NC-01")


def choose(page, files, *, button="选照片或文件"):
    with page.expect_file_chooser() as asked:
        card(page).get_by_role("button", name=button).tap()
    asked.value.set_files(files)


def lines(page, state):
    return card(page).locator(f".uploads-list [data-state={state}]")


def line_is_back(page):
    page.evaluate("() => window.dispatchEvent(new Event('online'))")


class BreakingLine:
    """Lets requests through but for the ones at these places, counted from 1."""

    def __init__(self, page, *breaks):
        self.sent, self.breaks = 0, breaks
        page.route(ADDRESS, self)

    def __call__(self, route):
        self.sent += 1
        if self.sent in self.breaks:
            route.abort("connectionreset")
        else:
            route.continue_()


def answers_lost(monkeypatch, *lost):
    """The server keeps these files, and its answer does not arrive."""
    answered, kept = [], one_by_one.kept

    def cut_off(*args, **more):
        answered.append(args)
        answer = kept(*args, **more)
        return HttpResponse(status=502) if len(answered) in lost else answer

    monkeypatch.setattr(one_by_one, "kept", cut_off)


def test_twenty_five_photos_arrive_once_over_a_line_that_breaks_three_times(
    phone, draft, monkeypatch
):
    line = BreakingLine(phone, 3, 9)
    answers_lost(monkeypatch, 17)
    photos = [large_photo(), *(photo(number) for number in range(2, 26))]

    choose(phone, photos)
    for _break in range(3):
        expect(lines(phone, "paused")).to_have_count(1)
        expect(phone.get_by_text("没有传完的文件还在本页，正在自动重试")).to_be_visible()
        line_is_back(phone)
        expect(lines(phone, "paused")).to_have_count(0)

    expect(lines(phone, "kept")).to_have_count(25, timeout=60_000)
    assert line.sent == 28
    cited = Evidence.objects.filter(application=draft)
    assert [file.title for file in cited] == [photo["name"] for photo in photos]
    assert len({file.sha256 for file in cited}) == 25
    assert LibraryEntry.objects.count() == StoredFile.objects.count() == 25
    assert {item.code for file in cited for item in file.items.all()} == {"NC-01"}
    expect(card(phone).get_by_text("已收到文件：25 / 25")).to_be_visible()
    expect(card(phone).locator(".evidence > li")).to_have_count(25)
    expect(lines(phone, "kept").first).to_be_hidden()
    expect(phone.locator("#evidence-room")).to_contain_text("还能添加 75 个文件")
    keep_picture(phone, "25-photos-sent-390")


def test_a_photo_is_made_smaller_before_it_is_sent(phone, draft):
    sent = large_photo()

    choose(phone, [sent])

    expect(lines(phone, "kept")).to_have_count(1)
    stored = StoredFile.objects.get()
    with stored.file.open() as file, Image.open(file) as kept:
        assert max(kept.size) == 2400
    assert stored.size < len(sent["buffer"])


def test_the_same_file_twice_is_one_without_a_word(phone, draft):
    choose(phone, [photo(1), photo(1)])

    expect(lines(phone, "kept")).to_have_count(2)
    assert Evidence.objects.get().items.get().code == "NC-01"
    expect(card(phone).locator(".uploads-said")).to_be_empty()


def test_of_two_hundred_photos_those_without_room_are_named_and_not_sent(phone, draft, settings):
    settings.EVIDENCE_COUNT_LIMIT = 3
    phone.reload()

    choose(phone, [photo(number) for number in range(200)])

    expect(lines(phone, "kept")).to_have_count(3)
    said = card(phone).locator(".uploads-said")
    expect(said).to_contain_text("现在还能添加 3 个文件，选得太多，下面 197 个没有上传")
    expect(said).to_contain_text("照片03.jpg")
    expect(said).to_contain_text("照片199.jpg")
    expect(said).not_to_contain_text("照片02.jpg")
    assert Evidence.objects.count() == 3


def test_what_is_not_taken_is_said_at_its_name_and_the_rest_goes_on(phone, draft, settings):
    settings.EVIDENCE_FILE_LIMIT = 1024 * 1024
    phone.reload()
    movie = {"name": "录像.mp4", "mimeType": "video/mp4", "buffer": b"\0" * (1024 * 1024 + 1)}
    program = {"name": "程序.pdf", "mimeType": "application/pdf", "buffer": b"MZ\0\0"}

    choose(phone, [movie, program, photo(1)])

    expect(lines(phone, "kept")).to_have_count(1)
    expect(lines(phone, "refused")).to_have_count(2)
    expect(lines(phone, "refused").nth(0)).to_contain_text("录像.mp4")
    expect(lines(phone, "refused").nth(0)).to_contain_text("超过单个文件 1 MB 的上限")
    expect(lines(phone, "refused").nth(1)).to_contain_text("是程序")
    assert Evidence.objects.get().title == "照片01.jpg"


def test_a_photo_is_taken_with_the_camera(phone, draft):
    with phone.expect_file_chooser() as asked:
        card(phone).get_by_role("button", name="拍照").tap()
    camera = asked.value.element
    assert camera.get_attribute("capture") == "environment"
    assert camera.get_attribute("accept") == "image/*"
    asked.value.set_files([photo(1)])

    expect(lines(phone, "kept")).to_have_count(1)


CARRIED = """([kind, content]) => {
  const carrier = new DataTransfer();
  const kind_ = { type: "application/pdf" };
  carrier.items.add(new File([new Uint8Array(content)], "carried.pdf", kind_));
  const place = document.querySelector("#NC-01 .item-evidence");
  const how = { bubbles: true, cancelable: true };
  place.dispatchEvent(
    kind === "drop"
      ? new DragEvent("drop", { ...how, dataTransfer: carrier })
      : new ClipboardEvent("paste", { ...how, clipboardData: carrier }),
  );
}"""


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_file_is_dropped_on_its_item_or_pasted_there(county, draft, seat, live_server, kind):
    page = seat(county.preparer)
    page.goto(live_server.url + reverse("applications:item", args=[draft.pk, "NC-01"]))

    page.evaluate(CARRIED, [kind, list(PDF)])

    expect(lines(page, "kept")).to_have_count(1)
    assert Evidence.objects.get().title == "carried.pdf"


def test_leaving_while_files_are_on_their_way_is_asked_about(phone, draft):
    BreakingLine(phone, *range(1, 100))
    choose(phone, [photo(1), photo(2)])
    expect(lines(phone, "paused")).to_have_count(1)

    card(phone).get_by_role("button", name="保存", exact=True).tap()
    expect(phone.get_by_text("还有 2 个文件没有传完")).to_be_visible()
    phone.get_by_role("button", name="留在本页").tap()
    phone.get_by_role("button", name="不再上传").tap()

    expect(lines(phone, "refused")).to_have_count(2)
    expect(phone.get_by_text("没有传完的文件还在本页")).to_be_hidden()
    assert not Evidence.objects.exists()


def test_a_file_that_comes_too_late_is_kept_in_the_library_and_said_to_be(phone, draft, county):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)

    choose(phone, [photo(1)])

    expect(lines(phone, "told")).to_contain_text("已存入本单位资料库，没有列入这份申报")
    assert not Evidence.objects.filter(title="照片01.jpg").exists()
    assert LibraryEntry.objects.get(title="照片01.jpg").organization == county.village


def test_several_files_go_into_the_library_with_what_is_said_of_them(county, seat, live_server):
    page = seat(county.preparer, **PHONE)
    page.goto(live_server.url + reverse("library:add"))
    page.get_by_label("材料日期").fill("2026-03-01")
    page.get_by_label("含个人信息").check()
    light = page.locator(".save-light")
    expect(light).to_contain_text("未保存")
    # One way to send: what serves a page without a script is not beside the buttons.
    expect(page.get_by_label("选择文件")).to_be_hidden()
    expect(page.get_by_role("button", name="存入资料库")).to_be_hidden()

    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="选照片或文件").tap()
    asked.value.set_files([photo(1), photo(2)])

    expect(page.locator(".uploads-list [data-state=kept]")).to_have_count(2)
    kept = LibraryEntry.objects.order_by("pk")
    assert [entry.title for entry in kept] == ["照片01.jpg", "照片02.jpg"]
    assert {(str(entry.dated_on), entry.sensitivity) for entry in kept} == {
        ("2026-03-01", "personal")
    }
    expect(page.get_by_role("link", name="照片01.jpg")).to_be_visible()
    expect(light).to_contain_text("已保存")
    keep_picture(page, "26-library-add-390")
    page.get_by_label("说明").fill("下一批的说明")
    expect(light).to_contain_text("未保存")


def test_a_file_that_the_library_does_not_take_leaves_the_light_as_it_is(county, seat, live_server):
    page = seat(county.preparer, **PHONE)
    page.goto(live_server.url + reverse("library:add"))
    page.get_by_label("材料日期").fill("2026-03-01")

    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="选照片或文件").tap()
    wrong = {"name": "旧台账.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    asked.value.set_files([wrong])

    expect(page.locator(".uploads-list [data-state=refused]")).to_have_count(1)
    expect(page.locator(".save-light")).to_contain_text("未保存")


def test_the_library_takes_files_of_a_page_without_a_script(
    browser, browser_context_args, county, live_server
):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    session = county_session(county.preparer)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("library:add"))
    expect(page.get_by_role("button", name="选照片或文件")).to_be_hidden()

    page.get_by_label("选择文件").set_input_files([photo(1), photo(2)])
    page.get_by_label("材料名称").fill("会议照片")
    page.get_by_role("button", name="存入资料库").click()

    expect(page).to_have_url(live_server.url + reverse("library:list"))
    assert {entry.title for entry in LibraryEntry.objects.all()} == {
        "会议照片（1）",
        "会议照片（2）",
    }
    context.close()


def test_without_a_script_several_are_sent_with_one_form(
    browser, browser_context_args, county, draft, live_server
):
    assert site.EVIDENCE_AT_ONCE >= 3
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    session = county_session(county.preparer)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("applications:item", args=[draft.pk, "NC-01"]))
    page.locator("#NC-01 .item-evidence summary").click()
    expect(card(page).get_by_role("button", name="选照片或文件")).to_be_hidden()

    page.locator("#NC-01 input[type=file]").set_input_files([photo(1), photo(2), photo(3)])
    page.locator("#NC-01").get_by_label("材料名称").fill("会议照片")
    page.locator("#NC-01").get_by_role("button", name="上传材料").click()

    expect(page.get_by_text("3 个材料已上传。")).to_be_visible()
    titles = [file.title for file in Evidence.objects.all()]
    assert titles == ["会议照片（1）", "会议照片（2）", "会议照片（3）"]
    context.close()


def county_session(person):
    from django.test import Client

    session = Client()
    session.force_login(person)
    return session.cookies["sessionid"].value
