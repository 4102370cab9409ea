"""After the session has ended, what was typed is shown and not swallowed by the login."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.site import clock
from designation.site.present_session import opaque_id
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def item_page(county):
    application = county.at(Stage.DRAFT)
    return reverse("applications:item", args=[application.pk, "NC-01"])


def test_a_form_sent_after_the_session_ended_shows_what_was_typed(client, item_page):
    answer = client.post(item_page, {"note": "全村共有党员 46 名", "csrfmiddlewaretoken": "x"})

    content = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已过期" in content
    assert "全村共有党员 46 名" in content
    assert reverse("organizations:login") in content


def test_a_file_that_was_chosen_is_said_to_be_lost(client, item_page):
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.4")
    answer = client.post(item_page, {"title": "会议记录", "file": file})

    assert "选择的文件需要重新上传" in answer.content.decode()


@pytest.mark.parametrize("header", [{"hx-request": "true"}, {"x-sent-by": "script"}])
def test_a_request_of_the_pages_own_script_is_answered_as_data(client, item_page, header):
    answer = client.post(item_page, {"note": "草稿"}, headers=header)

    assert answer.status_code == 401
    assert answer.json() == {"signed_out": True}


def test_the_login_leads_back_to_the_item(client, item_page):
    came_from = {"referer": f"http://testserver{item_page}?show=all"}
    answer = client.post(item_page, {"note": "草稿"}, headers=came_from)

    assert f"next={item_page}%3Fshow%3Dall" in answer.content.decode()


def test_a_page_elsewhere_is_no_way_back(client, item_page):
    came_from = {"referer": f"https://elsewhere.example{item_page}"}
    answer = client.post(item_page, {"note": "草稿"}, headers=came_from)

    assert "next=/" in answer.content.decode()
    assert "elsewhere.example" not in answer.content.decode()


def test_after_the_login_one_press_sends_it_again(client, item_page):
    answer = client.post(
        item_page, {"note": "草稿", "save": ""}, headers={"origin": "http://testserver"}
    )

    content = answer.content.decode()
    assert f'action="{item_page}"' in content
    assert '<input type="hidden" name="note" value="草稿">' in content


def test_a_password_is_never_shown_again(client):
    address = reverse("organizations:person_add")
    answer = client.post(address, {"full_name": "新同志", "password": "secret-first"})

    assert answer.status_code == 401
    assert "新同志" in answer.content.decode()
    assert "secret-first" not in answer.content.decode()


def test_a_button_pressed_with_nothing_typed_goes_to_the_login(client, county):
    answer = client.post(reverse("messages:read_all"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("organizations:login"))


def test_a_page_that_was_only_opened_goes_to_the_login(client, item_page):
    answer = client.get(item_page)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("organizations:login"))


def test_a_form_from_before_a_new_login_shows_what_was_typed(county, item_page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county.preparer)

    answer = browser.post(item_page, {"note": "台账已补齐"})

    assert answer.status_code == 403
    assert "台账已补齐" in answer.content.decode()


@pytest.fixture
def old_page(county, item_page):
    """Sends what a page carries that is older than the present login."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county.preparer)
    browser.get(item_page, follow=True)

    def send(data, **headers):
        answer = browser.post(item_page, data | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)
        return answer, answer.content.decode()

    return send


def test_an_old_page_is_sent_again_by_one_press_in_a_name_that_is_said(old_page, county, item_page):
    answer, content = old_page({"note": "台账已补齐"}, origin="http://testserver")

    assert answer.status_code == 403
    assert f'<form method="post" action="{item_page}">' in content
    assert '<input type="hidden" name="note" value="台账已补齐">' in content
    assert f"现在登录的是{county.preparer.full_name}" in content


def test_a_page_of_this_site_is_known_by_the_browsers_word_too(old_page):
    _answer, content = old_page({"note": "台账已补齐"}, sec_fetch_site="same-origin")

    assert "再发一次" in content


def test_what_another_site_forged_is_not_one_press_away(old_page):
    for came_from in ({"origin": "https://elsewhere.example"}, {}):
        _answer, content = old_page({"note": "伪造的内容"}, **came_from)

        assert '<input type="hidden" name="note"' not in content


def test_a_password_is_not_written_into_a_page_to_be_sent_again(old_page):
    _answer, content = old_page({"password": "secret-first"}, origin="http://testserver")

    assert "secret-first" not in content


def test_the_script_of_an_old_page_is_told_to_take_a_fresh_token(old_page, county):
    answer, _content = old_page(
        {"note": "台账"}, x_sent_by="script", x_person=opaque_id(county.preparer)
    )

    assert answer.status_code == 403
    assert answer.json() == {"stale_token": True}


def test_without_cookies_the_page_says_so_and_leads_nobody_in_circles(client):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(reverse("organizations:login"), {"username": "zhang", "password": "x"})

    assert answer.status_code == 403
    assert "允许本站使用 Cookie" in answer.content.decode()


@pytest.fixture
def machine_clock(monkeypatch):
    """Moves the machine's own clock, by which sessions end."""
    at = {"now": clock.system_now()}
    monkeypatch.setattr(clock, "system_now", lambda: at["now"])

    def move(**by):
        at["now"] += timedelta(**by)

    return move


def signed_in(client, person):
    client.force_login(person)
    return lambda: client.get(reverse("home"), follow=True).context["user"].is_authenticated


def test_half_an_hour_without_a_press_ends_the_session(client, county, machine_clock):
    still_in = signed_in(client, county.preparer)

    machine_clock(minutes=29)
    assert still_in()
    machine_clock(minutes=29)
    assert still_in(), "each press begins the half hour anew"
    machine_clock(minutes=31)
    assert not still_in()


def test_an_administrator_has_a_quarter(client, county, machine_clock):
    still_in = signed_in(client, factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))

    machine_clock(minutes=14)
    assert still_in()
    machine_clock(minutes=16)
    assert not still_in()


def test_no_session_outlasts_twelve_hours_of_work(client, county, machine_clock):
    still_in = signed_in(client, county.preparer)

    for _quarter in range(48):
        machine_clock(minutes=15)
        assert still_in()
    machine_clock(minutes=15)
    assert not still_in()


def test_a_session_without_a_beginning_begins_with_its_first_press(client, county, machine_clock):
    still_in = signed_in(client, county.preparer)
    session = client.session
    del session["signed_in_at"], session["seen_at"]
    session.save()

    assert still_in()
    machine_clock(minutes=31)
    assert not still_in()
