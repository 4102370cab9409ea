"""Who is told of what: a visit, a notice, an objection, a title, a seat; two counties apart."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.administration.seating import end_seat, give_seat, keep_terms
from designation.announcements import subjects
from designation.applications.models import Stage
from designation.calendar import terms
from designation.organizations.models import Person, Role
from designation.register.models import Designation
from designation.site import clock
from notifications import carrying, delivery
from notifications.channels.email import EMAIL
from notifications.models import Delivery, Event, Message
from notifications.tasks import deliver_outbox
from tests import factories
from tests.course import NOTICE
from tests.sheets import fill_in
from tests.terms import end_those_over
from tests.workflows.test_two_counties import Neighbour
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.verification import visits

pytestmark = pytest.mark.django_db

FACTS = "村委会主任李四的亲属承包了活动室工程。"
REASON = "名单与会议纪要不一致，请核对后重新提出。"


@pytest.fixture
def neighbour(county):
    """白水县, with somebody in every seat that the county has."""
    other = Neighbour()
    for who in (*COUNTY_SEATS, "preparer", "head", "reviewer", "verifiers"):
        assert getattr(other, who)
    return other


COUNTY_SEATS = (
    "coordinator",
    "secrecy_reviewer",
    "deciding_officer",
    "publisher",
    "objection_officer",
)


def seated(county):
    for who in (*COUNTY_SEATS, "preparer", "head", "reviewer", "verifiers"):
        assert getattr(county, who)


def told(person):
    delivery.deliver_waiting()
    return list(Message.objects.filter(person=person).order_by("pk"))


def last(person):
    return told(person)[-1]


def everybody(county):
    people = [getattr(county, who) for who in (*COUNTY_SEATS, "preparer", "head", "reviewer")]
    return [*people, *county.verifiers]


def arranged(county, application, *, team=None, place="村党群服务中心", days=0, leader=None):
    team = team or county.verifiers
    return visits.arrange(
        application,
        planned_on=clock.today() + timedelta(days=days),
        place=place,
        team=team,
        leader=leader or team[0],
        actor=county.coordinator,
    )


def opened(client, message):
    client.force_login(message.person)
    return client.post(reverse("messages:open", args=[message.pk])).url


# A visit


def test_who_is_sent_to_a_visit_is_told_when_where_and_what_comes_first(client, county):
    application = county.at(Stage.RECOMMENDED)
    arranged(county, application)

    message = last(county.verifiers[1])

    assert message.subject == f"您被安排参加对{county.village.name_zh}的实地核查。"
    for said in ("计划核查日期：2026年3月2日", "村党群服务中心", "请先签署回避承诺"):
        assert said in message.body
    assert f"组长：{county.verifiers[0].full_name}" in message.body
    address = opened(client, message)
    assert address == reverse("applications:verify", args=[application.pk])
    assert client.get(address).status_code == 200
    assert not any("实地核查" in one.subject for one in told(county.head)), "no date ahead of it"


def test_who_leaves_a_visit_is_told_and_who_comes_instead_and_who_stays_is_not(county, client):
    application = county.at(Stage.RECOMMENDED)
    arranged(county, application)
    delivery.deliver_waiting()
    leaves, stays = county.verifiers[1], county.verifiers[0]
    comes = factories.seated(Role.VERIFIER, county.jurisdiction)

    arranged(county, application, team=[stays, comes])

    name = county.village.name_zh
    assert last(leaves).subject == f"您不再参加对{name}的实地核查。"
    assert last(comes).subject == f"您被安排参加对{name}的实地核查。"
    assert len(told(stays)) == 1
    assert opened(client, last(leaves)) == reverse("home"), "the page is not theirs any more"


@pytest.mark.parametrize("change", [{"days": 1}, {"place": "村委会"}, {"leader": 1}])
def test_who_stays_is_told_of_another_day_place_or_leader(county, change):
    application = county.at(Stage.RECOMMENDED)
    arranged(county, application)
    if "leader" in change:
        change = {"leader": county.verifiers[1]}

    arranged(county, application, **change)

    for verifier in county.verifiers:
        assert last(verifier).subject == f"对{county.village.name_zh}的实地核查，安排有变动。"


def test_a_verifier_whose_seat_ended_is_not_told(county):
    application = county.at(Stage.RECOMMENDED)
    arranged(county, application)
    county.verifiers[1].seats.update(ended_at=clock.now())

    assert told(county.verifiers[1]) == []
    assert told(county.verifiers[0])


def test_of_a_case_under_verification_its_own_team_is_asked_and_no_other_verifier(county):
    other = factories.seated(Role.VERIFIER, county.jurisdiction)
    county.at(Stage.VERIFYING)

    assert told(other) == []
    assert "请您办理下一步" in last(county.verifiers[1]).body


# A notice


def test_each_step_of_a_notice_asks_whose_turn_it_is(county, client):
    seated(county)
    application = county.at(Stage.CHOSEN)
    notice = notices.propose(county.round, NOTICE, [application], actor=county.coordinator)
    asked = last(county.secrecy_reviewer)
    assert asked.subject == f"公示“{NOTICE['title']}”已提出，等待保密审查。"
    assert "请您办理下一步" in asked.body
    assert opened(client, asked) == reverse("notices:manage", args=[notice.pk])

    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    assert last(county.deciding_officer).subject.endswith("已通过保密审查，等待审批。")
    notices.approve(notice, actor=county.deciding_officer)
    assert last(county.publisher).subject.endswith("已经审批，等待发布。")
    notices.publish(notice, actor=county.publisher)
    published = last(county.coordinator)
    assert published.subject.endswith("已发布。")
    assert "公示期：2026年3月3日(周二)至2026年3月9日(周一)" in published.body


def test_a_notice_sent_back_is_told_with_its_reason_and_again_when_it_comes_anew(county):
    seated(county)
    application = county.at(Stage.CHOSEN)
    notice = notices.propose(county.round, NOTICE, [application], actor=county.coordinator)
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)

    back = last(county.coordinator)
    assert back.subject.endswith("被退回，等待修改或作废。")
    assert f"退回原因：{REASON}" in back.body
    notices.propose_again(notice, NOTICE, [application], actor=county.coordinator)
    assert last(county.secrecy_reviewer).subject.endswith("已修改后重新提出，等待保密审查。")
    notices.discard(notice, actor=county.coordinator)
    assert Event.objects.latest("pk").action == "notice.discard"
    assert last(county.secrecy_reviewer).subject.endswith("等待保密审查。"), "nobody is told"


def test_a_period_that_is_over_asks_for_the_register_and_that_for_the_decision(county, held_clock):
    seated(county)
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    held_clock.move_to(entry.notice.ends_at)
    end_those_over()
    end_those_over()

    asked = [one for one in told(county.objection_officer) if "等待关闭异议登记" in one.subject]
    assert len(asked) == 1
    entry.notice.refresh_from_db()
    notices.close_register(entry.notice, actor=county.objection_officer)
    assert last(county.deciding_officer).subject.endswith("的异议登记已关闭，等待登记命名决定。")


# An objection


def objected(county, **more):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    identity = {"name": "赵六", "contact": "0563-7654321"}
    return objections.raise_objection(entry, facts=FACTS, identity=identity, **more)


def test_a_new_objection_asks_its_officers_and_shows_nothing_of_who_raised_it(county, client):
    seated(county)
    found = objected(county)

    message = last(county.objection_officer)

    assert message.subject == f"收到对{county.village.name_zh}的异议，等待受理。"
    assert "办理期限：2026年3月4日(周三) 24:00" in message.body
    assert opened(client, message) == reverse("notices:objection", args=[found.pk])
    kept = [
        str(value)
        for model in (Message, Event)
        for row in model.objects.values()
        for value in row.values()
    ]
    for secret in ("赵六", "7654321", "李四", found.receipt_code):
        assert not any(secret in text for text in kept), secret


def test_an_objection_that_is_accepted_and_settled_is_told_to_who_waits_for_it(county, client):
    seated(county)
    second = factories.seated(Role.OBJECTION_OFFICER, county.jurisdiction)
    found = objected(county)
    objections.accept(found, reason=REASON, actor=county.objection_officer)

    name = county.village.name_zh
    asked = last(second)
    assert asked.subject == f"对{name}的异议已受理，等待调查并作出结论。"
    assert "办理期限：2026年3月16日(周一) 24:00" in asked.body
    waits = last(county.deciding_officer)
    assert waits.subject == f"对{name}的异议已受理，办结以前不能命名。"
    assert opened(client, waits) == reverse("notices:manage", args=[found.entry.notice_id])
    objections.dismiss(found, finding=REASON, actor=county.objection_officer)
    for person in (second, county.coordinator, county.deciding_officer):
        assert last(person).subject == f"对{name}的异议不成立，已办结。"
    assert not any("异议" in one.subject for one in told(county.head)), "the applicant is not told"


@pytest.mark.parametrize("how", ["of the organization", "prepared it", "verified it"])
def test_who_has_to_step_aside_is_told_nothing_of_an_objection(county, how):
    officer = county.objection_officer
    application = county.at(Stage.ON_NOTICE)
    if how == "of the organization":
        Person.objects.filter(pk=officer.pk).update(home_organization=county.village)
    elif how == "prepared it":
        application.answers.update(saved_by=officer)
    else:
        application.visits.get().members.filter(is_leader=False).update(person=officer)
    entry = application.notice_entries.get()
    objections.raise_objection(entry, facts=FACTS, identity=None)

    assert not any("收到对" in one.subject for one in told(officer))


def test_who_belongs_to_the_organization_is_told_nothing_in_any_other_seat(county):
    coordinator = county.coordinator
    found = objected(county)
    Person.objects.filter(pk=coordinator.pk).update(home_organization=county.village)
    objections.refuse(found, reason=REASON, actor=county.objection_officer)

    assert not any("异议" in one.subject for one in told(coordinator))


def test_who_has_to_step_aside_by_now_gets_no_email_of_an_objection(county):
    officer = county.objection_officer
    Person.objects.filter(pk=officer.pk).update(email="officer@example.cn")
    found = objected(county)
    delivery.deliver_waiting()
    Person.objects.filter(pk=officer.pk).update(home_organization=county.village)

    carrying.carry_waiting(EMAIL)

    of_it = Delivery.objects.get(
        message__event__subject_id=str(found.pk),
        channel="email",
        message__event__action="objection.receive",
    )
    assert of_it.state == Delivery.State.WITHDRAWN
    assert not any("收到对" in letter.subject for letter in mail.outbox)


# A title and a seat


def test_a_title_is_told_to_the_organization_and_leads_to_its_page(county, client, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    title = Designation.objects.get()

    for person in (county.preparer, county.head):
        message = last(person)
        assert message.subject == f"{county.village.name_zh}已获命名，并载入名册。"
        for said in (title.number, "命名文件：青发〔2026〕1号", "类别：农村", "有效期：2026年3月"):
            assert said in message.body
        assert opened(client, message) == reverse("titles:title", args=[title.pk])


def test_a_seat_given_and_ended_is_told_to_the_person(county, client):
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    person = factories.PersonFactory()
    seat = give_seat(person, Role.COUNTY_COORDINATOR, county.jurisdiction, actor=security)
    assert last(person).subject == "您已担任青山县的“县级经办人”。"
    assert "日期" not in last(person).body, "it has no bounds"
    assert opened(client, last(person)) == reverse("home")

    end_seat(seat, actor=security)

    assert last(person).subject == "您不再担任青山县的“县级经办人”。"
    assert told(security) == []


def test_a_seat_for_a_time_is_told_with_its_days_and_when_it_has_ended(county, held_clock):
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    person, today = factories.PersonFactory(language="en"), clock.today()
    give_seat(
        person,
        Role.VERIFIER,
        county.jurisdiction,
        actor=security,
        starts_on=today,
        ends_on=today + timedelta(days=7),
    )
    assert last(person).subject == "You now hold the seat “Verifier” of Qingshan County."
    assert "Until:" in last(person).body

    held_clock.move(timedelta(days=9))
    keep_terms()

    assert last(person).subject == "You no longer hold the seat “Verifier” of Qingshan County."


# A head who can act


@pytest.fixture
def filled_in(county, client):
    """A draft of which the preparer has just saved the last item by its page."""
    assert county.head
    application = county.start()
    county.prepare(application)
    client.force_login(county.preparer)
    item = reverse("applications:item", args=[application.pk, "NC-01"])
    assert fill_in(client, item, {"note": "已落实"}, to="/items/NC-01/").status_code == 302
    return application


def ready(person):
    return [one for one in told(person) if "等待单位负责人确认" in one.subject]


def test_the_head_is_told_once_when_everything_is_filled_in(county, client, filled_in, held_clock):
    deliver_outbox()
    assert ready(county.head) == [], "the preparer may still be at it"
    held_clock.move(timedelta(minutes=1))
    for _sweep in range(3):
        deliver_outbox()

    (message,) = ready(county.head)
    assert f"{county.village.name_zh}的申报已全部填好" in message.subject
    assert "办理期限：" in message.body
    assert ready(county.preparer) == []
    assert opened(client, message) == reverse("applications:case", args=[filled_in.pk])


def test_a_draft_with_something_missing_tells_nobody(county, filled_in, held_clock):
    filled_in.answers.filter(item__code="NC-02").update(conclusion="")
    held_clock.move(timedelta(minutes=1))
    deliver_outbox()
    assert ready(county.head) == []

    filled_in.answers.filter(item__code="NC-02").update(conclusion="met")
    type(filled_in).objects.filter(pk=filled_in.pk).update(summary="")
    deliver_outbox()
    assert ready(county.head) == []


def test_a_correction_that_is_answered_tells_the_head(county, client, held_clock):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补正本条"}
    )
    client.force_login(county.preparer)
    item = reverse("applications:item", args=[application.pk, "NC-01"])
    assert (
        fill_in(client, item, {"note": "补正后", "reply": "已补充"}, to="/items/NC-01/").status_code
        == 302
    )
    held_clock.move(timedelta(minutes=2))
    deliver_outbox()

    assert len(ready(county.head)) == 1


# Two counties


def test_nothing_of_one_county_is_told_in_the_other(county, neighbour, held_clock):
    seated(county)
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    found = objected(county)
    objections.refuse(found, reason=REASON, actor=county.objection_officer)
    give_seat(factories.PersonFactory(), Role.VERIFIER, county.jurisdiction, actor=security)
    county.beside().at(Stage.DESIGNATED, wait=held_clock.move_to)

    delivery.deliver_waiting()

    heard = {message.person_id for message in Message.objects.all()}
    assert {person.pk for person in everybody(county)} <= heard
    assert heard.isdisjoint(person.pk for person in everybody(neighbour))


# As it was said


def test_a_message_says_the_deadline_opinion_and_name_of_its_event(county, held_clock):
    """Whatever is renamed, returned or put off before it is delivered."""
    application = county.at(Stage.SUBMITTED)
    name = county.village.name_zh
    county.village.name_zh = "改名后的村党支部"
    county.village.save()
    terms.extend(
        application.term,
        actor=county.coordinator,
        role=Role.COUNTY_COORDINATOR,
        reason="台风停工",
        until=clock.now() + timedelta(days=300),
        at=clock.now(),
    )

    asked = last(county.reviewer)

    assert asked.subject == f"{name}的申报已提交。"
    assert "办理期限：2026年3月16日(周一) 24:00" in asked.body


def test_an_address_that_cannot_be_made_any_more_leads_to_the_desk(county, client):
    county.at(Stage.SUBMITTED)
    message = last(county.reviewer)
    message.leads_to["page"] = ["pages:gone", [1]]
    message.save()
    assert opened(client, message) == reverse("home")
    message.leads_to["type"] = "rooms.gone"
    message.save()
    assert opened(client, message) == reverse("home")
    client.force_login(county.reviewer)
    assert "打开工作台" in client.get(reverse("messages:list")).content.decode()
    assert subjects.address(message.leads_to) == reverse("home")


# What it costs


def test_a_batch_costs_the_same_whatever_it_tells_and_to_how_many(county):
    seated(county)
    Person.objects.filter(pk=county.reviewer.pk).update(email="reviewer@example.cn")

    def cost(applications):
        for _one in range(applications):
            beside = county.beside()
            entry = beside.at(Stage.ON_NOTICE).notice_entries.get()
            objections.raise_objection(entry, facts=FACTS, identity=None)
        with CaptureQueriesContext(connection) as counted:
            assert delivery.deliver_waiting() > applications
        return len(counted)

    few = cost(1)
    for _more in range(3):
        factories.seated(Role.OBJECTION_OFFICER, county.jurisdiction, email="o@example.cn")
    assert cost(3) == few


def test_who_may_still_get_email_is_asked_once_a_batch(county):
    for person in (county.head, county.preparer, county.reviewer):
        Person.objects.filter(pk=person.pk).update(email=f"{person.username}@example.cn")

    def cost(applications):
        for _one in range(applications):
            county.beside().at(Stage.SUBMITTED)
        delivery.deliver_waiting()
        claimed = carrying._claim(EMAIL)
        with CaptureQueriesContext(connection) as counted:
            entitled = carrying._still_entitled(EMAIL, claimed)
        assert len(entitled) == len(claimed) >= applications
        return len(counted)

    assert cost(1) == cost(3) == 1
