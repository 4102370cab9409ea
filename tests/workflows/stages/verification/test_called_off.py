"""A visit that stands apart and is called off, and who hears that one has ended."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site import clock
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.sheets import Sheet, fill_in
from tests.visits_apart import ITEM, begin, conclude, plan, recheck, title_given_before
from workflows import door
from workflows.stages.objections import objections
from workflows.stages.verification.course import VisitAct
from workflows.stages.verification.models import Visit
from workflows.stages.verification.standing import Standing, standing

pytestmark = pytest.mark.django_db

REASON = "该村已申请注销称号，不再需要复核。"


def page(name, visit):
    return reverse(f"visits:{name}", args=[visit.pk])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return answer.content.decode()


def call_off(person, visit, reason=REASON):
    return fill_in(as_(person), page("call_off", visit), {"reason": reason})


def told(person):
    deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person).order_by("pk")]


@pytest.fixture
def planned(county):
    return recheck(county, ITEM)


@pytest.fixture
def raised(county):
    """An objection under investigation, to a case that two verifiers have seen."""
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    found = objections.raise_objection(entry, facts="反映活动场所面积不实。", identity=None)
    objections.accept(found, reason="可以核查，予以受理。", actor=county.objection_officer)
    return found


@pytest.fixture
def others(county):
    """Who have not seen the case."""
    return [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]


# Calling it off


@pytest.mark.parametrize("arranged", [lambda _county, visit: visit, begin])
def test_it_is_called_off_with_its_reason_before_and_while_it_goes_on(county, planned, arranged):
    visit = arranged(county, planned)

    answer = call_off(county.coordinator, visit)

    assert answer.url == page("verify", visit)
    visit.refresh_from_db()
    assert standing(visit) == Standing.CALLED_OFF
    assert [(s.act, s.actor, s.role) for s in visit.steps.all()][-1] == (
        "call_off",
        county.coordinator,
        "county_coordinator",
    )
    shown = text(as_(county.verifiers[0]).get(page("verify", visit)))
    assert "这次核查已于" in shown
    assert REASON in shown


def test_the_way_to_it_stands_on_its_page_for_the_coordinator_alone(county, planned):
    address = page("call_off", planned)

    assert address in text(as_(county.coordinator).get(page("verify", planned)))
    verifier = as_(county.verifiers[0])
    assert address not in text(verifier.get(page("verify", planned)))
    assert verifier.get(address).status_code == 404
    assert verifier.post(address, {"reason": REASON}).status_code == 422
    planned.refresh_from_db()
    assert standing(planned) == Standing.PLANNED


@pytest.mark.parametrize("reason", ["", "   ", "不需要了。"])
def test_without_a_reason_it_stays_and_what_was_typed_stays_too(county, planned, reason):
    answer = call_off(county.coordinator, planned, reason)

    assert answer.status_code == 422
    assert reason.strip() in text(answer)
    planned.refresh_from_db()
    assert standing(planned) == Standing.PLANNED


def test_the_door_itself_asks_for_the_reason(county, planned):
    with pytest.raises(door.Refusal, match="请写明理由，不少于 10 个字"):
        door.perform(
            "visit.call_off", planned.pk, actor=county.coordinator, act=VisitAct("不需要了。")
        )
    answer = as_(county.coordinator).post(
        reverse("visits:perform", args=[planned.pk, "call_off"]), {"reason": REASON}
    )
    assert answer.status_code == 404


def test_pressed_twice_it_is_answered_as_the_first_time(county, planned):
    sheet = Sheet(as_(county.coordinator), page("call_off", planned))

    assert [sheet.send({"reason": REASON}).status_code for _press in range(2)] == [302, 302]
    assert planned.steps.count() == 1
    assert sheet.send({"reason": f"{REASON}另有安排。"}).status_code == 422


def test_one_that_was_concluded_meanwhile_is_not_called_off_and_the_reason_is_not_lost(
    county, planned
):
    visit = begin(county, planned)
    sheet = Sheet(as_(county.coordinator), page("call_off", visit))
    conclude(county, visit)

    answer = sheet.send({"reason": REASON})

    assert answer.status_code == 422
    assert "这次核查现为“已作结论”" in text(answer)
    assert REASON in text(answer)
    assert as_(county.coordinator).get(page("call_off", visit)).status_code == 404


def test_nothing_is_done_on_one_that_was_called_off(county, planned):
    visit = begin(county, planned)
    call_off(county.coordinator, visit)
    leader = as_(county.verifiers[0])

    shown = text(leader.get(page("verify", visit)))

    assert "本人签字" not in shown
    assert "保存时间" not in shown
    assert "取消这次核查" not in text(as_(county.coordinator).get(page("verify", visit)))
    assert leader.get(reverse("visits:measure", args=[visit.pk, ITEM])).status_code == 404
    with pytest.raises(door.Refusal, match="已取消"):
        door.perform("visit.conclude", visit.pk, actor=county.verifiers[0])


def test_another_may_be_arranged_in_its_place(county):
    title = title_given_before(county)
    first = plan(county, title, ITEM, standard=county.round_category.standard)
    call_off(county.coordinator, first)

    second = plan(county, title, ITEM, standard=county.round_category.standard)

    assert second.pk != first.pk


def test_what_an_application_carries_along_is_not_called_off(county):
    visit = county.at(Stage.VERIFYING).visits.get()

    assert as_(county.coordinator).get(page("call_off", visit)).status_code == 404
    with pytest.raises(door.Refusal, match="不能办理"):
        door.perform("visit.call_off", visit.pk, actor=county.coordinator, act=VisitAct(REASON))


def test_the_database_refuses_one_that_is_closed_without_a_reason(county, planned):
    for change in ({"closed_at": clock.now()}, {"called_off_because": REASON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=planned.pk).update(**change)


def test_the_log_tells_who_called_it_off_and_why_it_was_made(county, planned):
    call_off(county.coordinator, planned)

    event = AuditEvent.objects.get(action="visit.call_off")
    assert (event.actor, event.actor_role) == (county.coordinator, "county_coordinator")
    assert (event.subject_id, event.details["reason"]) == (str(planned.pk), "recheck")


# Who is told


def test_its_team_is_told_why_they_need_not_go(county, planned):
    call_off(county.coordinator, planned)

    for member in county.verifiers:
        assert told(member)[-1].endswith("的实地核查已取消，您不必前往。")
        assert REASON in Message.objects.filter(person=member).latest("pk").body


def test_who_left_the_team_before_is_not_told(county):
    title, gone = title_given_before(county), factories.seated(Role.VERIFIER, county.jurisdiction)
    plan(
        county,
        title,
        ITEM,
        team=[*county.verifiers, gone],
        standard=county.round_category.standard,
    )
    visit = plan(county, title, ITEM)
    before = told(gone)

    call_off(county.coordinator, visit)

    assert told(gone) == before


def test_who_hears_the_objection_is_told_that_the_visit_to_it_ended(county, raised, others):
    visit = begin(county, plan(county, raised, ITEM, team=others))
    officer = county.objection_officer
    before = len(told(officer))

    conclude(county, visit, leader=others[0])

    (subject,) = told(officer)[before:]
    assert subject == f"对{visit.about.organization.name_zh}的实地核查已作出结论。"
    message = Message.objects.filter(person=officer).latest("pk")
    assert "核查事由：异议调查" in message.body
    answer = as_(officer).post(reverse("messages:open", args=[message.pk]))
    assert answer.url == page("verify", visit)


def test_who_hears_the_objection_is_told_that_the_visit_to_it_was_called_off(
    county, raised, others
):
    visit = plan(county, raised, ITEM, team=others)
    before = len(told(county.objection_officer))

    call_off(county.coordinator, visit, "异议人已书面撤回，不再前往核查。")

    assert len(told(county.objection_officer)[before:]) == 1
    latest = Message.objects.filter(person=county.objection_officer).latest("pk")
    assert "异议人已书面撤回，不再前往核查。" in latest.body


def test_an_officer_who_must_not_hear_the_objection_hears_of_no_visit_to_it(county, raised, others):
    """Of the village that was objected to, and one who verified the case."""
    own = factories.seated(Role.OBJECTION_OFFICER, county.jurisdiction)
    own.home_organization = county.village
    own.save()
    verified = county.verifiers[0]
    factories.SeatFactory(
        person=verified, role=Role.OBJECTION_OFFICER, jurisdiction=county.jurisdiction
    )
    visit = begin(county, plan(county, raised, ITEM, team=others))
    before = [told(person) for person in (own, verified)]

    conclude(county, visit, leader=others[0])

    assert [told(person) for person in (own, verified)] == before


def test_who_asked_for_a_recheck_is_told_that_it_ended_and_no_officer_is(county, planned):
    assert county.objection_officer
    conclude(county, begin(county, planned))

    name = planned.about.organization.name_zh
    assert told(county.coordinator)[-1] == f"对{name}的实地核查已作出结论。"
    assert told(county.objection_officer) == []


def test_a_coordinator_of_the_titled_organization_is_not_told(county, planned):
    own = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    own.home_organization = planned.title.organization
    own.save()

    conclude(county, begin(county, planned))

    assert told(own) == []


def test_the_applicant_hears_nothing_of_an_investigation(county, raised, others):
    before = {person: told(person) for person in (county.head, county.preparer)}
    visit = begin(county, plan(county, raised, ITEM, team=others))
    conclude(county, visit, leader=others[0])

    assert {person: told(person) for person in before} == before
