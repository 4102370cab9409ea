"""The first page: what waits for me, what is mine, what is late; for the public, what is open."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.rounds.models import Round
from designation.site import clock
from tests import factories
from tests.course import NOTICE, County
from tests.public_addresses import public
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client):
    def get(person=None):
        if person is not None:
            client.force_login(person)
        return client.get(reverse("home") if person else public("home"))

    return get


def more_applications(county, count):
    """``count`` more villages of the county, each with a draft that the same head sees."""
    for _village in range(count):
        village = factories.VillageFactory(superior=county.township)
        factories.SeatFactory(person=county.head, role=Role.HEAD, organization=village)
        county.village = village
        county.__dict__.pop("preparer", None)
        county.start()


def statements(client, address, counter):
    with counter() as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.fixture
def counter(db):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_the_public_sees_what_is_open_and_what_is_on_notice(home, county, held_clock):
    county.at(Stage.ON_NOTICE)

    content = home().content.decode()

    assert county.round.name in content
    assert "关于拟命名示范点名单的公示" in content
    assert "还没有命名记录" in content


def test_an_empty_front_page_says_so(home, db, held_clock):
    content = home().content.decode()

    assert "现在没有正在进行的公示" in content
    assert "现在没有正在申报的批次" in content


def test_a_title_is_named_on_the_front_page(home, county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    assert county.village.name_zh in home().content.decode()


def test_the_desk_says_what_waits_and_what_is_late(home, county, held_clock):
    application = county.at(Stage.SUBMITTED)

    assert "已经逾期" not in home(county.reviewer).content.decode()
    held_clock.move_to(type(application).objects.get(pk=application.pk).due_at)

    content = home(county.reviewer).content.decode()
    assert "已经逾期" in content
    assert "已逾期" in content


def test_no_case_stands_on_the_desk_twice(home, county, held_clock):
    application = county.at(Stage.SUBMITTED)
    other = county.beside().at(Stage.RECOMMENDED)
    held_clock.move_to(type(application).objects.get(pk=application.pk).due_at)

    content = home(county.reviewer).content.decode()

    for one in (application, other):
        assert content.count(reverse("applications:case", args=[one.pk])) == 1
    assert "其中 1 件已经逾期" in content


def test_a_case_that_nobody_can_work_on_stands_there_once(home, county):
    application = county.at(Stage.SUBMITTED)
    county.reviewer.seats.update(ended_at=clock.now())

    content = home(county.coordinator).content.decode()

    assert "无人可办" in content
    assert content.count(reverse("applications:case", args=[application.pk])) == 1


def test_the_desk_leads_to_what_the_person_has_done(home, county):
    county.at(Stage.RECOMMENDED)

    assert reverse("applications:list") + "?done=1" in home(county.reviewer).content.decode()


def test_a_declaration_that_the_visit_waits_for_stands_on_the_verifiers_desk(home, county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    first, second = county.verifiers
    application.visits.get().members.filter(person=first).update(no_interest_declared_at=None)

    def waits_for(person):
        return list(home(person).context["waiting"])

    assert waits_for(first) == [application]
    assert waits_for(second) == []


def test_a_desk_with_nothing_to_do_says_what_will_happen(home, county):
    content = home(county.coordinator).content.decode()

    assert "现在没有等您办理的事项" in content
    assert "还没有与您有关的申报" in content


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (Role.SYSTEM_ADMINISTRATOR, "organizations:people"),
        (Role.SECURITY_ADMINISTRATOR, "organizations:seats"),
        (Role.AUDIT_ADMINISTRATOR, "audit:list"),
    ],
)
def test_an_administrators_desk_leads_to_their_work_and_speaks_of_no_application(
    home, county, role, leads_to
):
    content = home(factories.seated(role, county.jurisdiction)).content.decode()

    assert "我的工作" in content
    assert reverse(leads_to) in content.partition("我的工作")[2]
    assert "等我办理" not in content


def test_who_holds_no_seat_is_told_whom_to_ask(home, db):
    assert "请联系安全管理员" in home(factories.PersonFactory()).content.decode()


def test_an_organization_whose_category_is_not_asked_for_is_not_invited(home, county):
    school = factories.VillageFactory(category="JG")

    assert "开始申报" not in home(factories.seated(Role.HEAD, school)).content.decode()


def test_a_round_that_has_closed_invites_nobody(home, county, held_clock):
    county.start()
    held_clock.move_to(county.round.closes_at + timedelta(seconds=1))

    assert "开始申报</a>" not in home(county.head).content.decode()


def test_more_than_ten_lead_to_the_whole_list(home, county):
    more_applications(county, 11)
    reviewer = county.head

    content = home(reviewer).content.decode()

    assert content.count('data-label="环节"') == 11, "ten that wait, and the other one"
    assert "全部申报" in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_the_same_statements_for_one_row_and_three(client, county, counter, count):
    more_applications(county, count)
    client.force_login(county.head)

    assert statements(client, reverse("home"), counter) == 17


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_statements_for_one_row_and_three(client, county, counter, count):
    more_applications(county, count)
    client.force_login(county.head)

    address = reverse("applications:list")

    assert statements(client, address, counter) == 6
    assert statements(client, address + "?waiting=1", counter) == 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_takes_three_statements(client, county, counter, count):
    for _entry in range(count):
        County().start()

    assert statements(client, public("home"), counter) == 3


def test_the_next_step_of_a_notice_stands_on_the_desk_of_whose_it_is(home, county, held_clock):
    verified = county.at(Stage.CHOSEN)
    people = ("secrecy_reviewer", "deciding_officer", "publisher", "objection_officer")

    def asked():
        desks = {name: home(getattr(county, name)).content.decode() for name in people}
        return [name for name in people if "公示等我办理" in desks[name]]

    assert asked() == []
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    assert asked() == ["secrecy_reviewer"]
    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    assert asked() == ["deciding_officer"]
    notices.approve(notice, actor=county.deciding_officer)
    assert asked() == ["publisher"]
    notice = notices.publish(notice, actor=county.publisher)
    assert asked() == []
    objections.raise_objection(notice.entries.get(), facts="面积不实", identity=None)
    assert "1 件异议还没有办结" in home(county.objection_officer).content.decode()
    held_clock.move_to(notice.ends_at)
    assert asked() == ["objection_officer"]


def test_a_round_that_takes_no_more_still_leads_to_its_notice(client, county):
    county.at(Stage.CHOSEN)
    Round.objects.update(status=Round.Status.CLOSED)
    client.force_login(county.coordinator)

    content = client.get(reverse("notices:desk")).content.decode()

    assert reverse("notices:compose", args=[county.round.pk]) in content
