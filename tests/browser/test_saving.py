"""Nothing typed or chosen is lost: what a person meets when a tab, a line or a session dies."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Answer, Evidence, Stage
from designation.organizations.models import Role, Seat
from designation.rounds.models import Round
from designation.site import clock
from tests import factories
from tests.browser.conftest import Visitor
from tests.course import PDF, County
from workflows.stages.verification.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)

LIGHT = ".save-light"
KEPT_HERE = "▲ 未保存，已留在本机"


class Desk(Visitor):
    """A visitor who is signed in by the cookie of a session of their own."""

    def be(self, person):
        session = Client()
        session.force_login(person)
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
        self.page.context.add_cookies([cookie | {"url": self.address}])

    # Of several forms on a page, the one that is written in.
    within = ""

    def field(self, name):
        """The input of that name, unfolded as a person does to see it."""
        if self.within:
            unfold = "all => all.forEach(folded => { folded.open = true; })"
            self.page.locator(f"{self.within} details").evaluate_all(unfold)
        return self.page.locator(f"main {self.within} [name='{name}']")

    def has(self, name, text):
        expect(self.field(name)).to_have_value(text)

    def light(self, text):
        expect(self.page.locator(LIGHT)).to_have_text(text)

    def another_page(self):
        page = self.page.context.new_page()
        page.set_default_timeout(10_000)
        return Desk(page, self.address)


@pytest.fixture
def county(live_server, reference_data, held_clock):
    return County()


@pytest.fixture
def desk(page, live_server, county):
    page.set_default_timeout(10_000)
    made = Desk(page, live_server.url)
    made.be(county.coordinator)
    return made


NEW_ROUND = "/rounds/add/"
ADDRESS = "contact_address"
TEXT = "青山县人民路 1 号"


def copies_in(page):
    """What lies in the browser: texts by field, of all copies."""
    stored = page.evaluate("Object.entries(localStorage)")
    found = {}
    for key, text in stored:
        if key.startswith("designation.copy "):
            for name, field in json.loads(text)["fields"].items():
                found[name] = field["texts"]
    return found


def begin_round(desk, text=TEXT):
    desk.go(NEW_ROUND)
    desk.field(ADDRESS).fill(text)
    desk.light(KEPT_HERE)


def test_a_killed_tab_offers_again_what_was_typed_at_the_last_pause(desk):
    begin_round(desk)
    again = desk.another_page()
    desk.page.close()

    again.go(NEW_ROUND)
    again.sees("上次在本页填写的下列内容没有保存到系统")
    again.has(ADDRESS, "")
    again.keep_picture("21-offered-again")
    again.press("恢复")

    again.has(ADDRESS, TEXT)
    again.light(KEPT_HERE)


def test_what_is_discarded_is_gone(desk):
    begin_round(desk)
    desk.go(NEW_ROUND)
    desk.press("丢弃")

    assert copies_in(desk.page) == {}
    desk.go(NEW_ROUND)
    desk.has(ADDRESS, "")
    expect(desk.page.get_by_text("没有保存到系统")).to_have_count(0)


def test_other_pages_say_that_something_waits(desk):
    begin_round(desk)
    desk.go("/")

    desk.page.get_by_text(re.compile("您在其他页面填写的内容")).wait_for()
    desk.page.locator(".saving-notices summary").click()
    desk.sees(TEXT)


def test_a_page_that_is_still_open_is_not_offered_in_another(desk):
    begin_round(desk)
    again = desk.another_page()
    again.go(NEW_ROUND)
    again.page.wait_for_load_state("networkidle")

    expect(again.page.get_by_text("没有保存到系统")).to_have_count(0)


def test_a_refused_form_stays_with_all_that_was_typed_and_leads_to_what_was_wrong(desk):
    begin_round(desk)
    desk.field("contact_email").fill("不是邮箱")
    desk.press("保存")

    desk.page.locator(".field-refused").first.wait_for()
    desk.has(ADDRESS, TEXT)
    desk.light(KEPT_HERE)
    assert desk.page.evaluate("document.activeElement.closest('.field-refused') !== null")
    assert copies_in(desk.page)[ADDRESS] == [TEXT]


@pytest.fixture
def edit_round(desk, county):
    county.round.status = Round.Status.DRAFT
    county.round.save()
    address = reverse("rounds:edit", args=[county.round.pk])

    def begin(text=TEXT):
        desk.go(address)
        desk.field(ADDRESS).fill(text)
        desk.light(KEPT_HERE)
        return address

    return begin


def stored_address(county):
    county.round.refresh_from_db()
    return county.round.contact_address


def test_what_the_server_took_is_erased_here(desk, county, edit_round):
    edit_round()
    desk.press("保存")
    desk.page.wait_for_url("**/rounds/*/")

    assert copies_in(desk.page) == {}
    assert stored_address(county) == TEXT


def test_without_a_line_it_says_so_at_once_and_goes_on_when_the_line_is_back(
    desk, county, edit_round
):
    edit_round()
    desk.page.context.set_offline(True)
    desk.page.get_by_role("button", name="保存", exact=True).click()
    desk.sees("没有发出去")
    desk.light(KEPT_HERE)
    desk.page.context.set_offline(False)

    desk.page.wait_for_url("**/rounds/*/")
    assert stored_address(county) == TEXT


def test_after_signing_in_again_in_another_window_the_old_page_goes_on(desk, county, edit_round):
    edit_round()
    Session.objects.all().delete()
    desk.page.get_by_role("button", name="保存", exact=True).click()
    desk.sees("登录已过期，本页内容还没有保存，也没有丢失")

    desk.be(county.coordinator)
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")

    desk.page.wait_for_url("**/rounds/*/")
    assert stored_address(county) == TEXT


def test_in_another_persons_session_the_old_page_sends_nothing(desk, county, edit_round):
    before = stored_address(county)
    edit_round()
    desk.be(county.deciding_officer)
    desk.page.get_by_role("button", name="保存", exact=True).click()

    desk.sees(f"这个浏览器现在登录的是{county.deciding_officer.full_name}")
    desk.has(ADDRESS, TEXT)
    assert stored_address(county) == before


def test_another_person_on_the_same_browser_sees_nothing_of_it(desk, county):
    begin_round(desk)
    desk.be(county.deciding_officer)
    desk.go("/")
    desk.page.wait_for_load_state("networkidle")

    assert TEXT not in desk.page.content()
    desk.be(county.coordinator)
    desk.go("/")
    desk.page.get_by_text(re.compile("您在其他页面填写的内容")).wait_for()


def sign_out(desk):
    desk.page.locator(".account summary").click()
    desk.page.get_by_role("button", name="退出登录").click()


def test_signing_out_asks_before_it_erases(desk):
    begin_round(desk)
    sign_out(desk)
    desk.sees("退出登录会删除留在本机的内容")
    desk.page.get_by_role("button", name="留在本页").click()
    assert copies_in(desk.page)[ADDRESS] == [TEXT]

    sign_out(desk)
    desk.page.get_by_role("button", name="删除并退出").click()
    desk.page.wait_for_url("**/accounts/login/**")
    assert copies_in(desk.page) == {}


def test_signing_out_with_nothing_unsent_asks_nothing(desk):
    desk.go(NEW_ROUND)
    sign_out(desk)

    desk.page.wait_for_url("**/accounts/login/**")


def test_a_button_of_another_form_asks_before_it_drops_what_was_typed(desk):
    begin_round(desk)
    desk.page.get_by_role("button", name="English").click()
    desk.sees("本页有内容还没有保存")
    desk.page.get_by_role("button", name="留在本页").click()
    desk.has(ADDRESS, TEXT)

    desk.page.get_by_role("button", name="English").click()
    desk.page.get_by_role("button", name="离开本页").click()
    desk.page.get_by_role("button", name="中文").wait_for()
    desk.page.get_by_role("button", name="Restore").click()
    desk.has(ADDRESS, TEXT)


def test_copies_end_after_seven_days(desk):
    begin_round(desk)
    later = desk.another_page()
    desk.page.close()
    now = later.page.evaluate("Date.now()")
    later.page.clock.set_fixed_time(now + 8 * 24 * 60 * 60 * 1000)
    later.go("/")
    later.page.wait_for_load_state("networkidle")

    assert copies_in(later.page) == {}


def test_a_browser_without_room_says_so_and_asks_before_leaving(desk):
    desk.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    desk.go(NEW_ROUND)
    desk.field(ADDRESS).fill(TEXT)

    desk.light("✕ 未保存，本机也没有留存")
    desk.sees("本机留存内容的空间已满")
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.go("/")
    assert asked == ["beforeunload"]


def test_a_browser_told_to_keep_nothing_says_so(desk):
    desk.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })"
    )
    desk.go(NEW_ROUND)
    desk.field(ADDRESS).fill(TEXT)

    desk.sees("浏览器不允许本站在本机留存内容")


def test_what_shows_an_objector_is_not_kept_but_asked_about(desk, county, held_clock):
    application = county.at(Stage.ON_NOTICE, wait=held_clock.move_to)
    entry = application.notice_entries.get()
    desk.be(county.objection_officer)
    desk.go(reverse("notices:enter", args=[entry.pk]))
    desk.page.locator("main textarea").first.fill("张三来电反映面积不足")
    desk.page.locator("main input[type=text]").first.click()

    assert desk.page.evaluate("Object.keys(localStorage)") == []
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.go("/")
    assert asked == ["beforeunload"]


def test_a_password_is_never_kept_but_asked_about(desk):
    desk.go(reverse("organizations:password"))
    for box in desk.page.locator("main input[type=password]").all():
        box.fill("a-first-Password-1")
    desk.page.locator("h1").click()

    assert desk.page.evaluate("Object.keys(localStorage)") == []


def test_what_others_changed_since_is_said_before_it_is_restored(desk, county, edit_round):
    address = edit_round()
    again = desk.another_page()
    desk.page.close()
    Round.objects.filter(pk=county.round.pk).update(contact_address="县政府东楼")

    again.go(address)
    again.sees("系统中的内容在此之后改过，现在是：县政府东楼")
    again.has(ADDRESS, "县政府东楼")


def test_what_the_server_has_meanwhile_is_not_offered(desk, county, edit_round):
    address = edit_round()
    again = desk.another_page()
    desk.page.close()
    Round.objects.filter(pk=county.round.pk).update(contact_address=TEXT)

    again.go(address)
    again.page.wait_for_load_state("networkidle")
    expect(again.page.get_by_text("没有保存到系统")).to_have_count(0)
    assert copies_in(again.page) == {}


LEDGER = """async (steps) => {
  const { Ledger } = await import("/static/saving/ledger.js");
  const ledger = new Ledger(new Map(Object.entries(steps.shown)));
  for (const [act, key, given] of steps.acts) {
    if (act === "sent") ledger.sent(key, new Map(Object.entries(given)));
    if (act === "acknowledged") ledger.acknowledge(key, given);
    if (act === "lost") ledger.giveUp(key);
  }
  return ledger.unsaved(new Map(Object.entries(steps.now)));
}"""
NOTE, VERDICT = "note", "verdict"
SENT_A = ("sent", "a", {NOTE: ["一"]})
SENT_B = ("sent", "b", {NOTE: ["一二"]})
TOOK_A, TOOK_B = ("acknowledged", "a", [NOTE]), ("acknowledged", "b", [NOTE])
LEDGER_CASES = {
    "nothing was typed": ({NOTE: [""]}, [], {NOTE: [""]}, []),
    "typed and not sent": ({NOTE: [""]}, [], {NOTE: ["一"]}, [NOTE]),
    "sent and not answered": ({NOTE: [""]}, [SENT_A], {NOTE: ["一"]}, [NOTE]),
    "acknowledged": ({NOTE: [""]}, [SENT_A, TOOK_A], {NOTE: ["一"]}, []),
    "typed on while it was on its way": ({NOTE: [""]}, [SENT_A, TOOK_A], {NOTE: ["一二"]}, [NOTE]),
    "emptied while it was on its way": ({NOTE: ["一"]}, [SENT_B, TOOK_B], {NOTE: [""]}, [NOTE]),
    "an older answer after a newer": (
        {NOTE: [""]},
        [SENT_A, SENT_B, TOOK_B, TOOK_A],
        {NOTE: ["一二"]},
        [],
    ),
    "an older answer does not cover the newer text": (
        {NOTE: [""]},
        [SENT_A, SENT_B, ("lost", "b", None), TOOK_A],
        {NOTE: ["一二"]},
        [NOTE],
    ),
    "back to the older text after the newer was taken": (
        {NOTE: [""]},
        [SENT_A, SENT_B, TOOK_B, TOOK_A],
        {NOTE: ["一"]},
        [NOTE],
    ),
    "an answer twice": ({NOTE: [""]}, [SENT_A, TOOK_A, SENT_B, TOOK_A], {NOTE: ["一二"]}, [NOTE]),
    "an answer to nothing": ({NOTE: [""]}, [TOOK_A], {NOTE: ["一"]}, [NOTE]),
    "a field that was not in the request": (
        {NOTE: [""], VERDICT: []},
        [SENT_A, ("acknowledged", "a", [NOTE, VERDICT])],
        {NOTE: ["一"], VERDICT: ["met"]},
        [VERDICT],
    ),
    "one field refused of two": (
        {NOTE: [""], VERDICT: []},
        [("sent", "a", {NOTE: ["一"], VERDICT: ["met"]}), ("acknowledged", "a", [VERDICT])],
        {NOTE: ["一"], VERDICT: ["met"]},
        [NOTE],
    ),
    "a tick taken away": (
        {VERDICT: ["met"]},
        [("sent", "a", {VERDICT: []}), ("acknowledged", "a", [VERDICT])],
        {VERDICT: []},
        [],
    ),
    "another of several ticks while on the way": (
        {VERDICT: ["x"]},
        [("sent", "a", {VERDICT: ["x", "y"]}), ("acknowledged", "a", [VERDICT])],
        {VERDICT: ["x", "z"]},
        [VERDICT],
    ),
}


def test_an_answer_acknowledges_what_was_in_its_own_request(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    found = {
        name: page.evaluate(LEDGER, {"shown": shown, "acts": acts, "now": now})
        for name, (shown, acts, now, _unsaved) in LEDGER_CASES.items()
    }

    assert found == {name: unsaved for name, (*_steps, unsaved) in LEDGER_CASES.items()}


# Pages whose fields the server saves one by one.
SAVED = re.compile("✓ 已保存 [0-9]{2}:[0-9]{2}")


@pytest.fixture
def item(desk, county):
    application = county.start()
    desk.be(county.preparer)
    address = reverse("applications:item", args=[application.pk, "NC-13"])
    desk.go(address)
    desk.application, desk.within = application, "#NC-13"
    return desk


def answer_of(application):
    return Answer.objects.filter(application=application, item__code="NC-13").first()


def leave_field(desk):
    desk.page.locator("h1").click()


def test_a_field_that_is_left_is_saved_and_its_copy_erased(item):
    item.field("note").fill("服务中心已建成")
    leave_field(item)

    item.light(SAVED)
    assert answer_of(item.application).note == "服务中心已建成"
    assert copies_in(item.page) == {}
    expect(item.page.locator("#progress-NC-13")).to_contain_text("填写中")
    item.keep_picture("19-saved")


def test_three_seconds_of_quiet_save_without_leaving_the_field(item):
    item.page.clock.install()
    item.page.reload()
    item.field("note").fill("还在这一栏")
    item.page.clock.run_for(3_500)

    item.light(SAVED)
    assert answer_of(item.application).note == "还在这一栏"


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_too(item):
    held = []

    def hold(route):
        if held:
            route.continue_()
        held.append(route)

    item.page.route("**/items/NC-13/", hold)
    item.field("note").fill("一")
    leave_field(item)
    item.light("◌ 正在保存")
    item.field("note").fill("一二")
    held[0].continue_()
    leave_field(item)

    item.light(SAVED)
    assert answer_of(item.application).note == "一二"


def test_a_failed_save_says_so_at_once_and_goes_on_trying(item):
    item.page.context.set_offline(True)
    item.field("note").fill("山里没有信号")
    leave_field(item)
    item.light(KEPT_HERE)
    item.sees("没有发出去")
    item.page.context.set_offline(False)

    item.light(SAVED)
    assert answer_of(item.application).note == "山里没有信号"


def test_saves_that_were_lost_on_their_way_do_not_stop_the_press_that_goes_on(item):
    item.page.route("**/items/NC-13/", lambda route: route.abort("connectionreset"), times=2)
    item.field("note").fill("写完就到下一节")
    item.page.get_by_role("button", name="保存并到下一节").click()

    item.sees("第 4 节，共")
    assert answer_of(item.application).note == "写完就到下一节"


def test_a_press_on_what_is_not_ones_own_any_more_lists_what_was_typed(item, county):
    item.field("note").fill("写到一半，岗位没有了")
    Seat.objects.filter(person=county.preparer).update(ends_on=clock.today() - timedelta(days=1))
    item.page.locator("#NC-13").get_by_role("button", name="保存", exact=True).click()

    item.sees("可能已由他人办完，或者不再由您办理")
    item.sees("写到一半，岗位没有了")
    expect(item.page.get_by_text("没有保存成功")).to_have_count(0)
    item.keep_picture("26-not-ones-own")


@pytest.fixture
def item_without_its_script(item):
    item.page.route("**/saving/main*.js", lambda route: route.abort())
    item.page.reload()
    return item


def test_a_page_whose_script_has_not_come_offers_no_press_that_leaves_its_text_behind(
    item_without_its_script,
):
    item = item_without_its_script
    expect(item.page.get_by_role("button", name="保存并到下一节")).to_be_hidden()
    item.sees("正在加载，请稍候")
    item.keep_picture("25-still-loading")

    item.field("note").fill("脚本没有加载出来")
    item.page.locator("#NC-13").get_by_role("button", name="保存", exact=True).click()
    item.sees("第 NC-13 条已保存")

    assert answer_of(item.application).note == "脚本没有加载出来"


def test_whoever_turned_scripts_off_goes_on_to_the_next_section(item, seat, county):
    page = seat(county.preparer, java_script_enabled=False)
    page.goto(item.page.url)
    expect(page.get_by_text("正在加载，请稍候")).to_be_hidden()

    page.get_by_role("button", name="保存并到下一节").click()

    expect(page.get_by_text("第 4 节，共")).to_be_visible()


def test_what_is_refused_is_said_at_its_field_and_sent_again_only_when_changed(item):
    sent = []
    item.page.on("request", lambda request: sent.append(request) if request.method == "POST" else 0)
    item.field("NC-13-C2").fill("三百多")
    leave_field(item)
    item.page.locator("#field-NC-13-NC-13-C2 .field-error").wait_for()
    item.light(KEPT_HERE)
    item.keep_picture("20-not-saved")
    leave_field(item)
    assert len(sent) == 1

    item.field("NC-13-C2").fill("320")
    leave_field(item)
    item.light(SAVED)
    expect(item.page.locator("#field-NC-13-NC-13-C2 .field-error")).to_have_count(0)


def test_two_texts_are_shown_and_one_is_chosen(item, county):
    colleague = factories.seated(Role.PREPARER, county.village)
    other = item.page.context.browser.new_context(locale="zh-CN").new_page()
    theirs = Desk(other, item.address)
    theirs.within = item.within
    theirs.be(colleague)
    theirs.go(reverse("applications:item", args=[item.application.pk, "NC-13"]))
    theirs.field("note").fill("同事的说明")
    leave_field(theirs)
    theirs.light(SAVED)
    other.context.close()

    item.field("note").fill("我的说明")
    leave_field(item)
    item.sees("同事的说明")
    item.keep_picture("22-two-texts")
    assert answer_of(item.application).note == "同事的说明"
    item.page.get_by_role("button", name="用我的").click()

    item.light(SAVED)
    assert answer_of(item.application).note == "我的说明"


def test_a_refused_form_keeps_the_file_that_was_chosen(item):
    sent = {"name": "会议记录.pdf", "mimeType": "application/pdf", "buffer": PDF}
    item.page.locator("#NC-13 input[type=file]").set_input_files(sent)
    item.page.route("**/items/NC-13/", lambda route: route.fulfill(status=500), times=1)
    item.page.locator("#NC-13").get_by_role("button", name="保存", exact=True).click()
    item.sees("第 NC-13 条已保存")

    assert Evidence.objects.get().items.get().code == "NC-13"


def test_the_page_of_an_ended_session_goes_on_saving_once_its_person_is_back(item, county):
    Session.objects.all().delete()
    item.field("note").fill("登录过期以后写的")
    leave_field(item)
    item.sees("登录已过期，本页内容还没有保存，也没有丢失")
    item.light(KEPT_HERE)
    item.be(county.preparer)
    item.page.evaluate("window.dispatchEvent(new Event('focus'))")

    item.light(SAVED)
    assert answer_of(item.application).note == "登录过期以后写的"


def test_a_crashed_tab_offers_again_what_had_not_been_sent(item):
    item.page.context.set_offline(True)
    item.field("note").fill("死机以前写的")
    item.light(KEPT_HERE)
    address = item.page.url
    again = item.another_page()
    item.page.close()
    again.page.context.set_offline(False)

    again.page.goto(address)
    again.press("恢复")
    again.light(SAVED)
    assert answer_of(item.application).note == "死机以前写的"


def test_a_verifier_signs_for_what_was_just_typed(desk, county):
    application = county.at(Stage.VERIFYING)
    desk.be(county.verifiers[0])
    desk.go(reverse("applications:verify", args=[application.pk]))
    desk.field("started_at").fill("2026-03-02T08:00")
    desk.field("summary").fill("实地查看了服务中心。")
    desk.press("本人签字")
    desk.sees("已签字")

    visit = Visit.objects.get(application=application)
    assert visit.summary == "实地查看了服务中心。"
    assert visit.members.get(person=county.verifiers[0]).signed_at


def test_marks_and_the_opinion_of_a_decision_are_saved_as_they_are_given(desk, county):
    application = county.at(Stage.SUBMITTED)
    desk.be(county.reviewer)
    desk.go(reverse("applications:review", args=[application.pk]))
    desk.page.locator("[name='verdict-NC-01'][value=met]").check()
    desk.field("comment-NC-01").fill("属实")
    leave_field(desk)
    desk.light(SAVED)
    assert application.marks.get().comment == "属实"

    desk.field("opinion").fill("先写下一半的审核意见")
    with desk.page.expect_response(lambda answer: answer.request.method == "POST"):
        leave_field(desk)
    desk.light(SAVED)
    desk.page.reload()
    desk.has("opinion", "先写下一半的审核意见")


def test_a_share_below_one_is_put_right_by_a_press_at_its_field(desk, county):
    draft = county.start()
    desk.be(county.preparer)
    desk.go(reverse("applications:item", args=[draft.pk, "NC-09"]))

    desk.field("NC-09-C2").fill("0.85")
    desk.field("NC-09-C2").blur()
    desk.sees("是 0.85%，还是 85%？")
    desk.page.locator("#field-NC-09-NC-09-C2 button", has_text="85%").last.click()

    desk.has("NC-09-C2", "85%")
    expect(desk.page.locator("#field-NC-09-NC-09-C2 .field-error")).to_have_count(0)
    expect(desk.page.locator(LIGHT)).to_contain_text("已保存")
    assert Answer.objects.get().values == {"NC-09-C2": 85}
