"""Where no administrator can sign in, a first password is set on the server."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from designation.organizations.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "My-own-long-password-7"
TYPED = "Typed-on-the-server-1"


def test_who_lost_the_slip_changes_the_password_that_was_typed(monkeypatch):
    area = factories.JurisdictionFactory()
    person = factories.seated(Role.SYSTEM_ADMINISTRATOR, area, username="system")
    person.set_unusable_password()
    person.save()
    monkeypatch.setattr("getpass.getpass", lambda **_given: TYPED)

    call_command("changepassword", "system")

    browser = Client()
    data = {"username": "system", "password": TYPED}
    landed = browser.post(reverse("organizations:login"), data, follow=True)
    assert landed.request["PATH_INFO"] == reverse("organizations:password")
    browser.post(
        reverse("organizations:password"),
        {"old_password": TYPED, "new_password1": NEW, "new_password2": NEW},
    )
    assert browser.get(reverse("organizations:settings")).status_code == 200
