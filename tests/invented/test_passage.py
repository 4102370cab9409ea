"""An invented passage, carried by an invented role, goes wherever a passage goes.

No module of the product knows of either: they are declared as an app of its own would.
"""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.rules import seats
from notifications import delivery
from notifications.models import Message
from tests import factories
from workflows import flow
from workflows.case.rules import lets_in
from workflows.declared import Passage, Way, passages
from workflows.findings import GateFinding

from .roles import mediator, named

SUMMARY = "简介写明调解结果。"


def the_summary_tells_of_it(case):
    if "调解" not in case.application.summary:
        yield GateFinding("not_mediated", "先行调解", SUMMARY)


@pytest.fixture
def role():
    with mediator() as declared:
        yield declared


@pytest.fixture
def mediation(role):
    """From the recommended: agreed without a visit."""

    @lets_in(role)
    def is_mediator(case, person):
        return seats(person).holds_over(case.application.area_code, role)

    declared = Passage(
        "agree",
        ways=(Way(named("调解达成一致", "Agree"), is_mediator),),
        gate=(the_summary_tells_of_it,),
        sentence=named("%(organization)s的调解达成一致。", "%(organization)s has agreed."),
    )
    flow.open_way(declared, source=Stage.RECOMMENDED, target=Stage.VERIFIED)
    yield declared
    flow.close_way(declared.name)


@pytest.fixture
def recommended(county):
    return county.at(Stage.RECOMMENDED)


@pytest.fixture
def as_mediator(client, county, role):
    client.force_login(factories.seated(role, county.jurisdiction))
    return client


def page(client, application):
    return client.get(reverse("applications:case", args=[application.pk])).content.decode()


def press(client, application):
    address = reverse("applications:perform", args=[application.pk, "agree"])
    return client.post(address, {"version": application.version})


def test_its_button_is_shut_and_says_why(mediation, recommended, as_mediator):
    content = page(as_mediator, recommended)

    assert "调解达成一致" in content
    assert SUMMARY in content
    assert press(as_mediator, recommended).status_code == 422
    recommended.refresh_from_db()
    assert recommended.stage == Stage.RECOMMENDED


def test_it_is_drawn_in_the_picture(mediation, recommended, as_mediator):
    picture = page(as_mediator, recommended).split('id="picture"')[1]

    assert "调解达成一致 → 核查合格" in picture


def test_it_is_carried_recorded_and_told(mediation, recommended, as_mediator, county):
    type(recommended).objects.filter(pk=recommended.pk).update(summary="经调解，双方同意。")

    assert press(as_mediator, recommended).status_code == 302

    recommended.refresh_from_db()
    decision = recommended.decisions.get(transition="agree")
    event = AuditEvent.objects.get(action="application.agree")
    delivery.deliver_waiting()
    told = Message.objects.filter(person=county.head).order_by("-pk").first()
    assert recommended.stage == Stage.VERIFIED
    assert (decision.actor_role, event.actor_role) == ("mediator", "mediator")
    assert told.subject == f"{county.village.name_zh}的调解达成一致。"
    assert "调解达成一致" in page(as_mediator, recommended)


def test_nobody_else_may_carry_it(mediation, recommended, client, county):
    client.force_login(county.coordinator)

    assert "调解达成一致" not in page(client, recommended).split('id="picture"')[0]
    assert press(client, recommended).status_code == 422


def test_the_log_names_it_to_the_auditor(mediation, recommended, as_mediator, client, county):
    type(recommended).objects.filter(pk=recommended.pk).update(summary="经调解，双方同意。")
    press(as_mediator, recommended)
    client.force_login(factories.seated("audit_administrator", county.jurisdiction))

    content = client.get(reverse("audit:list")).content.decode()

    assert "调解达成一致" in content
    assert "调解员" in content


def test_nothing_of_it_is_left(recommended, client, county):
    client.force_login(county.coordinator)

    assert "agree" not in passages()
    assert "调解达成一致" not in page(client, recommended)
