"""What a browser is told of keeping pages of people who signed in."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.site.present_session import opaque_id
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    made = Client()
    made.force_login(factories.PersonFactory())
    return made


def test_a_page_may_be_kept_by_this_browser_and_is_asked_for_anew(browser):
    page = browser.get(reverse("organizations:settings"))

    assert page["Cache-Control"] == "private, no-cache"


def test_what_is_no_page_is_not_kept(browser):
    assert "no-store" in browser.get("/healthz/")["Cache-Control"]


def test_a_page_of_nobody_is_left_alone(client):
    answer = client.get("/no-such-page/")

    assert "Cache-Control" not in answer
    assert "signed_in" not in answer.cookies


def test_the_cookie_says_whose_session_it_is_and_says_it_once(browser):
    first, second = browser.get("/"), browser.get("/")

    cookie = first.cookies["signed_in"]
    assert cookie.value == opaque_id(first.context["user"])
    assert cookie["samesite"] == "Lax"
    assert not cookie["httponly"], "the page's script reads it"
    assert "signed_in" not in second.cookies


def test_leaving_takes_the_cookie_and_what_was_kept(browser):
    browser.get("/")
    left = browser.post(reverse("organizations:logout"))

    assert left.cookies["signed_in"].value == ""
    assert left["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.get("/")


def test_a_session_that_ended_takes_them_too(browser, monkeypatch):
    browser.get("/")
    monkeypatch.setattr("designation.accounts.session_end._is_over", lambda _request: True)

    assert browser.get("/")["Clear-Site-Data"] == '"cache"'
