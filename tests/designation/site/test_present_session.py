"""What the page's own script learns of the session, and for whom its requests are taken."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.site.present_session import opaque_id
from tests.public_addresses import public

pytestmark = pytest.mark.django_db


@pytest.fixture
def present():
    return reverse("organizations:session")


@pytest.fixture
def by_script(client, county):
    """Sends a form as the script of a page does that was made for ``person``."""

    def send(address, data, person):
        headers = {"x-sent-by": "script", "x-person": opaque_id(person)}
        return client.post(address, data, headers=headers)

    client.force_login(county.preparer)
    return send


def test_somebody_signed_in_is_named_with_a_fresh_token(client, county, present):
    client.force_login(county.preparer)

    said = client.get(present).json()

    assert said["person"] == opaque_id(county.preparer)
    assert said["name"] == county.preparer.full_name
    assert said["token"]


def test_nobody_is_named_where_nobody_is_signed_in(client, present):
    said = client.get(present).json()

    assert (said["person"], said["name"]) == ("", "")


def test_it_is_never_cached(client, present):
    assert "no-store" in client.get(present)["Cache-Control"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_pages_of_other_sites_learn_nothing(client, county, present, site):
    client.force_login(county.preparer)

    assert client.get(present, headers={"sec-fetch-site": site}).status_code == 404


def test_two_people_have_two_ids_that_do_not_say_their_numbers(county):
    ids = {opaque_id(county.preparer), opaque_id(county.head)}

    assert len(ids) == 2
    assert all(str(county.preparer.pk) != each for each in ids)


def test_the_page_names_its_person_by_that_id(client, county):
    client.force_login(county.preparer)

    assert f'data-person="{opaque_id(county.preparer)}"' in client.get("/").content.decode()


def test_a_page_for_everyone_names_nobody(client, county):
    client.force_login(county.preparer)
    content = client.get(public("home")).content.decode()

    assert "data-person" not in content
    assert "saving-words" not in content


def test_a_page_of_another_person_is_taken_for_nobody(by_script, county):
    application = county.at(Stage.DRAFT)
    address = reverse("applications:item", args=[application.pk, "NC-01"])

    answer = by_script(address, {"note": "王五的草稿", "answer": "1"}, county.head)

    assert answer.status_code == 403
    assert answer.json() == {"other_person": True}
    assert not application.answers.filter(note="王五的草稿").exists()


def test_where_the_browser_would_be_led_is_said(by_script, county):
    answer = by_script(reverse("messages:read_all"), {}, county.preparer)

    assert answer.status_code == 200
    assert answer.json() == {"went": reverse("messages:list")}


def test_the_word_that_goes_with_it_is_shown_on_the_next_page(by_script, client, county):
    by_script(reverse("organizations:settings"), {"language": "zh-hans"}, county.preparer)

    assert "设置已保存" in client.get(reverse("organizations:settings")).content.decode()


def test_a_form_that_is_refused_comes_back_as_its_page(by_script, county):
    answer = by_script(
        reverse("organizations:settings"), {"language": "xx", "email": "keine"}, county.preparer
    )

    assert answer.status_code == 422
    assert "<main" in answer.content.decode()
