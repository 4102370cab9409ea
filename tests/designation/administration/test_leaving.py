"""Who leaves hands over everything in one act; what nobody can take is said before the press."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.administration import entering, leaving, tasks
from designation.administration.succession import Succession, may_follow
from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role, Seat
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.shown import carried
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from workflows.stages.first_review import claims
from workflows.stages.first_review.models import Claim
from workflows.stages.verification.models import VisitMember

pytestmark = pytest.mark.django_db

# The held clock stands on Monday 2 March 2026.
TODAY = date(2026, 3, 2)
FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def door(security):
    browser = Client()
    browser.force_login(security)
    return browser


def address_of(person):
    return reverse("organizations:leaving", args=[person.pk])


def anew(person):
    """The person as a new request reads them."""
    return Person.objects.get(pk=person.pk)


def all_to(successor, leaver, *, actor):
    """Every line of what hangs on the leaver, to one person."""
    plan = Succession.of_nobody(leaver, actor=actor)
    return dict.fromkeys([line.key for line in plan.lines], successor)


def let_go(leaver, successor, *, actor, **how):
    leaving.leave(leaver, all_to(successor, leaver, actor=actor), actor=actor, **how)


def refused(leaver, successor, *, actor, **how):
    with pytest.raises(Refusal) as told:
        let_go(leaver, successor, actor=actor, **how)
    return told.value.codes


def lines(leaver, successor, *, actor):
    plan = Succession.of_nobody(leaver, actor=actor)
    return plan.given_to(all_to(successor, leaver, actor=actor))


def sent(door, leaver, **typed):
    """What the form of the page sends, with what it showed."""
    shown = door.get(address_of(leaver), typed).context["plan"].said()
    return {"shown": carried(shown), "sure": "yes", "last_day": "", **typed}


@pytest.fixture
def successor(county):
    """Of the township committee, with no seat yet."""
    return factories.PersonFactory(full_name="接任人", home_organization=county.township)


# The page


def test_the_page_lists_what_hangs_on_the_seat_and_on_the_name(county, door, successor):
    application = county.at(Stage.SUBMITTED)
    claims.claim(application, actor=county.reviewer)

    shown = door.get(address_of(county.reviewer)).content.decode()

    assert "初审员 · " + county.township.name in shown
    assert "等待办理的申报" in shown
    assert f"认领的申报：{county.village.name}" in shown
    assert "照现在的选择，这些无人接手" in shown
    assert "接任人" in shown


def test_the_page_says_until_when_it_may_be_taken_back_and_when_not(county, door):
    shown = door.get(address_of(county.reviewer)).content.decode()

    assert "填了最后工作日的，这一天结束以前可以在本页收回离任" in shown
    assert "不填的立即终止、停用，不能撤销" in shown


def test_what_is_chosen_is_shown_before_it_is_done(county, door, successor):
    application = county.at(Stage.SUBMITTED)
    claims.claim(application, actor=county.reviewer)

    shown = door.get(address_of(county.reviewer), {"everything": successor.pk}).content.decode()

    assert "授予接任人这个岗位" in shown
    assert "由接任人接手" in shown
    assert "这些无人接手" not in shown
    assert not successor.seats.exists(), "looking does nothing"


def test_the_press_hands_over_ends_and_switches_off(county, door, successor):
    application = county.at(Stage.SUBMITTED)
    claims.claim(application, actor=county.reviewer)
    browser = Client()
    browser.force_login(county.reviewer)
    typed = sent(door, county.reviewer, everything=successor.pk)

    answer = door.post(address_of(county.reviewer), typed)

    assert answer.status_code == 302, answer.content.decode()
    assert Claim.objects.get(application=application).person == successor
    assert seats(anew(successor)).holds_in(county.township.pk, Role.FIRST_REVIEWER)
    assert not anew(county.reviewer).is_active
    assert county.reviewer.seats.get().ended_at is not None
    assert browser.get(reverse("organizations:deputies")).status_code == 302, "signed out"


def test_nothing_is_done_without_the_tick(county, door, successor):
    typed = sent(door, county.reviewer, everything=successor.pk) | {"sure": ""}

    answer = door.post(address_of(county.reviewer), typed)

    assert answer.status_code == 422
    assert "勾选后再办理" in answer.content.decode()
    assert anew(county.reviewer).is_active


def test_what_has_changed_since_it_was_shown_is_shown_anew(county, door, successor):
    typed = sent(door, county.reviewer, everything=successor.pk)
    claims.claim(county.at(Stage.SUBMITTED), actor=county.reviewer)

    answer = door.post(address_of(county.reviewer), typed)

    assert "您打开页面后情况有变" in answer.content.decode()
    assert anew(county.reviewer).is_active


def test_the_list_of_seats_leads_there(county, door):
    assert address_of(county.reviewer) in door.get(reverse("organizations:seats")).content.decode()


def test_the_page_of_somebody_elsewhere_is_not_there(county, door):
    other = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    stranger = factories.seated(Role.COUNTY_COORDINATOR, other)

    assert door.get(address_of(stranger)).status_code == 404


# What the successor may not take


def test_who_filled_in_does_not_review_it(county, security):
    county.at(Stage.SUBMITTED)

    plan = lines(county.reviewer, county.preparer, actor=security)

    [kept] = plan.seat_lines[0].kept_from
    assert (kept.what, kept.count) == ("等待办理的申报", 1)
    assert "须回避，又无其他人担任这个岗位" in kept.becomes


def test_who_reviewed_does_not_verify(county, security):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    leader = county.verifiers[0]

    plan = lines(leader, county.reviewer, actor=security)

    assert plan.seat_lines[0].is_taken, "the seat itself may be given"
    assert plan.charge_lines[0].why_not == "来自初审机构、初审过这份申报，应当回避"
    assert plan.left_alone == [plan.charge_lines[0]]


def test_who_is_on_the_team_already_takes_no_second_place(county, security):
    county.arrange_visit(county.at(Stage.RECOMMENDED))

    plan = lines(county.verifiers[0], county.verifiers[1], actor=security)

    assert plan.charge_lines[0].why_not == "已在这个核查组中"


def test_a_charge_asks_for_the_seat(county, security, successor):
    claims.claim(county.at(Stage.SUBMITTED), actor=county.reviewer)
    plan = Succession.of_nobody(county.reviewer, actor=security)
    [charge] = plan.charge_lines

    alone = plan.given_to({charge.key: successor})
    both = plan.given_to(dict.fromkeys([line.key for line in plan.lines], successor))

    assert "没有“初审员”的岗位" in alone.charge_lines[0].why_not
    assert both.charge_lines[0].is_taken


def test_an_administrator_takes_no_seat_that_acts_in_cases(county, security):
    other = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    plan = lines(county.reviewer, other, actor=security)

    assert plan.seat_lines[0].why_not == "管理员不得兼任办理申报的岗位，反之亦然。"


def test_those_to_choose_from_are_of_the_place(county, successor):
    other = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    stranger = factories.seated(Role.COUNTY_COORDINATOR, other)
    off = factories.PersonFactory(home_organization=county.township, is_active=False)

    offered = set(may_follow(county.reviewer))

    assert successor in offered
    assert offered.isdisjoint({stranger, off, county.reviewer, county.coordinator})
    assert county.secrecy_reviewer in may_follow(county.coordinator)


# Visits


def test_the_successor_leads_the_visit_and_who_left_stays_on_record(county, security):
    application = county.at(Stage.RECOMMENDED)
    visit = county.arrange_visit(application)
    leader = county.verifiers[0]
    successor = factories.seated(Role.VERIFIER, county.jurisdiction, full_name="新组长")

    let_go(leader, successor, actor=security)

    present = VisitMember.objects.get(visit=visit, left_at=None, is_leader=True)
    assert present.person == successor
    assert VisitMember.objects.get(visit=visit, person=leader).left_at is not None
    event = AuditEvent.objects.filter(action="visit.arrange").latest("sequence")
    assert (event.actor, event.actor_role) == (security, Role.SECURITY_ADMINISTRATOR)
    assert event.subject_id == str(application.pk), "it stands in the history of the case"
    deliver_waiting()
    told = Message.objects.filter(event__action="visit.arrange", person=successor)
    assert "您被安排参加" in told.get().subject


def test_signatures_given_before_are_given_anew(county, security):
    visit = county.arrange_visit(county.at(Stage.RECOMMENDED))
    visit.members.update(signed_at=clock.now())
    successor = factories.seated(Role.VERIFIER, county.jurisdiction)

    let_go(county.verifiers[0], successor, actor=security)

    assert not visit.members.filter(left_at=None, signed_at__isnull=False).exists()
    assert visit.members.get(person=county.verifiers[0]).signed_at is not None


# Deputies, days and accounts


def test_deputies_go_with_the_seat(county, security):
    seat = county.coordinator.seats.get()
    deputy = factories.deputy_in(seat)
    successor = factories.PersonFactory()

    let_go(county.coordinator, successor, actor=security)

    assert Seat.objects.get(deputy_of=seat).ended_at is not None
    assert not seats(anew(deputy)).holds_over(county.jurisdiction.code, Role.COUNTY_COORDINATOR)


def test_until_the_last_day_everything_may_be_used(county, security, successor, held_clock):
    let_go(county.reviewer, successor, actor=security, last_day=FRIDAY)

    assert anew(county.reviewer).is_active
    assert seats(anew(county.reviewer)).holds_in(county.township.pk, Role.FIRST_REVIEWER)
    assert seats(anew(successor)).holds_in(county.township.pk, Role.FIRST_REVIEWER)
    assert county.reviewer.seats.get().ends_on == FRIDAY

    held_clock.move(timedelta(days=5))
    tasks.keep_terms()
    tasks.keep_terms()

    assert not anew(county.reviewer).is_active
    assert county.reviewer.seats.get().ended_at is not None
    assert AuditEvent.objects.filter(action="person.left").count() == 1


def test_a_seat_that_ends_before_keeps_its_day_and_one_to_come_never_begins(
    county, security, held_clock
):
    person = factories.PersonFactory(home_organization=county.township)
    place = {"person": person, "jurisdiction": county.jurisdiction}
    short = factories.SeatFactory(role=Role.VERIFIER, ends_on=TODAY, **place)
    later = factories.SeatFactory(
        role=Role.SECRECY_REVIEWER, starts_on=FRIDAY + timedelta(days=1), **place
    )

    let_go(person, None, actor=security, last_day=FRIDAY)

    short.refresh_from_db()
    later.refresh_from_db()
    assert (short.ends_on, short.ended_at) == (TODAY, None)
    assert later.ended_at is not None


def test_it_may_be_taken_back_before_the_last_day(county, door, security, held_clock):
    let_go(county.reviewer, None, actor=security, last_day=FRIDAY)

    door.post(reverse("organizations:staying", args=[county.reviewer.pk]))
    held_clock.move(timedelta(days=5))
    tasks.keep_terms()

    assert anew(county.reviewer).is_active
    assert AuditEvent.objects.filter(action="person.stay").exists()


def test_who_is_let_in_again_is_not_switched_off_by_the_old_day(county, security, held_clock):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    let_go(county.reviewer, None, actor=security, last_day=TODAY)
    Person.objects.filter(pk=county.reviewer.pk).update(
        is_active=False, jurisdiction=county.jurisdiction
    )

    entering.change(anew(county.reviewer), {"is_active": True}, actor=system)
    held_clock.move(timedelta(days=2))
    tasks.keep_terms()

    assert anew(county.reviewer).is_active


# Told, and on record


def test_it_stands_in_the_log_and_both_are_told(county, security, successor):
    let_go(county.reviewer, successor, actor=security, last_day=FRIDAY)

    event = AuditEvent.objects.get(action="person.leave")
    assert event.details["last_day"] == FRIDAY.isoformat()
    assert event.details["taken"] == [f"初审员 {county.township.name_zh} → 接任人"]
    deliver_waiting()
    told = Message.objects.filter(event__action="person.leave").values_list("person", "subject")
    assert dict(told) == {
        county.reviewer.pk: "您的离任交接已办理。",
        successor.pk: f"{county.reviewer.full_name}离任，由您接手。",
    }


def test_who_takes_the_seat_gets_the_requests_that_are_open(county, security, successor):
    county.at(Stage.SUBMITTED)
    deliver_waiting()

    let_go(county.reviewer, successor, actor=security)

    assert Message.objects.filter(person=successor, asks_to_act=True).exists()


# Refused


def test_the_last_administrator_does_not_go_without_a_successor(county, security):
    auditor = factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction)

    assert refused(auditor, None, actor=security) == ("last_administrator",)
    assert refused(auditor, county.coordinator, actor=security) == ("last_administrator",)
    let_go(auditor, factories.PersonFactory(), actor=security)


def test_nobody_lets_themselves_go(security):
    assert refused(security, None, actor=security) == ("oneself",)


def test_the_system_administrator_lets_nobody_go(county):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    assert refused(county.reviewer, None, actor=system) == ("not_allowed",)


def test_a_seat_elsewhere_is_ended_there_first(county, security):
    other = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    factories.SeatFactory(person=county.reviewer, role=Role.VERIFIER, jurisdiction=other)

    assert refused(county.reviewer, None, actor=security) == ("seat_elsewhere",)


def test_a_last_day_lies_not_in_the_past(county, security):
    yesterday = TODAY - timedelta(days=1)

    assert refused(county.reviewer, None, actor=security, last_day=yesterday) == ("in_the_past",)


def test_who_left_does_not_leave_again(county, security):
    let_go(county.reviewer, None, actor=security)

    assert refused(county.reviewer, None, actor=security) == ("left_already",)
