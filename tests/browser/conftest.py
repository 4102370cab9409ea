"""A real Chromium before the demo county, on the held clock."""

import os
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from demo import county as demo_county
from demo.accounts import PASSWORD
from tests.course import County

TICK = "b => b.form?.querySelectorAll('[name=sure]').forEach(t => { t.checked = true; })"
OUTPUT = Path(__file__).parent / "output"
# Playwright's own loop runs in this thread; Django would take it for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# No page is held to a time: on a busy machine the fifth second says nothing.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="module")
def browser(launch_browser):
    """One browser a module, so that nothing piles up in it over the whole run."""
    one = launch_browser()
    yield one
    one.close()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def demo_place(live_server, reference_data, held_clock):
    """The address of a live site that holds the demo county."""
    demo_county.load()
    return live_server.url


class Visitor:
    """One person at the browser; collects what the browser complains about."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        # A refused form answers 422, which the browser reports as a failed resource.
        if message.type == "error" and "422" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, username):
        self.page.context.clear_cookies()
        self.go("/accounts/login/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", name="您好").wait_for()

    def sign_out(self):
        self.page.context.clear_cookies()

    def go(self, path):
        self.page.goto(self.address + path)

    def press(self, name, exact=True):
        button = self.page.get_by_role("button", name=name, exact=exact).first
        # What cannot be undone is asked about once; whoever means it ticks.
        button.evaluate(
            "b => b.form?.querySelectorAll('[name=sure]').forEach(t => t.checked = true)"
        )
        button.click()
        self.page.wait_for_function("() => !document.documentElement.dataset.sending")

    def follow(self, name):
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()

    def keep_picture(self, name):
        """The page at rest, at a desk's and at a phone's width, kept as test output."""
        OUTPUT.mkdir(exist_ok=True)
        self.page.wait_for_function("() => !document.querySelector('[data-state=saving]')")
        self.page.evaluate("scrollTo(0, 0)")
        for width in (390, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            assert not wide, f"{name} scrolls sideways at {width} pixels"
            self.page.screenshot(path=OUTPUT / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def visitor(page, demo_place):
    page.set_default_timeout(10_000)
    return Visitor(page, demo_place)


@pytest.fixture
def county(reference_data, held_clock):
    return County()


@pytest.fixture
def seat(browser, live_server):
    """Open a browser of its own for somebody, at a width; nobody is signed in as None."""
    opened = []

    def sit(person, *, width=1280, height=900, **how):
        size = {"width": width, "height": height}
        context = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, **how
        )
        opened.append(context)
        if person is not None:
            session = Client()
            session.force_login(person)
            value = session.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(live_server.url)
        return page

    yield sit
    for context in opened:
        context.close()


def keep_picture(page, name):
    """The page as it stands, kept as test output."""
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)
