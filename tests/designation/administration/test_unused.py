"""Accounts that nobody uses: told before, switched off by time, switched on again in one act."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.accounts import password_links
from designation.administration import entering, leaving, tasks, unused
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.factories import PASSWORD
from workflows.case.vacancies import with_vacancies

pytestmark = pytest.mark.django_db

# The held clock stands on Monday 2 March 2026.
TODAY = date(2026, 3, 2)
LOGIN = "/accounts/login/"
REASON = "产假结束返岗，本人来电核实。"
WRONG = "账号或密码不正确"


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def door(security):
    browser = Client()
    browser.force_login(security)
    return browser


@pytest.fixture
def reviewer(county):
    """Of the county's office, entered by its administrator."""
    person = county.reviewer
    person.jurisdiction = county.jurisdiction
    person.email = "li@example.cn"
    person.save()
    return person


def anew(person):
    return Person.objects.get(pk=person.pk)


def used(person, days_ago, **more):
    """Used last so many days ago."""
    day = clock.today() - timedelta(days=days_ago)
    Person.objects.filter(pk=person.pk).update(used_on=day, **more)


def switched_off(person):
    used(person, 90, unused_told_on=clock.today() - timedelta(days=14))
    tasks.look_after_unused()
    assert not anew(person).is_active
    return anew(person)


def events_of(person):
    about = AuditEvent.objects.filter(subject_id=str(person.pk), action__contains="unused")
    return list(about.order_by("sequence").values_list("action", flat=True))


def subjects_for(person):
    deliver_waiting()
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


# By time


def test_it_is_told_fourteen_days_before_and_goes_off_on_the_ninetieth_day(reviewer, held_clock):
    used(reviewer, 75)
    tasks.look_after_unused()
    assert events_of(reviewer) == []

    held_clock.move(timedelta(days=1))
    tasks.look_after_unused()
    assert events_of(reviewer) == ["person.unused_soon"]
    assert any("您的账号将于2026年3月17日" in told for told in subjects_for(reviewer))

    held_clock.move(timedelta(days=13))
    tasks.look_after_unused()
    assert anew(reviewer).is_active
    held_clock.move(timedelta(days=1))
    tasks.look_after_unused()
    tasks.look_after_unused()

    assert not anew(reviewer).is_active
    assert events_of(reviewer) == ["person.unused_soon", "person.unused_off"]
    event = AuditEvent.objects.get(action="person.unused_off")
    assert (event.actor, event.actor_role) == (None, "system")
    assert event.details["changed"] == {"is_active": ["是", "否"]}


def test_who_was_not_told_in_time_is_told_in_full_first(reviewer, held_clock):
    """As after an update, or a long stop of the worker."""
    used(reviewer, 400)
    tasks.look_after_unused()
    assert anew(reviewer).is_active

    held_clock.move(timedelta(days=14))
    tasks.look_after_unused()

    assert not anew(reviewer).is_active


def test_one_sign_in_is_enough_to_stay(reviewer, held_clock):
    used(reviewer, 80)
    tasks.look_after_unused()
    held_clock.move(timedelta(days=13))

    Client().post(LOGIN, {"username": reviewer.username, "password": PASSWORD})
    held_clock.move(timedelta(days=10))
    tasks.look_after_unused()

    assert anew(reviewer).is_active
    assert anew(reviewer).unused_told_on is None


def test_a_link_counts_as_use_for_who_never_signed_in(reviewer, security):
    used(reviewer, 89)

    password_links.make(reviewer, actor=security)

    assert anew(reviewer).used_on == TODAY


def test_the_last_administrator_of_a_kind_stays_and_the_one_before_goes(county, security):
    other = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    for one in (security, other):
        used(one, 120, unused_told_on=TODAY - timedelta(days=14))

    tasks.look_after_unused()
    tasks.look_after_unused()

    assert [anew(security).is_active, anew(other).is_active] == [False, True]


def test_the_last_one_is_not_threatened_but_shown(county, door, security):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    Person.objects.filter(pk=system.pk).update(jurisdiction=county.jurisdiction)
    used(system, 120)

    tasks.look_after_unused()

    assert events_of(system) == []
    assert "本辖区的最后一位管理员" in door.get(reverse("organizations:unused")).content.decode()


def test_what_waited_stands_in_the_daily_list_as_of_anybody_who_cannot_act(county, reviewer):
    application = county.at(Stage.SUBMITTED)
    rows = Application.objects.filter(pk=application.pk)
    assert not with_vacancies(rows).get().is_vacant

    switched_off(reviewer)

    assert with_vacancies(rows).get().is_vacant
    assert anew(reviewer).seats.get().ended_at is None, "seats stay"


