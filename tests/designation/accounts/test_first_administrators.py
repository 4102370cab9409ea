"""The first three administrators are entered on the server, as docs/operation.md says."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from designation.organizations.models import Person
from tooling.places import ROOT

pytestmark = pytest.mark.django_db
NEW = "My-own-long-password-7"


def documented():
    text = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    return re.search(r"```python\n(# first\.py\n.*?)```", text, re.DOTALL)[1]


def test_they_belong_to_their_county_and_change_the_password_that_was_typed(monkeypatch):
    exec(documented(), {})  # noqa: S102 - the documentation's own words are what is tested
    monkeypatch.setattr("getpass.getpass", lambda **_given: "Typed-on-the-server-1")

    for username in ("system", "security", "audit"):
        call_command("changepassword", username)
        person = Person.objects.get(username=username)
        browser = Client()
        data = {"username": username, "password": "Typed-on-the-server-1"}
        landed = browser.post(reverse("organizations:login"), data, follow=True)
        assert person.jurisdiction.name_zh == "青山县"
        assert landed.request["PATH_INFO"] == reverse("organizations:password")
        browser.post(
            reverse("organizations:password"),
            {
                "old_password": "Typed-on-the-server-1",
                "new_password1": NEW,
                "new_password2": NEW,
            },
        )
        assert browser.get(reverse("organizations:settings")).status_code == 200
