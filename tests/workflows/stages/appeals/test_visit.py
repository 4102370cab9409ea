"""A visit apart on an appeal against 核查不通过: ordered by who hears it, made by others."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.organizations.models import Role
from designation.site.refusal import Refusal
from tests import factories
from tests.appealed import Appealed
from tests.visits_apart import ITEM, begin, conclude, plan
from workflows.stages.appeals.models import Against, Appeal
from workflows.stages.verification.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    case.act("take_up")
    return case


@pytest.fixture
def others(county):
    return [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]


def shown(person, address):
    client = Client()
    client.force_login(person)
    return client.get(address)


def page(case):
    return reverse("appeals:appeal", args=[case.appeal.pk])


def arranging(case):
    return reverse("visits:for_decision", args=[case.appeal.decision_id])


def test_who_hears_it_arranges_a_visit_of_the_items_and_still_answers(case, others):
    assert arranging(case) in shown(case.hearer, page(case)).content.decode()
    assert shown(case.hearer, arranging(case)).status_code == 200

    visit = plan(case.county, case.appeal.decision, ITEM, team=others, actor=case.hearer)
    conclude(case.county, begin(case.county, visit, actor=case.hearer), leader=others[0])

    assert (visit.reason, visit.items) == (Visit.Reason.APPEAL, [ITEM])
    record = reverse("visits:verify", args=[visit.pk])
    assert record in shown(case.hearer, page(case)).content.decode()
    assert page(case) in shown(case.hearer, record).content.decode()
    # To have it looked into is part of hearing it.
    case.act("uphold")
    assert case.appeal.decided_by == case.hearer


def test_the_officer_who_hears_it_reads_the_record_and_leaves_the_plan_to_a_coordinator(
    case, others
):
    officer = case.county.objection_officer
    visit = plan(case.county, case.appeal.decision, ITEM, team=others, actor=case.hearer)
    record = reverse("visits:verify", args=[visit.pk])

    told = shown(officer, page(case)).content.decode()

    assert record in told
    assert arranging(case) not in told
    assert shown(officer, record).status_code == 200
    assert shown(officer, arranging(case)).status_code == 404


def test_who_verified_it_is_not_sent_again(case):
    with pytest.raises(Refusal, match="核查过这份申报"):
        plan(case.county, case.appeal.decision, ITEM, actor=case.hearer)


def test_who_decided_on_the_case_or_is_of_the_unit_neither_arranges_nor_reads_it(case, others):
    visit = plan(case.county, case.appeal.decision, ITEM, team=others, actor=case.hearer)
    record = reverse("visits:verify", args=[visit.pk])
    for person in (case.county.head, case.county.reviewer, case.county.coordinator):
        assert shown(person, arranging(case)).status_code == 404
        assert shown(person, record).status_code == 404
    # The unit's own page of the appeal does not lead there.
    assert record not in shown(case.county.head, page(case)).content.decode()


@pytest.mark.parametrize("name", ["dismiss", "withdraw"])
def test_once_it_is_over_no_visit_is_arranged(case, name):
    case.act(name, actor=case.county.head if name == "withdraw" else None)

    assert shown(case.hearer, arranging(case)).status_code == 404
    assert arranging(case) not in shown(case.hearer, page(case)).content.decode()


def test_before_it_is_taken_up_and_of_another_decision_no_visit_is_offered(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    assert shown(case.hearer, arranging(case)).status_code == 404
    Appeal.objects.update(status=Appeal.Status.TAKEN_UP, against=Against.FIRST_REVIEW)

    assert shown(case.hearer, arranging(case)).status_code == 404
    assert arranging(case) not in shown(case.hearer, page(case)).content.decode()
