"""Public pages in a browser: one for everybody, in the language of the address, without scripts."""

import re
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from demo.accounts import PASSWORD
from designation.applications.models import Stage
from tests import files
from tests.course import County
from tests.public_addresses import public
from workflows.stages.objections import objections
from workflows.stages.objections.models import Hearing, Objection

from .conftest import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def notice(visitor):
    return County().at(Stage.ON_NOTICE).notice_entries.get().notice


def address_of(visitor):
    return visitor.page.url.removeprefix(visitor.address)


def test_two_people_and_nobody_get_the_same_bytes_and_no_cookie(visitor, notice):
    pages = ("/zh-hans/", "/en/register/", "/zh-hans/rounds/", f"/en/notices/{notice.pk}/")
    seen = []
    for username in ("hongqi.preparer", "county.coordinator", None):
        if username:
            visitor.sign_in(username)
        else:
            visitor.sign_out()
        held = visitor.page.context.cookies()
        answers = [visitor.page.context.request.get(visitor.address + path) for path in pages]
        seen.append([answer.body() for answer in answers])
        assert visitor.page.context.cookies() == held
        assert all("public" in answer.headers["cache-control"] for answer in answers)

    assert seen[0] == seen[1] == seen[2]


def test_the_language_is_that_of_the_address_and_is_changed_by_a_link(visitor):
    # This browser asks for Chinese.
    visitor.go("/register/?text=金溪")
    assert address_of(visitor).startswith("/zh-hans/register/?")
    visitor.follow("English")
    assert address_of(visitor).startswith("/en/register/?")
    visitor.page.get_by_role("heading", name="Register of demonstration sites").wait_for()
    named = "Name, pinyin initials, register or certificate number"
    assert visitor.page.get_by_label(named).input_value() == "金溪"
    visitor.page.get_by_role("link", name="Public notice").first.click()
    assert address_of(visitor) == "/en/notices/"
    assert visitor.page.context.cookies() == []


def test_on_a_phone_no_public_page_scrolls_sideways_in_either_language(visitor, notice):
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    pages = ("", "rounds/", "standards/NC/", "notices/", f"notices/{notice.pk}/", "register/")
    for language in ("zh-hans", "en"):
        for path in pages:
            visitor.go(f"/{language}/{path}")
            wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 1, (language, path)


def test_without_scripts_an_objection_goes_in_after_a_refusal_that_lost_nothing(
    browser, visitor, notice
):
    visitor.page = browser.new_context(java_script_enabled=False, locale="en-US").new_page()
    page = visitor.page
    visitor.go(f"/zh-hans/notices/{notice.pk}/")
    visitor.follow("提出异议")
    page.get_by_label(re.compile("电话或电子邮箱")).fill("zhang@example.cn")
    page.get_by_label(re.compile("异议事实和理由")).fill("服务中心面积不足，请核实。")
    page.get_by_role("button", name="提交异议").click()
    typed = page.get_by_label(re.compile("异议事实和理由")).input_value()
    assert typed == "服务中心面积不足，请核实。"
    page.get_by_label(re.compile("姓名或单位")).fill("张三")
    page.get_by_role("button", name="提交异议").click()
    visitor.sees("请记下查询码")

    assert address_of(visitor).startswith("/zh-hans/")
    visitor.follow("返回公示")
    visitor.follow("查询异议办理情况")
    page.get_by_label("查询码").fill(Objection.objects.get().receipt_code)
    page.get_by_role("button", name="查询").click()
    visitor.sees("待受理")


def test_signing_in_from_a_public_round_leads_to_the_same_round_with_what_one_may_do(visitor):
    visitor.go("/zh-hans/rounds/")
    visitor.page.locator("main a:not(.page-help)").first.click()
    visitor.follow("登录后申报")
    visitor.page.get_by_label("账号").fill("water.preparer")
    visitor.page.get_by_label("密码").fill(PASSWORD)
    visitor.page.locator("main").get_by_role("button", name="登录").click()

    visitor.page.get_by_role("link", name="开始申报").wait_for()
    assert address_of(visitor).startswith("/rounds/")
    visitor.page.locator(".site-nav").get_by_role("link", name="资料库").wait_for()


def test_from_the_publics_form_with_a_photo_to_the_answer_of_the_organization(
    seat, county, tmp_path
):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    photo = tmp_path / "张三家门口.jpg"
    photo.write_bytes(files.jpeg())
    page = seat(None, java_script_enabled=False)
    address = public("notices:object", args=[entry.notice_id, entry.pk])
    page.goto(urljoin(page.url, address))
    page.get_by_label("姓名或单位").fill("张三丰")
    page.get_by_label("电话或电子邮箱").fill("0563-6021234")
    page.get_by_label("异议事实和理由").fill("服务中心面积不足，照片为证。")
    page.get_by_label("附件（可不附）").set_input_files(photo)
    keep_picture(page, "objection-with-attachment")
    page.get_by_role("button", name="提交异议").click()
    page.get_by_text("请记下查询码").wait_for()
    raised = Objection.objects.get()
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)

    page = seat(county.objection_officer)
    home = page.url.rstrip("/")
    page.goto(home + reverse("notices:objection", args=[raised.pk]))
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载附件 1").click()
    assert "张三" not in saved.value.suggested_filename
    keep_picture(page, "objection-of-the-officer")
    page.get_by_role("link", name="写明告知的事实").click()
    page.get_by_label("告知被异议单位的事实").fill("服务中心面积是否不足 90 平方米。")
    page.get_by_role("button", name="保存，下一步预览").click()
    page.get_by_text("被异议单位将看到的全部内容").wait_for()
    keep_picture(page, "objection-preview")
    page.get_by_label("我已看清").check()
    page.get_by_role("button", name="告知被异议单位").click()
    page.get_by_text("事实已告知被异议单位").wait_for()

    page = seat(county.head, width=390)
    page.get_by_role("link", name=entry.notice.title).first.click()
    page.get_by_text("服务中心面积是否不足 90 平方米。").wait_for()
    assert page.get_by_text("张三丰").count() == 0
    page.get_by_label("陈述").first.fill("面积为 120 平方米，附竣工图。")
    page.get_by_label("我已看清").check()
    keep_picture(page, "objection-of-the-organization")
    page.get_by_role("button", name="提交陈述").click()
    page.get_by_text("陈述已提交").wait_for()
    assert Hearing.objects.get().stated_by == county.head
