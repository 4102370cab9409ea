"""Accounts and division codes are read in the spellings people use; each has one when stored."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.spellings import account, division_code
from tests import factories

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "wang.li",
    "Wang.Li",
    "WANG.LI",
    " wang.li ",
    "ｗａｎｇ．ｌｉ",
    "wang。li",
    "wang｡li",
    "wang.li\u200b",
    "ＷＡＮＧ。ＬＩ",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_person_signs_in_in_any_spelling(client, county, typed):
    person = factories.PersonFactory(username="wang.li")
    answer = client.post(
        reverse("organizations:login"), {"username": typed, "password": factories.PASSWORD}
    )
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_failures_in_other_spellings_count_for_one_account(client, county, settings):
    settings.AXES_ENABLED = True
    factories.PersonFactory(username="wang.li")
    for typed in SPELLINGS[:5]:
        client.post(reverse("organizations:login"), {"username": typed, "password": "no"})
    answer = client.post(
        reverse("organizations:login"), {"username": "wang.li", "password": factories.PASSWORD}
    )
    assert answer.status_code != 302


@pytest.mark.parametrize("typed", SPELLINGS)
def test_an_account_is_stored_in_one_spelling_and_entered_once(client, county, typed):
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))
    sent = {"full_name": "王丽", "password": "Ganlu-2026-Qs", "language": "zh-hans"}
    page = reverse("organizations:person_add")
    client.post(page, sent | {"username": typed, "home_organization": county.village.pk})
    assert Person.objects.filter(username="wang.li").count() == 1
    answer = client.post(
        page, sent | {"username": "wang.li", "home_organization": county.village.pk}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["username"]


def test_the_database_holds_an_account_to_one_spelling(county):
    with pytest.raises(IntegrityError, match="person_username_in_one_spelling"):
        factories.PersonFactory(username="Wang.Li")


@pytest.mark.parametrize(
    "typed", ["341821099000", "３４１８２１０９９０００", "341821 099 000", " 341821099000\u200b"]
)
def test_a_division_code_is_read_in_full_width_and_in_groups(client, county, typed):
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))
    answer = client.post(
        reverse("organizations:jurisdiction_add"), {"code": typed, "name_zh": "龙山镇"}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Jurisdiction.objects.get(name_zh="龙山镇").code == "341821099000"


@pytest.mark.parametrize("typed", ["34182177700", "3418217770001", "34182177700A", "٣٤١٨٢١٧٧٧٠٠٠"])
def test_no_other_code_is_taken(client, county, typed):
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))
    answer = client.post(
        reverse("organizations:jurisdiction_add"), {"code": typed, "name_zh": "龙山镇"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]


def test_what_a_chinese_keyboard_gives_is_read():
    assert account("Wang——Li、01") == "wang_li.01"
    assert account("wang－li") == "wang-li"
    assert division_code("３４１８ ２１") == "341821"
