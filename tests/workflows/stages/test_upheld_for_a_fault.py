"""Whether an upheld objection was for a fault is said with it, and bars the unit for as long."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.register.bars import Fault
from tests.hearings import heard
from tests.sheets import Sheet
from workflows.bars.queries import bars_of
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection

pytestmark = pytest.mark.django_db
REASON = "经查，申报的照片取自别处。"


@pytest.fixture
def ripe(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="照片不是本村的", identity=None)
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    return heard(raised)


def settle(client, county, objection, **said):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:objection", args=[objection.pk]), press="act")
    return sheet.send({"act": "uphold", "reason": REASON} | said)


def bar(county):
    (found,) = bars_of(county.village)[county.village.pk]
    return found


def test_upheld_for_false_material_it_bars_for_three_years_and_is_kept_once(client, county, ripe):
    assert settle(client, county, ripe, fault=Fault.FALSE_MATERIAL.value).status_code == 302

    found = bar(county)
    assert found.fault == Fault.FALSE_MATERIAL
    assert found.until.year == found.since.year + 3
    decision = ripe.entry.application.decisions.latest("pk")
    assert (decision.transition, decision.fault) == ("uphold_objection", Fault.FALSE_MATERIAL)
    client.force_login(county.head)
    assert "弄虚作假" in client.get(reverse("home")).content.decode()


def test_upheld_without_one_it_may_apply_in_the_next_round(client, county, ripe):
    settle(client, county, ripe)

    assert (bar(county).fault, bar(county).until) == ("", None)


def test_sent_back_to_be_verified_no_fault_is_found_yet(client, county, ripe):
    settle(client, county, ripe, act="reverify", fault=Fault.FALSE_MATERIAL.value)

    decision = ripe.entry.application.decisions.latest("pk")
    assert (decision.transition, decision.fault) == ("reverify", "")
    assert not bars_of(county.village)[county.village.pk]


def test_what_was_said_of_the_fault_is_kept_where_the_page_has_to_be_sent_again(
    client, county, ripe
):
    unsure = settle(client, county, ripe, fault=Fault.REFUSED.value, sure=None)

    assert unsure.status_code == 422
    sheet = Sheet.of(unsure)
    assert sheet.values["fault"] == [Fault.REFUSED.value]
    assert Objection.objects.get().status == Objection.Status.ACCEPTED


def test_the_same_press_with_another_fault_is_another(client, county, ripe):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:objection", args=[ripe.pk]), press="act")
    said = {"act": "uphold", "reason": REASON}

    assert sheet.send(said | {"fault": Fault.FALSE_MATERIAL.value}).status_code == 302
    assert sheet.send(said | {"fault": Fault.FALSE_MATERIAL.value}).status_code == 302
    assert sheet.send(said).status_code == 422
