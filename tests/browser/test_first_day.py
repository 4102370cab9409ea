"""The first day, by the county's own people: from an empty database to an open round."""

import re
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from designation.organizations.models import Jurisdiction, Organization, Person, Seat
from designation.rounds.models import Round
from tests.designation.administration.filled_in import content, write

from .conftest import TICK, keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "My-own-long-password-7"
CODE, TOWN = "990121000000", "990121100000"
ADMINISTRATORS = {
    "system_administrator": ("何系统", "he.system"),
    "security_administrator": ("高安全", "gao.security"),
    "audit_administrator": ("罗审计", "luo.audit"),
}
# What the system administrator writes into the template.
TABLE = {
    "jurisdictions": [{"code": TOWN, "name_zh": "青山镇"}],
    "organizations": [
        {"name_zh": "青山镇党委", "area_code": TOWN, "body_kind": "乡镇(街道)党(工)委"},
        {"name_zh": "红旗村", "area_code": TOWN, "category": "农村", "superior": "青山镇党委"},
        {"name_zh": "青山县委组织部", "area_code": CODE, "body_kind": "县委组织部"},
    ],
    "people": [
        {"username": "wang.coordinator", "full_name": "王经办", "home": "青山县委组织部"},
        {"username": "li.preparer", "full_name": "李填报", "home": "红旗村"},
        {"username": "zhang.reviewer", "full_name": "张初审", "home": "青山镇党委"},
    ],
    "seats": [
        {"username": "wang.coordinator", "role": "县级经办人", "area_code": CODE},
        {"username": "li.preparer", "role": "填报人", "organization": "红旗村"},
        {"username": "zhang.reviewer", "role": "初审员", "organization": "青山镇党委"},
    ],
}


def printed_link(live_server):
    out = StringIO()
    call_command("first_day", stdout=out)
    return live_server.url + out.getvalue().strip().removeprefix("http://localhost:8000")


def set_up_the_county(page, link):
    page.goto(link)
    page.get_by_label("县（市、区）名称").fill("青山县")
    page.get_by_label("区划代码").fill("990121")
    for role, (full_name, username) in ADMINISTRATORS.items():
        page.locator(f"[name={role}-full_name]").fill(full_name)
        page.locator(f"[name={role}-username]").fill(username)
    page.get_by_role("button", name="开通，生成密码条").click()
    expect(page.locator("#field-code")).to_contain_text("12 位数字")
    expect(page.locator("[name=system_administrator-full_name]")).to_have_value("何系统")
    keep_picture(page, "first-day-1-county")
    page.get_by_label("区划代码").fill(CODE)
    page.get_by_role("button", name="开通，生成密码条").click()
    expect(page.get_by_role("heading", name="本县已开通")).to_be_visible()
    keep_picture(page, "first-day-2-slips")
    print_them(page)


def print_them(page):
    """By the button, which is there also where the slips took the place of a list."""
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")


def links_on_slips(page):
    """By account, the address to type."""
    return {
        slip.locator("b").nth(1).inner_text(): slip.locator("code").inner_text()
        for slip in page.locator(".slip").all()
    }


def set_password_and_sign_in(page, link, username):
    page.goto(link)
    page.locator("[name=new_password1]").fill(PASSWORD)
    page.locator("[name=new_password2]").fill(PASSWORD)
    page.get_by_role("button", name="设置密码").click()
    expect(page.get_by_text("密码已设置，请用新密码登录")).to_be_visible()
    page.get_by_label("账号").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="您好")).to_be_visible()
    return page


def bring_the_table_in(page, live_server, folder):
    """The template as it is downloaded, filled in, uploaded and accepted."""
    page.goto(live_server.url + "/accounts/tables/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    file = folder / "录入表.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    for code, rows in TABLE.items():
        write(book, code, *rows)
    file.write_bytes(content(book))
    page.get_by_role("link", name="上传录入表").click()
    page.get_by_label("填好的录入表").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("button", name="确认录入")).to_be_visible()
    assert Organization.objects.count() == 0
    page.get_by_role("button", name="确认录入").click()
    expect(page.get_by_text("已录入。")).to_be_visible()


def give_seats_and_slips(page, live_server):
    page.goto(live_server.url + "/accounts/tables/")
    page.get_by_role("link", name="录入表.xlsx").click()
    page.get_by_role("button", name="确认授予").click()
    expect(page.get_by_text("岗位已授予。接着在“密码条”")).to_be_visible()
    page.get_by_role("link", name="密码链接").first.click()
    page.get_by_role("link", name="发给还没有密码的人").click()
    expect(page.get_by_label("王经办")).to_be_checked()
    keep_picture(page, "first-day-3-who-waits")
    page.get_by_role("button", name="为勾选的人生成链接").click()
    expect(page.locator(".slip")).to_have_count(3)
    print_them(page)
    page.emulate_media(media="print")
    keep_picture(page, "first-day-4-slips-on-paper")
    page.emulate_media(media="screen")
    return links_on_slips(page)


def prepare_a_round(page, live_server):
    page.goto(live_server.url + "/rounds/add/")
    for name, text in {
        "name_zh": "2026年度示范点评定",
        "organizer": "中共青山县委",
        "managing_office": "县委组织部",
        "approving_body": "省评比达标表彰工作协调小组办公室",
        "approval_document_number": "示组发〔2026〕1号",
        "cycle": "每年一次",
        "opens_at": "2026-03-02T08:00",
        "closes_at": "2026-04-30T17:30",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=organizer_level]").select_option("county")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/rounds/\d+/$"))


def open_the_round(page, live_server):
    prepare_a_round(page, live_server)
    address = f"{live_server.url}/rounds/{Round.objects.get().pk}/"
    page.goto(address + "categories/")
    page.locator("[name=NC]").fill("3")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(address)
    page.goto(address + "terms/")
    for field in page.locator("main form textarea").all():
        field.fill("以本县文件为准。")
    for field in page.locator("main form input[type=text]").all():
        field.fill("青组发〔2026〕2号")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(address)
    button = page.get_by_role("button", name="开展批次")
    button.evaluate(TICK)
    keep_picture(page, "first-day-5-round")
    button.click()
    expect(button).to_have_count(0, timeout=20_000)


def test_a_county_is_set_up_by_its_own_people_from_an_empty_database(
    reference_data, held_clock, seat, live_server, tmp_path
):
    assert [Jurisdiction.objects.count(), Person.objects.count()] == [0, 0]
    link = printed_link(live_server)
    page = seat(None)
    set_up_the_county(page, link)
    slips = links_on_slips(page)
    assert seat(None).goto(link).status == 410

    system, security, _audit = (
        set_password_and_sign_in(seat(None), slips[username], username)
        for _full_name, username in ADMINISTRATORS.values()
    )
    bring_the_table_in(system, live_server, tmp_path)
    assert Seat.objects.count() == 3
    handed = give_seats_and_slips(security, live_server)
    assert set(handed) == {"wang.coordinator", "li.preparer", "zhang.reviewer"}

    phone = seat(None, width=390, height=844)
    set_password_and_sign_in(phone, handed["li.preparer"], "li.preparer")
    coordinator = seat(None)
    set_password_and_sign_in(coordinator, handed["wang.coordinator"], "wang.coordinator")
    open_the_round(coordinator, live_server)

    assert Round.objects.get().status == Round.Status.OPEN
    phone.goto(f"{live_server.url}/rounds/{Round.objects.get().pk}/")
    expect(
        phone.get_by_role("button", name="开始申报")
        .or_(phone.get_by_role("link", name="开始申报"))
        .first
    ).to_be_visible()
