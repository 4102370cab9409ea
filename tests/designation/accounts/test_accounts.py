"""Signing in, settings, the password."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from designation.accounts.passwords import KindsOfCharacters
from tests.factories import PASSWORD, PersonFactory
from tests.sheets import fill_in

pytestmark = pytest.mark.django_db
NEW = "another-long-password-7"


def test_a_person_signs_in_and_out(client):
    person = PersonFactory()

    answer = client.post(
        reverse("organizations:login"), {"username": person.username, "password": PASSWORD}
    )

    assert answer.url == reverse("home")
    assert person.full_name in client.get(answer.url).content.decode()
    assert client.post(reverse("organizations:logout")).url == reverse("organizations:login")


@pytest.mark.parametrize("username", ["nobody", "inactive"])
def test_one_message_whatever_was_wrong(client, username):
    PersonFactory(username="inactive", is_active=False)

    answer = client.post(
        reverse("organizations:login"), {"username": username, "password": PASSWORD}
    )

    assert answer.status_code == 422
    assert "账号或密码不正确" in answer.content.decode()


def test_an_account_is_locked_after_five_failures(client, settings):
    settings.AXES_ENABLED = True
    person = PersonFactory()
    data = {"username": person.username, "password": "wrong"}

    answers = [client.post(reverse("organizations:login"), data) for _turn in range(5)]

    assert answers[-1].status_code == 429
    assert "账号已锁定" in answers[-1].content.decode()


def test_settings_are_kept_and_a_wrong_address_told(client):
    person = PersonFactory()
    client.force_login(person)
    page = reverse("organizations:settings")

    assert client.post(page, {"language": "en", "email": "no"}).status_code == 422
    fill_in(client, page, {"language": "en", "large_type": "on", "email": "a@b.cn"})

    person.refresh_from_db()
    assert (person.language, person.large_type, person.email) == ("en", True, "a@b.cn")
    assert 'class="large-type"' in client.get(page).content.decode()


def test_a_password_is_changed(client):
    person = PersonFactory()
    client.force_login(person)

    client.post(
        reverse("organizations:password"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_an_unknown_page_says_so(client):
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_an_aged_form_is_told_how_to_go_on():
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("organizations:login"))
    answer = browser.post(reverse("organizations:login"), {})

    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_site_says_that_it_is_well(client):
    assert client.get("/healthz/").content == b"ok"


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("abcdefghij", False),
        ("abcdefgh12", False),
        ("ABCDEFGH12", False),
        ("abcdefgH12", True),
        ("abcdefg-12", True),
        ("红旗村abc12345", True),
    ],
)
def test_a_password_is_made_of_three_kinds_of_characters(password, fits):
    if fits:
        KindsOfCharacters().validate(password)
    else:
        with pytest.raises(ValidationError, match="至少三种"):
            KindsOfCharacters().validate(password)


def test_an_address_that_cannot_be_stored_leads_nowhere(client):
    assert client.get("/applications/%00/").status_code == 404
