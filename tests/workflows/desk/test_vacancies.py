"""A seat that ends leaves no work behind unseen: shown before, said after, handed to the next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.administration.seating import give_seat
from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role, Seat
from designation.site import clock
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.course import NOTICE
from tests.sheets import Sheet
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def page(client):
    def get(person, name, *arguments):
        client.force_login(person)
        return client.get(reverse(name, args=arguments)).content.decode()

    return get


def seat_of(person):
    return Seat.objects.get(person=person)


def end(client, security, person, **typed):
    client.force_login(security)
    return client.post(reverse("organizations:seat_end", args=[seat_of(person).pk]), typed)


def ended(person):
    person.seats.update(ended_at=clock.now())


# Shown before, and asked once


def test_what_waits_is_shown_with_what_becomes_of_it_and_asked_once(client, county, security):
    county.at(Stage.SUBMITTED)

    asked = end(client, security, county.reviewer)

    content = asked.content.decode()
    assert "等待办理的申报：1 件" in content
    assert "暂无人担任，会列在县级经办人的工作台上" in content
    assert seat_of(county.reviewer).ended_at is None
    assert end(client, security, county.reviewer, confirmed="yes").status_code == 302
    assert seat_of(county.reviewer).ended_at is not None


def test_with_a_colleague_in_the_same_seat_the_page_says_who_goes_on(client, county, security):
    county.at(Stage.SUBMITTED)
    factories.seated(Role.FIRST_REVIEWER, county.township)

    assert (
        "由担任同一岗位的另外 1 人继续办理"
        in end(client, security, county.reviewer).content.decode()
    )


def test_a_seat_in_which_nothing_waits_is_asked_about_too(client, county, security):
    county.at(Stage.RECOMMENDED)

    asked = end(client, security, county.reviewer).content.decode()

    assert "没办完的事" not in asked
    assert f"终止后，{county.reviewer.full_name}立即不能再以“" in asked
    assert seat_of(county.reviewer).ended_at is None
    assert end(client, security, county.reviewer, confirmed="yes").status_code == 302
    assert seat_of(county.reviewer).ended_at is not None


@pytest.mark.parametrize(
    ("who", "stage", "words"),
    [
        ("preparer", Stage.DRAFT, "填报中的申报：1 件"),
        ("head", Stage.SELF_ASSESSED, "填报中的申报：1 件"),
        ("coordinator", Stage.RECOMMENDED, "等待办理的申报：1 件"),
        ("verifier", Stage.VERIFYING, "参加的实地核查：1 件"),
        ("secrecy_reviewer", "proposed", "等待办理的公示：1 件"),
        ("objection_officer", "objected", "没有办结的异议：1 件"),
        ("deciding_officer", Stage.AWAITING_DESIGNATION, "等待办理的申报：1 件"),
    ],
)
def test_each_kind_of_work_is_named(client, county, security, held_clock, who, stage, words):
    if stage == "proposed":
        notices.propose(county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator)
    elif stage == "objected":
        entry = county.at(Stage.ON_NOTICE).notice_entries.get()
        objections.raise_objection(entry, facts="面积不实", identity=None)
    else:
        county.at(stage, wait=held_clock.move_to)
    person = county.verifiers[0] if who == "verifier" else getattr(county, who)

    assert words in end(client, security, person).content.decode()


def test_switching_a_person_off_asks_the_same(client, county):
    county.at(Stage.SUBMITTED)
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    Person.objects.filter(pk=county.reviewer.pk).update(jurisdiction=county.jurisdiction)
    client.force_login(system)
    address = reverse("organizations:person_edit", args=[county.reviewer.pk])
    sheet = Sheet(client, address)

    asked = sheet.send({"is_active": []})

    assert asked.status_code == 422
    assert "等待办理的申报：1 件" in asked.content.decode()
    county.reviewer.refresh_from_db()
    assert county.reviewer.is_active
    again = sheet.shown_again(asked).send({"is_active": [], "leaving": "yes"})
    assert again.status_code == 302
    county.reviewer.refresh_from_db()
    assert not county.reviewer.is_active


# Said after


@pytest.mark.parametrize("how", ["seat ended", "switched off", "came to belong to the applicant"])
def test_a_case_that_nobody_can_take_further_says_so_and_stands_on_the_coordinators_desk(
    page, county, how
):
    application = county.at(Stage.SUBMITTED)
    assert county.reviewer, "seated when first asked for"
    assert "无人可办" not in page(county.coordinator, "home")
    if how == "seat ended":
        ended(county.reviewer)
    elif how == "switched off":
        Person.objects.filter(pk=county.reviewer.pk).update(is_active=False)
    else:
        Person.objects.filter(pk=county.reviewer.pk).update(home_organization=county.village)

    assert "暂无人担任" in page(county.head, "applications:case", application.pk)
    assert "暂无人担任" in page(county.head, "applications:list")
    desk = page(county.coordinator, "home").split('id="orphans"')[1].split("</section>")[0]
    assert county.village.name in desk
    assert "没有人担任" in desk
    assert "初审员" in desk
    assert "请安全管理员授予岗位" in desk
    factories.seated(Role.FIRST_REVIEWER, county.township)
    assert "无人可办" not in page(county.coordinator, "home")
    assert "暂无人担任" not in page(county.head, "applications:case", application.pk)


def test_a_visit_whose_leader_left_asks_the_coordinator_for_another(page, county):
    county.at(Stage.VERIFYING)
    ended(county.verifiers[0])

    assert "请在“调整核查组”中更换" in page(county.coordinator, "home")


def test_a_draft_of_the_applicant_stays_its_own_affair(page, county):
    county.at(Stage.DRAFT)
    ended(county.preparer)

    assert county.village.name not in page(county.coordinator, "home")


def test_the_coordinator_of_another_county_hears_nothing_of_it(page, county):
    county.at(Stage.SUBMITTED)
    ended(county.reviewer)
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")

    content = page(factories.seated(Role.COUNTY_COORDINATOR, elsewhere), "home")

    assert "无人可办" not in content
    assert county.village.name not in content


def test_a_notice_whose_next_step_nobody_may_take_says_so(page, county):
    notice = notices.propose(
        county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator
    )
    # The only secrecy reviewer is who proposed it.
    factories.SeatFactory(
        person=county.coordinator, role=Role.SECRECY_REVIEWER, jurisdiction=county.jurisdiction
    )

    assert "保密审查人暂无人担任" in page(county.publisher, "notices:desk")
    assert "保密审查人暂无人担任" in page(county.publisher, "notices:manage", notice.pk)
    desk = page(county.coordinator, "home").split('id="orphans"')[1].split("</section>")[0]
    assert NOTICE["title"] in desk
    assert "保密审查人" in desk
    factories.seated(Role.SECRECY_REVIEWER, county.jurisdiction)
    assert "暂无人担任" not in page(county.publisher, "notices:desk")
    assert 'id="orphans"' not in page(county.coordinator, "home")


@pytest.mark.parametrize("how", ["seat ended", "of the organization objected to", "verified it"])
def test_an_objection_that_no_officer_may_hear_is_said_without_a_word_of_it(page, county, how):
    application = county.at(Stage.ON_NOTICE)
    entry = application.notice_entries.get()
    found = objections.raise_objection(entry, facts="活动室面积不实", identity=None)
    assert 'id="orphans"' in page(county.coordinator, "home"), "nobody is seated yet"
    officer = county.objection_officer
    assert 'id="orphans"' not in page(county.coordinator, "home")
    if how == "seat ended":
        ended(officer)
    elif how == "verified it":
        application.visits.get().members.filter(is_leader=False).update(person=officer)
    else:
        Person.objects.filter(pk=officer.pk).update(home_organization=county.village)

    content = page(county.coordinator, "home")
    desk = content.split('id="orphans"')[1].split("</section>")[0]

    assert county.village.name_zh in desk
    assert "异议受理人" in desk
    assert "活动室面积不实" not in content
    assert found.receipt_code not in content


def test_desk_and_list_cost_two_statements_more_at_most(client, county):
    county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        return len(counted)

    home, listed = reverse("home"), reverse("applications:list")
    before, of_the_list = cost(home), cost(listed)
    ended(county.reviewer)

    assert cost(home) == before
    assert cost(listed) == of_the_list


# Handed to the next


def test_whoever_takes_the_seat_gets_the_open_requests_and_no_old_ones(county, security):
    waiting = county.at(Stage.SUBMITTED)
    passed_on = county.beside().at(Stage.RECOMMENDED)
    deliver_waiting()
    ended(county.reviewer)
    successor = factories.PersonFactory(email="next@example.cn")

    give_seat(successor, Role.FIRST_REVIEWER, county.township, actor=security)

    (message,) = Message.objects.filter(person=successor)
    assert message.leads_to["id"] == str(waiting.pk)
    assert message.leads_to["id"] != str(passed_on.pk)
    assert "请您办理下一步" in message.body
    assert message.read_at is None


def test_a_seat_over_the_county_takes_over_in_its_own_county_only(county, security):
    county.at(Stage.RECOMMENDED)
    deliver_waiting()
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    here, there = factories.PersonFactory(), factories.PersonFactory()

    give_seat(here, Role.COUNTY_COORDINATOR, county.jurisdiction, actor=security)
    security_there = factories.seated(Role.SECURITY_ADMINISTRATOR, elsewhere)
    give_seat(there, Role.COUNTY_COORDINATOR, elsewhere, actor=security_there)
    give_seat(here, Role.DECIDING_OFFICER, county.jurisdiction, actor=security)

    assert Message.objects.filter(person=here).count() == 1
    assert not Message.objects.filter(person=there).exists()
    assert Application.objects.get().stage == Stage.RECOMMENDED
