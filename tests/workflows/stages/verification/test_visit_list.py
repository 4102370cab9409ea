"""The list of the visits that stand apart, and the ways that lead to it and to each of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.site import clock
from tests import factories
from tests.course import OPINION
from tests.visits_apart import ITEM, begin, conclude, plan, recheck
from workflows.stages.objections import objections
from workflows.stages.verification import visits
from workflows.stages.verification.models import Visit

pytestmark = pytest.mark.django_db

LIST = reverse("visits:list")


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def listed(person, **asked):
    return [visit.pk for visit in as_(person).get(LIST, asked).context["page"]]


def page(visit):
    return reverse("visits:verify", args=[visit.pk])


@pytest.fixture
def others(county):
    return [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]


@pytest.fixture
def investigation(county, others):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="反映活动场所面积不实。", identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    return plan(county, raised, ITEM, team=others)


@pytest.fixture
def rechecked(county):
    return recheck(county, ITEM)


def appeal(county, others):
    application = county.beside().at(Stage.VERIFYING)
    county.act("reject", application, county.coordinator, opinion=OPINION)
    return plan(county, application.decisions.get(transition="reject"), ITEM, team=others)


def test_each_reads_in_it_what_is_theirs(county, investigation, rechecked, others):
    assert set(listed(county.coordinator)) == {investigation.pk, rechecked.pk}
    assert listed(county.verifiers[0]) == [rechecked.pk]
    assert listed(others[0]) == [investigation.pk]
    assert listed(county.objection_officer) == [investigation.pk]


def test_a_line_says_whom_why_when_who_leads_and_where_it_stands(county, investigation, others):
    shown = as_(county.coordinator).get(LIST).content.decode()

    for said in (
        county.village.name_zh,
        "异议调查",
        "2026年3月2日",
        others[0].full_name,
        "已安排",
        page(investigation),
    ):
        assert said in shown


def test_it_is_narrowed_by_reason_state_and_what_is_ones_own(
    county, investigation, rechecked, others
):
    who = county.coordinator
    second = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    appealed = begin(county, appeal(county, others))
    Visit.objects.filter(pk=rechecked.pk).update(arranged_by=second)

    assert listed(who, reason="recheck") == [rechecked.pk]
    assert listed(who, reason="objection") == [investigation.pk]
    assert listed(who, reason="appeal") == [appealed.pk]
    assert set(listed(who, mine="arranged")) == {investigation.pk, appealed.pk}
    assert listed(second, mine="arranged") == [rechecked.pk]
    assert listed(who, mine="team") == []
    assert set(listed(others[0], mine="team")) == {investigation.pk, appealed.pk}
    assert set(listed(who, state="planned")) == {investigation.pk, rechecked.pk}
    assert listed(who, state="under_way") == [appealed.pk]


def test_what_is_over_is_found_by_its_state(county, investigation, rechecked):
    who, reason = county.coordinator, "异议人已书面撤回，不再前往核查。"
    visits.call_off(investigation, reason=reason, actor=who)
    conclude(county, begin(county, rechecked))

    assert listed(who, state="called_off") == [investigation.pk]
    assert listed(who, state="concluded") == [rechecked.pk]
    assert listed(who, state="planned") == listed(who, state="under_way") == []


def test_it_is_searched_by_the_name_of_whom_it_concerns(county, investigation, rechecked):
    assert listed(county.coordinator, text=county.village.name_zh) == [investigation.pk]
    assert listed(county.coordinator, text=rechecked.title.organization.name_zh) == [rechecked.pk]


def test_what_was_planned_last_stands_first_and_the_order_is_turned(
    county, investigation, rechecked
):
    later = clock.today() + timedelta(days=3)
    Visit.objects.filter(pk=investigation.pk).update(planned_on=later)

    assert listed(county.coordinator) == [investigation.pk, rechecked.pk]
    assert listed(county.coordinator, order="planned_on") == [rechecked.pk, investigation.pk]


# The ways in


def test_the_desk_shows_those_not_over_and_leads_to_the_list(county, investigation, others):
    for person in (county.coordinator, others[0], county.objection_officer):
        desk = as_(person).get("/").content.decode()
        assert page(investigation) in desk
        assert LIST in desk
    visits.call_off(
        investigation, reason="异议人已书面撤回，不再前往核查。", actor=county.coordinator
    )

    desk = as_(county.coordinator).get("/").content.decode()

    assert page(investigation) not in desk
    assert LIST in desk
    for person in (county.head, county.reviewer, county.deciding_officer):
        assert LIST not in as_(person).get("/").content.decode()


def test_the_objection_leads_to_the_visit_that_looks_into_it(county, investigation):
    address = reverse("notices:objection", args=[investigation.objection_id])

    shown = as_(county.objection_officer).get(address).content.decode()

    assert page(investigation) in shown
    assert "已安排" in shown


def test_the_case_leads_there_whoever_may_read_it_and_nobody_else(county, investigation, others):
    address = reverse("applications:case", args=[investigation.about.pk])

    for person in (county.coordinator, county.objection_officer):
        assert page(investigation) in as_(person).get(address).content.decode()
    for person in (county.head, county.reviewer, county.verifiers[0], county.deciding_officer):
        assert page(investigation) not in as_(person).get(address).content.decode()


def test_the_case_of_a_title_leads_to_its_recheck(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    visit = plan(county, application.designation, ITEM)

    shown = as_(county.coordinator).get(reverse("applications:case", args=[application.pk]))

    assert page(visit) in shown.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_visit_and_for_three(
    county, count, django_assert_num_queries
):
    for _visit in range(count):
        recheck(county, ITEM)
    client = as_(county.coordinator)

    with django_assert_num_queries(8):
        assert client.get(LIST).status_code == 200
