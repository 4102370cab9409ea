"""Several objections to one name: what the next finding does where the first has moved the case."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.register.bars import Fault
from tests.hearings import heard
from tests.sheets import Sheet
from workflows.bars.queries import bars_of
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection

pytestmark = pytest.mark.django_db
REASON = "经查，申报的照片取自别处。"
ENDED = "这份申报已经结束，申报单位会收到通知"
ENDED_BEFORE = "这份申报在此之前已经结束"


@pytest.fixture
def two(county, held_clock):
    """Accepted, to one name on a notice, and heard."""
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = [
        objections.raise_objection(entry, facts=facts, identity=None)
        for facts in ("面积不实", "照片不是本村的")
    ]
    for one in raised:
        objections.accept(one, reason=REASON, actor=county.objection_officer)
        heard(one)
    held_clock.move(timedelta(minutes=5))
    return raised


def settle(client, county, objection, act, **said):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:objection", args=[objection.pk]), press="act")
    answer = sheet.send({"act": act, "reason": REASON} | said)
    assert answer.status_code == 302
    return client.get(answer["Location"]).content.decode()


def case_of(objection):
    return Application.objects.get(pk=objection.entry.application_id)


def on_to(county, application, stage):
    """As far as ``stage``, after it was sent back to be verified."""
    for reached, step in county._course(None)[3:]:
        if application.stage == stage:
            return application
        step(application)
        application = Application.objects.get(pk=application.pk)
        assert application.stage == reached
    return application


@pytest.mark.parametrize(
    "stage", [Stage.RECOMMENDED, Stage.VERIFYING, Stage.VERIFIED, Stage.CHOSEN, Stage.ON_NOTICE]
)
def test_upheld_for_false_material_it_ends_the_case_wherever_another_has_sent_it(
    client, county, two, stage
):
    first, second = two
    settle(client, county, first, "reverify")
    on_to(county, case_of(first), stage)

    page = settle(client, county, second, "uphold", fault=Fault.FALSE_MATERIAL.value)

    assert ENDED in page
    application = case_of(second)
    assert application.stage == Stage.REJECTED
    decision = application.decisions.latest("pk")
    assert (decision.transition, decision.from_stage) == ("uphold_objection", stage)
    assert decision.fault == Fault.FALSE_MATERIAL
    (bar,) = bars_of(county.village)[county.village.pk]
    assert bar.until.year == bar.since.year + 3


def test_upheld_after_the_case_has_ended_its_page_says_that_it_had(client, county, two, held_clock):
    first, second = two
    settle(client, county, first, "uphold")
    held_clock.move(timedelta(minutes=5))

    page = settle(client, county, second, "uphold", fault=Fault.FALSE_MATERIAL.value)

    assert ENDED_BEFORE in page
    assert ENDED not in page
    assert Objection.objects.get(pk=second.pk).status == Objection.Status.UPHELD
    assert case_of(second).decisions.filter(transition="uphold_objection").count() == 1


def test_nothing_is_said_to_be_verified_anew_once_the_case_has_ended(
    client, county, two, held_clock
):
    first, second = two
    settle(client, county, first, "uphold")
    held_clock.move(timedelta(minutes=5))

    page = settle(client, county, second, "reverify")

    assert ENDED_BEFORE in page
    assert "由县级经办人安排重新核查" not in page
    assert case_of(second).stage == Stage.REJECTED


@pytest.mark.parametrize("stage", [Stage.VERIFIED, Stage.CHOSEN])
def test_verified_meanwhile_it_goes_back_to_be_verified_once_more(
    client, county, two, stage, held_clock
):
    first, second = two
    settle(client, county, first, "reverify")
    held_clock.move(timedelta(minutes=5))
    on_to(county, case_of(first), stage)

    page = settle(client, county, second, "reverify")

    assert "由县级经办人安排重新核查" in page
    assert case_of(second).stage == Stage.RECOMMENDED
