"""Two real browsers at each form that writes, one row of the list after the other."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from tests.course import County
from tests.two_hands.writing_forms import EDITS, LATES, SIGNS

from .conftest import TICK

pytestmark = pytest.mark.django_db(transaction=True)


def by_address(one):
    return one.address


@pytest.fixture
def county(reference_data, held_clock):
    return County()


class Hand:
    """One person at a browser of their own."""

    def __init__(self, browser, address, person):
        self.address = address
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        session = Client()
        session.force_login(person)
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
        self.context.add_cookies([cookie | {"url": address}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def open(self, scene):
        self.page.goto(self.address + scene.page)
        forms = self.page.locator("main form[method=post]")
        if scene.to is not None:
            forms = self.page.locator(f"main form[action$='{scene.to}']")
        if scene.press is not None:
            forms = forms.filter(has=self.page.locator(f"button[name={scene.press}]"))
        self.form, self.press = forms.first, scene.press

    def field(self, name, which=""):
        """The input of that name; in its own form where other forms have one too."""
        named = f"[name='{name}']{which}"
        own = self.form.locator(named)
        return own if own.count() else self.page.locator(f"main {named}")

    @staticmethod
    def unfold(place):
        """Open what the place is folded away in, as a person does to see it."""
        place.evaluate(
            "e => { const folded = e.closest('details'); if (folded) folded.open = true; }"
        )

    def fill(self, typed):
        for name, value in typed.items():
            field = self.field(name)
            if field.first.is_disabled():
                # The page holds it fixed; over HTTP it is sent all the same.
                continue
            self.unfold(field.first)
            kind = field.first.evaluate("e => e.type")
            if kind == "select-one":
                field.select_option(str(value))
            elif kind in {"radio", "checkbox"}:
                # A box alone has no value of its own: the browser sends "on" for it.
                which = "" if value == "on" else f"[value='{value}']"
                self.field(name, which).check()
            else:
                field.fill(str(value))

    def send(self):
        """Press the form's button, also one that is folded away, and wait until it is answered."""
        named = f"button[name={self.press}]" if self.press else "button.btn:not([type=button])"
        button = self.form.locator(named).first
        self.unfold(button)
        # What cannot be undone is asked about once; whoever means it ticks.
        button.evaluate(TICK)
        leads_to = button.evaluate(
            "e => e.hasAttribute('formaction') ? e.formAction : e.form.action"
        )
        with self.page.expect_response(
            lambda answer: answer.request.method == "POST" and answer.url == leads_to.split("#")[0]
        ):
            button.click()

    def does(self, address, typed):
        self.page.goto(self.address + address)
        self.form, self.press = self.page.locator("main form[method=post]").first, None
        self.fill(typed)
        self.send()


@pytest.fixture
def own_browser(launch_browser):
    """A browser for this test alone, ended as a process: what does not end by itself is killed.

    Closing a context has no such bound, and a browser that had served a hundred tests was seen
    twice never to answer it here.
    """
    browser = launch_browser()
    yield browser
    browser.close()


@pytest.fixture
def hands(own_browser, live_server):
    return lambda scene: [Hand(own_browser, live_server.url, person) for person in scene.people]


def texts(values):
    return {name: value() if callable(value) else value for name, value in values.items()}


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
def test_two_browsers_change_one_field_and_nothing_of_either_is_lost(county, hands, edit):
    scene = edit.arrange(county)
    first, second = hands(scene)
    for hand in (first, second):
        hand.open(scene)
    first.fill({edit.field: edit.first})
    first.send()

    second.fill({edit.field: edit.second})
    second.send()

    told = second.page.locator(f"[name='choose-{edit.field}'][value^=mine]")
    expect(told).to_be_attached()
    expect(second.field(edit.field)).to_have_value(str(edit.second))
    expect(second.page.locator("main")).to_contain_text(edit.words)
    assert str(scene.stands(edit.field)) == str(edit.first)

    told.check()
    second.form = second.page.locator("main form", has=told).first
    second.send()
    # The item pages save by themselves, too: what tells the end is that nothing is asked any more.
    expect(told).to_have_count(0)
    assert str(scene.stands(edit.field)) == str(edit.second)


@pytest.mark.parametrize("sign", SIGNS, ids=by_address)
def test_what_one_presses_for_in_a_browser_is_what_that_browser_showed(county, hands, sign):
    scene = sign.arrange(county)
    first, second = hands(scene)
    second.open(scene)
    second.fill(texts(sign.typed))
    scene.meanwhile(first.does)

    second.send()

    expect(second.page.locator("main")).to_contain_text(sign.told)
    assert not sign.done(scene)


@pytest.mark.parametrize(
    "late", [one for one in LATES if one.address != "notices:objection"], ids=by_address
)
def test_the_second_of_two_browsers_is_told_that_it_is_done(county, hands, late):
    scene = late.arrange(county)
    first, second = hands(scene)
    for hand in (first, second):
        hand.open(scene)
        hand.fill({} if late.address == "drafting:questions" else texts(late.typed))

    first.send()
    second.send()

    expect(second.page.locator("body")).to_contain_text(late.told)


def test_two_reviewers_mark_one_item_and_neither_verdict_is_lost(county, own_browser, live_server):
    application = county.at(Stage.SUBMITTED)
    second = factories.seated(Role.FIRST_REVIEWER, county.township)
    page = reverse("applications:review", args=[application.pk])
    one, other = (
        Hand(own_browser, live_server.url, person) for person in (county.reviewer, second)
    )
    for hand in (one, other):
        hand.page.goto(hand.address + page)
        hand.form = hand.page.locator("form[data-review]")
    one.fill({"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"})
    expect(one.page.locator(".save-light")).to_contain_text("已保存")

    other.fill({"verdict-NC-02": "met", "comment-NC-02": "齐全"})

    place = other.page.locator("#item-NC-02")
    expect(place).to_contain_text("缺会议记录")
    expect(other.page.locator("main [name='comment-NC-02']")).to_have_value("齐全")
    mark = application.marks.get(item__code="NC-02", voided_at=None)
    assert (mark.verdict, mark.marked_by) == ("not_met", county.reviewer)
    place.get_by_role("button", name="用我的").click()
    expect(other.page.locator(".save-light")).to_contain_text("已保存")
    marks = application.marks.filter(item__code="NC-02").order_by("pk")
    assert [(m.verdict, m.voided_by) for m in marks] == [("not_met", second), ("met", None)]