def test_who_was_switched_off_may_still_hand_over(county, reviewer, security, door):
    switched_off(reviewer)
    page = door.get(reverse("organizations:leaving", args=[reviewer.pk])).content.decode()
    assert "办理离任" in page

    leaving.leave(anew(reviewer), {}, actor=security)

    assert reviewer.seats.get().ended_at is not None
    assert anew(reviewer).unused_off_on is None, "let go by a hand: no more switched on in one act"


def test_an_open_session_ends_with_it(reviewer):
    browser = Client()
    browser.force_login(reviewer)
    switched_off(reviewer)

    assert browser.get(reverse("organizations:settings")).status_code == 302


# At the sign-in


def said_at_sign_in(person, password):
    answer = Client().post(LOGIN, {"username": person.username, "password": password})
    return answer.status_code, answer.content.decode()


def test_who_has_the_password_is_told_what_happened_and_who_helps(reviewer):
    status, said = said_at_sign_in(switched_off(reviewer), PASSWORD)

    assert status == 422
    assert "超过 90 天没有登录，已自动停用" in said
    assert "请联系本级安全管理员重新启用" in said
    assert WRONG not in said


def test_a_stranger_learns_nothing(reviewer):
    """Neither that the account is there nor that it is off."""
    _status, said = said_at_sign_in(switched_off(reviewer), "wrong")
    _status, unknown = said_at_sign_in(Person(username="nobody.here"), "wrong")

    assert WRONG in said
    assert WRONG in unknown
    assert "停用" not in said


def test_of_who_was_switched_off_by_hand_nothing_is_said_even_then(reviewer):
    Person.objects.filter(pk=reviewer.pk).update(is_active=False)

    _status, said = said_at_sign_in(reviewer, PASSWORD)

    assert WRONG in said


# The list, and back again


def test_the_security_administrator_sees_both_kinds_and_is_told(
    county, reviewer, security, door, held_clock
):
    soon = factories.PersonFactory(jurisdiction=county.jurisdiction, full_name="王将停")
    used(soon, 80)
    switched_off(reviewer)

    page = door.get(reverse("organizations:unused")).content.decode()

    assert "王将停" in page
    assert reviewer.full_name in page
    assert "2026年3月16日" in page
    assert any("1 个将停用，1 个今天停用" in told for told in subjects_for(security))
    off = door.get(reverse("organizations:unused"), {"state": "off"}).content.decode()
    assert "王将停" not in off


def test_one_act_with_its_reason_lets_the_person_in_again(reviewer, security, door):
    switched_off(reviewer)
    page = reverse("organizations:switch_on", args=[reviewer.pk])

    refused = door.post(page, {"reason": "要用"})
    assert "不少于 10 个字" in refused.content.decode()
    assert door.post(page, {"reason": REASON}).status_code == 302

    person = anew(reviewer)
    assert (person.is_active, person.used_on, person.unused_off_on) == (True, TODAY, None)
    event = AuditEvent.objects.get(action="person.unused_on")
    assert (event.actor, event.details["reason"]) == (security, REASON)
    assert any("重新启用" in told for told in subjects_for(reviewer))
    assert said_at_sign_in(reviewer, PASSWORD)[0] == 302


def test_who_was_switched_off_by_hand_is_not_let_in_by_it(reviewer, security):
    Person.objects.filter(pk=reviewer.pk).update(is_active=False)

    with pytest.raises(Refusal) as refused:
        unused.switch_on(reviewer, reason=REASON, actor=security)

    assert refused.value.codes == ("not_switched_off",)


def test_nobody_elses_administrator_lets_in(reviewer):
    elsewhere = factories.seated(
        Role.SECURITY_ADMINISTRATOR, factories.JurisdictionFactory(code="341822000000")
    )
    switched_off(reviewer)

    with pytest.raises(Refusal) as refused:
        unused.switch_on(reviewer, reason=REASON, actor=elsewhere)

    assert refused.value.codes == ("not_allowed",)


def test_whom_the_system_administrator_lets_in_is_counted_anew(county, reviewer):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    entering.change(switched_off(reviewer), {"is_active": True}, actor=system)
    tasks.look_after_unused()

    assert (anew(reviewer).is_active, anew(reviewer).used_on) == (True, TODAY)
