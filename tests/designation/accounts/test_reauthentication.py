"""Before an act by which somebody could act as another, the password is typed again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.accounts import reauthentication
from designation.audit.models import AuditEvent
from designation.organizations.models import Role, Seat
from designation.site import clock
from tests import factories

pytestmark = pytest.mark.django_db

LATER = reauthentication.STAYS_FRESH + timedelta(seconds=1)


@pytest.fixture
def minutes_pass(monkeypatch):
    """Moves the machine's clock, by which sessions are counted."""
    passed = timedelta()
    real = clock.system_now

    def pass_(delta):
        nonlocal passed
        passed += delta

    monkeypatch.setattr(clock, "system_now", lambda: real() + passed)
    return pass_


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def browser(security):
    browser = Client()
    browser.force_login(security)
    return browser


def end(browser, person, **typed):
    seat = Seat.objects.get(person=person)
    return browser.post(reverse("organizations:seat_end", args=[seat.pk]), typed)


def is_ended(person):
    return Seat.objects.get(person=person).ended_at is not None


def test_who_has_just_signed_in_is_not_asked(county, browser):
    end(browser, county.preparer, confirmed="yes")

    assert is_ended(county.preparer)


def test_who_signed_in_a_while_ago_is_asked_and_nothing_is_done(county, browser, minutes_pass):
    minutes_pass(LATER)

    asked = end(browser, county.preparer, confirmed="yes")

    content = asked.content.decode()
    assert asked.status_code == 200
    assert "请再次输入密码" in content
    assert '<input type="hidden" name="confirmed" value="yes">' in content
    assert not is_ended(county.preparer)


def test_with_the_password_it_is_done_and_not_asked_again(county, browser, minutes_pass):
    minutes_pass(LATER)

    end(browser, county.preparer, confirmed="yes", password_again=factories.PASSWORD)
    end(browser, county.head, confirmed="yes")

    assert is_ended(county.preparer)
    assert is_ended(county.head)


def test_after_some_minutes_it_is_asked_again(county, browser, minutes_pass):
    minutes_pass(LATER)
    end(browser, county.preparer, confirmed="yes", password_again=factories.PASSWORD)
    minutes_pass(LATER)

    end(browser, county.head, confirmed="yes")

    assert not is_ended(county.head)


def test_a_wrong_password_is_told_and_counts_as_a_failure(county, browser, minutes_pass):
    minutes_pass(LATER)

    answer = end(browser, county.preparer, confirmed="yes", password_again="not-the-password")

    assert answer.status_code == 422
    content = answer.content.decode()
    assert "密码不正确，请重新输入。" in content
    assert "not-the-password" not in content
    assert not is_ended(county.preparer)
    assert AuditEvent.objects.filter(action="account.password_refused").exists()


def test_an_address_that_must_pause_is_told_so(county, browser, minutes_pass, monkeypatch):
    minutes_pass(LATER)
    monkeypatch.setattr("designation.accounts.failures.seconds_to_wait", lambda *_of: 12)

    answer = end(browser, county.preparer, password_again=factories.PASSWORD)

    assert answer.status_code == 422
    assert "请 12 秒后再试" in answer.content.decode()
    assert not is_ended(county.preparer)


def test_a_password_link_is_not_made_without_it(county, browser, minutes_pass):
    person = factories.PersonFactory(jurisdiction=county.jurisdiction)
    address = reverse("organizations:password_link", args=[person.pk])
    minutes_pass(LATER)

    assert browser.get(address).status_code == 200
    asked = browser.post(address)
    person.refresh_from_db()
    assert "请再次输入密码" in asked.content.decode()
    assert person.password_links == 0

    browser.post(address, {"password_again": factories.PASSWORD})
    person.refresh_from_db()
    assert person.password_links == 1


def test_a_seat_is_not_given_without_it_and_nothing_chosen_is_lost(county, browser, minutes_pass):
    person = factories.PersonFactory(jurisdiction=county.jurisdiction)
    chosen = {
        "person": str(person.pk),
        "role": "verifier",
        "jurisdiction": str(county.jurisdiction.pk),
    }
    minutes_pass(LATER)

    asked = browser.post(reverse("organizations:seat_add"), chosen)
    assert not person.seats.exists()
    for name, text in chosen.items():
        assert f'name="{name}" value="{text}"' in asked.content.decode()

    browser.post(reverse("organizations:seat_add"), chosen | {"password_again": factories.PASSWORD})
    assert person.seats.get().role == "verifier"
