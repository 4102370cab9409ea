"""The coordinator arranges a visit that no application carries along, by its pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.register.models import TitleStep
from designation.site import clock
from standards.models import StandardVersion
from tests import factories
from tests.sheets import fill_in
from tests.visits_apart import ITEM, begin, conclude, plan, recheck, title_given_before
from workflows.stages.objections import objections
from workflows.stages.verification.models import Visit

pytestmark = pytest.mark.django_db

GROUNDS = reverse("visits:grounds")
FACTS = "反映活动场所面积不实。"


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return answer.content.decode()


def arrange(county, address, *items, team=None, **typed):
    people = [str(person.pk) for person in team or county.verifiers]
    said = {"team": people, "leader": people[0], "items": list(items)} | typed
    return fill_in(as_(county.coordinator), address, said)


@pytest.fixture
def title(county):
    return title_given_before(county)


@pytest.fixture
def objection(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(
        entry, facts=FACTS, identity={"name": "某人", "contact": "a@b.cn"}
    )
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    return raised


def test_the_list_leads_the_coordinator_to_what_a_visit_may_be_for(county, title, objection):
    coordinator = as_(county.coordinator)
    listed = text(coordinator.get(reverse("visits:list")))
    assert GROUNDS in listed
    assert GROUNDS not in text(as_(county.verifiers[0]).get(reverse("visits:list")))

    shown = text(coordinator.get(GROUNDS))

    assert title.number in shown
    assert reverse("visits:for_title", args=[title.pk]) in shown
    assert reverse("visits:for_objection", args=[objection.pk]) in shown
    assert FACTS not in shown
    assert "某人" not in shown


def test_a_recheck_of_a_title_is_arranged_by_the_standard_now_usable(county, title):
    address = reverse("visits:for_title", args=[title.pk])

    answer = arrange(county, address, ITEM)

    visit = Visit.objects.get(title=title)
    assert answer.url == reverse("visits:verify", args=[visit.pk])
    assert (visit.reason, visit.items) == (Visit.Reason.RECHECK, [ITEM])
    assert visit.standard == county.round_category.standard
    assert visit.planned_on == clock.today()
    assert title.number not in text(as_(county.coordinator).get(GROUNDS))


def test_an_objection_is_looked_into_by_people_who_have_not_seen_the_case(county, objection):
    address = reverse("visits:for_objection", args=[objection.pk])
    page = text(as_(county.coordinator).get(address))
    assert "须回避、不能选派" in page
    others = [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]

    assert arrange(county, address, team=others).status_code == 302

    visit = Visit.objects.get(objection=objection)
    assert visit.reason == Visit.Reason.OBJECTION
    assert {member.person for member in visit.members.all()} == set(others)
    assert address not in text(as_(county.coordinator).get(GROUNDS))


def test_where_one_is_arranged_the_way_leads_to_its_plan(county, title):
    visit = plan(county, title, standard=county.round_category.standard)

    answer = as_(county.coordinator).get(reverse("visits:for_title", args=[title.pk]))

    assert answer.url == reverse("visits:plan", args=[visit.pk])


def test_the_second_of_two_coordinators_is_told_and_loses_nothing(county, title):
    address = reverse("visits:for_title", args=[title.pk])
    plan(county, title, standard=county.round_category.standard)

    answer = as_(county.coordinator).post(
        address,
        {
            "planned_on": str(clock.today()),
            "place": "村文化广场",
            "team": [str(person.pk) for person in county.verifiers],
            "leader": str(county.verifiers[1].pk),
        },
    )

    assert answer.status_code == 422
    assert "村文化广场" in text(answer)
    assert Visit.objects.get().place == "村党群服务中心"


def test_another_day_and_team_are_planned_while_it_goes_on(county):
    visit = begin(county, recheck(county, ITEM))
    address = reverse("visits:plan", args=[visit.pk])
    assert address in text(as_(county.coordinator).get(reverse("visits:verify", args=[visit.pk])))
    third = factories.seated(Role.VERIFIER, county.jurisdiction)
    day = clock.today() + timedelta(days=1)

    answer = arrange(county, address, ITEM, team=[county.verifiers[0], third], planned_on=day)

    assert answer.status_code == 302
    visit.refresh_from_db()
    assert visit.planned_on == day
    present = visit.members.filter(left_at=None)
    assert {member.person for member in present} == {county.verifiers[0], third}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"planned_on": "2026-02-27"}, "核查日期不能早于今天"),
        ({"place": ""}, "请填写"),
        ({"leader": ""}, "请选择"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_the_rest_stays(county, title, typed, message):
    address = reverse("visits:for_title", args=[title.pk])

    answer = arrange(county, address, ITEM, **({"place": "村文化广场"} | typed))

    assert answer.status_code == 422
    assert message in text(answer)
    assert answer.context["form"]["items"].value() == [ITEM]
    assert not Visit.objects.exists()


def test_one_that_is_concluded_is_planned_no_more(county):
    visit = conclude(county, begin(county, recheck(county, ITEM)))
    address = reverse("visits:plan", args=[visit.pk])

    assert as_(county.coordinator).get(address).status_code == 404
    assert address not in text(
        as_(county.coordinator).get(reverse("visits:verify", args=[visit.pk]))
    )


def test_a_title_that_ended_meanwhile_is_told_with_what_was_typed(county, title):
    address = reverse("visits:for_title", args=[title.pk])
    TitleStep.objects.create(
        title=title,
        act="cancelled",
        effective_on=clock.today(),
        reason="本单位申请注销。",
        actor=county.deciding_officer,
        role=Role.DECIDING_OFFICER,
        at=clock.now(),
    )
    coordinator = as_(county.coordinator)
    people = [str(person.pk) for person in county.verifiers]
    typed = {"planned_on": str(clock.today()), "place": "村文化广场", "team": people}

    answer = coordinator.post(address, typed | {"leader": people[0]})

    assert answer.status_code == 422
    assert "不再安排核查" in text(answer)
    assert "村文化广场" in text(answer)
    assert coordinator.get(address).status_code == 404


def test_without_a_usable_standard_it_says_what_to_do_first(county, title):
    StandardVersion.objects.filter(category="NC").update(status=StandardVersion.Status.RETIRED)

    answer = as_(county.coordinator).get(reverse("visits:for_title", args=[title.pk]))

    assert answer.status_code == 422
    assert "请先启用与称号同一类别的标准" in text(answer)


def test_the_coordinator_of_another_county_finds_none_of_it(county, title, objection):
    stranger = factories.seated(
        Role.COUNTY_COORDINATOR, factories.JurisdictionFactory(code="341822000000")
    )
    client = as_(stranger)

    assert title.number not in text(client.get(GROUNDS))
    for name, ground in (("for_title", title), ("for_objection", objection)):
        assert client.get(reverse(f"visits:{name}", args=[ground.pk])).status_code == 404
