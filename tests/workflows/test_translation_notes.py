"""Wherever English standard text shows, the page says that it is a translation."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage

pytestmark = pytest.mark.django_db

GOVERNS = "English titles and notes are translations; the Chinese text governs."
TITLE = "Decisions carried out in the village"
ENGLISH = {"accept-language": "en"}


def seen(client, person, name, *place, **headers):
    client.force_login(person)
    return client.get(reverse(f"applications:{name}", args=place), **headers).content.decode()


@pytest.mark.parametrize(
    ("stage", "who", "name", "more"),
    [
        (Stage.DRAFT, "preparer", "section", (1,)),
        (Stage.DRAFT, "preparer", "case", ()),
        (Stage.SUBMITTED, "reviewer", "review", ()),
        (Stage.VERIFYING, "leader", "verify", ()),
        (Stage.VERIFYING, "leader", "measure", ("NC-01",)),
    ],
)
def test_english_says_that_the_chinese_governs_and_chinese_does_not(
    client, county, stage, who, name, more
):
    application = county.at(stage)
    person = county.verifiers[0] if who == "leader" else getattr(county, who)
    place = (application.pk, *more)
    english = seen(client, person, name, *place, headers=ENGLISH)
    assert GOVERNS in english
    assert name == "verify" or TITLE in english
    assert "为译文" not in seen(client, person, name, *place)
