"""A page that saves itself: each input is answered for, and nothing else is touched."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Answer, Stage
from designation.organizations.models import Role
from designation.organizations.present_session import opaque_id
from designation.site import shown
from tests import factories

pytestmark = pytest.mark.django_db

OK = 200


class Page:
    """A page of one person that saves itself as its script does."""

    def __init__(self, person, address):
        self.client, self.person, self.address = Client(), person, address
        self.client.force_login(person)
        self.shown = {}

    def opened(self):
        content = self.client.get(self.address).content.decode()
        found = content.split('name="shown" value="')[1].split('"')[0]
        self.shown = json.loads(found.replace("&quot;", '"'))
        return self

    def saves(self, typed):
        """Sends what was ``typed``, by input."""
        said = {"fields": ",".join(typed), "shown": json.dumps(self.shown)}
        headers = {
            "x-autosave": "1",
            "x-sent-by": "script",
            "x-person": opaque_id(self.person),
        }
        answer = self.client.post(self.address, typed | said, headers=headers)
        self.shown |= answer.json().get("shown", {}) if answer.status_code == OK else {}
        return answer


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def item(county, draft):
    address = reverse("applications:item", args=[draft.pk, "NC-13"])
    return Page(county.preparer, address).opened()


def stored(draft):
    return Answer.objects.get(application=draft, item__code="NC-13")


def test_what_changed_is_saved_and_answered_for(item, draft):
    said = item.saves({"note": "服务中心已建成"}).json()

    assert stored(draft).note == "服务中心已建成"
    assert said["saved_at"] == "09:00"
    assert said["shown"] == {"note": shown.digest("服务中心已建成")}
    assert said["refused"] == said["conflicts"] == {}


def test_what_was_not_sent_stays(item, draft):
    item.saves({"NC-13-C2": "320", "conclusion": "met"})
    item.saves({"note": "补一句"})

    answer = stored(draft)
    assert (answer.note, answer.conclusion) == ("补一句", "met")
    assert answer.values["NC-13-C2"]


def test_a_box_that_was_emptied_is_emptied(item, draft):
    item.saves({"note": "先写一句"})
    item.opened().saves({"note": ""})

    assert stored(draft).note == ""


def test_what_is_refused_is_said_at_its_input_and_costs_the_others_nothing(item, draft):
    said = item.saves({"NC-13-C2": "三百多", "note": "待核实"}).json()

    assert set(said["refused"]) == {"NC-13-C2"}
    assert set(said["shown"]) == {"note"}
    assert stored(draft).note == "待核实"


def test_the_verdict_comes_with_the_answer(item):
    said = item.saves({"NC-13-C2": "200"}).json()

    assert "低于原则性要求" in said["hints"]
    assert 'id="hints"' in said["hints"]


@pytest.fixture
def colleague(county, draft):
    person = factories.seated(Role.PREPARER, county.village)
    return Page(person, reverse("applications:item", args=[draft.pk, "NC-13"]))


def test_what_a_colleague_wrote_meanwhile_is_asked_about_field_by_field(item, colleague, draft):
    colleague.opened().saves({"note": "同事写的说明", "NC-13-C2": "330"})

    said = item.saves({"note": "我写的说明", "conclusion": "met"}).json()

    assert set(said["conflicts"]) == {"note"}
    told = said["conflicts"]["note"]
    assert (told["theirs"], told["by"]) == ("同事写的说明", colleague.person.full_name)
    assert told["texts"] == {"note": ["同事写的说明"]}
    assert "note" not in said["shown"]
    assert (stored(draft).note, stored(draft).conclusion) == ("同事写的说明", "met")


def test_ones_own_choice_is_saved_over_what_was_shown_beside_it(item, colleague, draft):
    colleague.opened().saves({"note": "同事写的说明"})
    told = item.saves({"note": "我写的说明"}).json()["conflicts"]["note"]

    item.shown[told["field"]] = told["shown"]
    assert item.saves({"note": "我写的说明"}).json()["conflicts"] == {}
    assert stored(draft).note == "我写的说明"


def test_a_locked_item_says_why_and_keeps_nothing(item, county, draft):
    county._confirm(draft)
    answer = item.saves({"note": "改一改"})

    assert answer.status_code == 422
    assert "现在不能修改" in answer.json()["denied"]


def statements(queries):
    """All but the marks of a transaction, which the test's own turns into savepoints."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_a_save_costs_at_most_eight_statements(item):
    item.saves({"note": "先写一句"})
    with CaptureQueriesContext(connection) as queries:
        item.saves({"note": "再写一句"})

    assert len(statements(queries)) <= 8, "\n".join(statements(queries))


def returned(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    return application


@pytest.fixture
def returned_item(county):
    application = returned(county)
    return Page(
        county.preparer, reverse("applications:item", args=[application.pk, "NC-13"])
    ).opened()


@pytest.mark.parametrize("name", ["note", "reply"])
def test_so_does_a_save_of_a_correction(returned_item, name, held_clock):
    held_clock.move(timedelta(minutes=1))
    returned_item.saves({name: "先写一句"})
    with CaptureQueriesContext(connection) as queries:
        said = returned_item.saves({name: "再写一句"}).json()

    assert set(said["shown"]) == {name}
    assert len(statements(queries)) <= 8, "\n".join(statements(queries))


def test_an_item_that_is_not_listed_is_locked(county):
    address = reverse("applications:item", args=[returned(county).pk, "NC-01"])

    answer = Page(county.preparer, address).opened().saves({"note": "改一改"})

    assert "现在不能修改" in answer.json()["denied"]


@pytest.mark.parametrize("code", ["NC-13", "NC-99"])
def test_a_stranger_learns_nothing_and_saves_nothing(county, draft, code):
    stranger = factories.seated(Role.PREPARER, factories.VillageFactory(superior=county.township))
    address = reverse("applications:item", args=[draft.pk, code])

    assert Page(stranger, address).saves({"note": "别村的"}).status_code == 404
    assert not Answer.objects.filter(note="别村的").exists()


def test_an_item_that_the_standard_does_not_have_is_not_found(county, draft):
    for pk, code in ((draft.pk, "NC-99"), (draft.pk + 99, "NC-13")):
        address = reverse("applications:item", args=[pk, code])
        assert Page(county.preparer, address).saves({"note": "没有"}).status_code == 404
