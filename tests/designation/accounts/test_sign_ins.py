"""Sign-ins on record, and limits that keep guessers out without shutting anyone else out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from designation.accounts.tasks import forget_sign_ins
from designation.audit.models import AuditEvent
from designation.organizations.models import FailedSignIns, Person, Role
from designation.site import clock
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
OFFICE, ATTACKER = "203.0.113.7", "198.51.100.66"
NEW = "My-own-long-password-7"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.AXES_ENABLED = True


@pytest.fixture
def clerk(held_clock):
    return factories.PersonFactory(jurisdiction=factories.JurisdictionFactory())


@pytest.fixture
def machine_clock(monkeypatch):
    """Moves the machine's own clock, for ours and for the library that locks."""
    at = {"now": clock.system_now()}
    monkeypatch.setattr(clock, "system_now", lambda: at["now"])
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: at["now"])
    monkeypatch.setattr(timezone, "now", lambda: at["now"])

    def move(**by):
        at["now"] += timedelta(**by)

    return move


class Browser(Client):
    def __init__(self, address=OFFICE):
        super().__init__(REMOTE_ADDR=address)

    def sign_in(self, username, password=PASSWORD):
        username = getattr(username, "username", username)
        return self.post(LOGIN, {"username": username, "password": password})

    def fail(self, username, times=5):
        return [self.sign_in(username, "wrong") for _turn in range(times)][-1]


def came_in(answer):
    return answer.status_code == 302


def recorded(action):
    return AuditEvent.objects.filter(action=action).order_by("sequence")


def test_signing_in_and_out_is_on_record_with_where_from(clerk):
    browser = Browser()
    browser.sign_in(clerk)
    browser.post(reverse("organizations:logout"))

    events = AuditEvent.objects.order_by("sequence")
    assert [event.action for event in events] == ["account.sign_in", "account.sign_out"]
    assert {event.origin for event in events} == {OFFICE}
    assert {event.actor for event in events} == {clerk}
    assert {event.jurisdiction_code for event in events} == {clerk.jurisdiction.code}
    assert events[0].details == {"known_browser": False}


def test_leaving_twice_is_recorded_once(clerk):
    browser = Browser()
    browser.sign_in(clerk)
    for _turn in range(2):
        browser.post(reverse("organizations:logout"))

    assert recorded("account.sign_out").count() == 1


def test_a_session_that_ended_is_on_record(clerk, machine_clock):
    browser = Browser()
    browser.sign_in(clerk)
    machine_clock(minutes=31)
    browser.get("/")

    event = recorded("account.session_end").get()
    assert (event.actor, event.origin) == (clerk, OFFICE)


def test_a_failed_sign_in_names_the_account_and_where_from(clerk):
    Browser(ATTACKER).fail(clerk, 1)

    event = recorded("account.sign_in_failed").get()
    assert (event.actor, event.actor_role, event.origin) == (None, "public", ATTACKER)
    assert (event.subject_id, event.subject_label) == (str(clerk.pk), clerk.full_name)


def test_a_password_typed_in_the_wrong_field_is_kept_nowhere(clerk):
    from axes.models import AccessAttempt

    Browser().sign_in("My.secret-password-9", "clerk")

    event = recorded("account.sign_in_failed").get()
    assert event.subject_label == "不存在的账号"
    for row in (event, AccessAttempt.objects.get(), FailedSignIns.objects.get()):
        assert "secret" not in str(vars(row)).lower()


def test_whoever_fails_on_purpose_adds_few_events(clerk):
    for name in (clerk.username, "nobody.here"):
        Browser(ATTACKER).fail(name, 12)

    counts = [event.details["count"] for event in recorded("account.sign_in_failed")]
    assert counts == [1, 5, 10, 1, 5, 10]
    assert recorded("account.lock").count() == 1


def test_what_a_window_came_to_is_told_with_the_next(clerk, machine_clock):
    Browser().fail(clerk, 3)
    machine_clock(minutes=40)
    Browser().fail(clerk, 1)

    last = recorded("account.sign_in_failed").last()
    assert last.details == {"count": 1, "before": 3}


def test_a_lock_is_on_record_once(clerk):
    Browser(ATTACKER).fail(clerk, 9)

    event = recorded("account.lock").get()
    assert (event.subject_id, event.origin) == (str(clerk.pk), ATTACKER)


@pytest.mark.parametrize("exists", [True, False])
def test_account_or_not_the_answers_are_the_same(clerk, exists):
    name = clerk.username if exists else "nobody.here"
    browser = Browser(ATTACKER)

    before, locked = browser.fail(name, 4), browser.fail(name, 1)

    assert before.status_code == 422
    assert "账号或密码不正确" in before.content.decode()
    assert locked.status_code == 429
    assert "账号已锁定" in locked.content.decode()
    assert "请联系本级安全管理员生成密码链接" in locked.content.decode()


def test_a_browser_that_signed_in_before_is_not_shut_out_by_others(clerk):
    mine = Browser()
    mine.sign_in(clerk)
    mine.post(reverse("organizations:logout"))

    Browser(ATTACKER).fail(clerk, 30)
    assert Browser().sign_in(clerk).status_code == 429, "a browser never seen waits"

    assert came_in(mine.sign_in(clerk))
    assert recorded("account.sign_in").last().details == {"known_browser": True}


def test_failures_in_a_known_browser_count_on_their_own(clerk):
    mine = Browser()
    mine.sign_in(clerk)
    mine.post(reverse("organizations:logout"))

    assert mine.fail(clerk).status_code == 429
    assert mine.sign_in(clerk).status_code == 429, "five failures lock this browser too"
    assert came_in(Browser().sign_in(clerk)), "and no other"


def test_a_browser_known_to_one_person_is_unknown_to_the_next(clerk):
    other = factories.PersonFactory()
    desk = Browser()
    desk.sign_in(other)
    desk.post(reverse("organizations:logout"))
    Browser(ATTACKER).fail(clerk)

    assert desk.sign_in(clerk).status_code == 429
    desk.sign_in(other)
    desk.post(reverse("organizations:logout"))
    assert came_in(desk.sign_in(other))


def test_a_desk_knows_each_of_its_people(clerk):
    other = factories.PersonFactory()
    desk = Browser()
    for person in (clerk, other):
        desk.sign_in(person)
        desk.post(reverse("organizations:logout"))
        Browser(ATTACKER).fail(person)

    assert came_in(desk.sign_in(clerk))
    desk.post(reverse("organizations:logout"))
    assert came_in(desk.sign_in(other))


def test_a_forged_or_foreign_cookie_makes_no_browser_known(clerk):
    mine, forger = Browser(), Browser(ATTACKER)
    mine.sign_in(clerk)
    forger.cookies["browser"] = mine.cookies["browser"].value[:-2] + "xx"
    Browser(ATTACKER).fail(clerk)

    assert forger.sign_in(clerk).status_code == 429


def test_the_cookie_is_out_of_reach_of_scripts_and_lets_nobody_in(clerk):
    mine = Browser()
    cookie = mine.sign_in(clerk).cookies["browser"]
    thief = Browser()
    thief.cookies["browser"] = cookie.value

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] > timedelta(days=90).total_seconds()
    assert not thief.get("/", follow=True).context["user"].is_authenticated


def test_a_new_password_makes_old_browsers_strangers_but_for_the_one_it_was_changed_in(clerk):
    here, elsewhere = Browser(), Browser()
    for browser in (elsewhere, here):
        browser.sign_in(clerk)
    change(here, PASSWORD, NEW)
    here.post(reverse("organizations:logout"))
    Browser(ATTACKER).fail(clerk)

    assert elsewhere.sign_in(clerk, NEW).status_code == 429
    assert came_in(here.sign_in(clerk, NEW))


def test_trying_on_while_locked_does_not_lengthen_the_lock(clerk, machine_clock):
    Browser(ATTACKER).fail(clerk)
    machine_clock(minutes=20)
    Browser(ATTACKER).fail(clerk)
    machine_clock(minutes=11)

    assert came_in(Browser().sign_in(clerk))


def test_setting_a_password_by_a_link_opens_a_locked_account(clerk):
    from tests.designation.accounts.test_password_links import make, use

    keeper = factories.seated(Role.SECURITY_ADMINISTRATOR, clerk.jurisdiction)
    mine = Browser()
    mine.sign_in(clerk)
    mine.post(reverse("organizations:logout"))
    for browser in (Browser(ATTACKER), mine):
        assert browser.fail(clerk).status_code == 429

    use(make(keeper, clerk), NEW)

    assert came_in(Browser().sign_in(clerk, NEW))


def many_failures(address, count):
    for number in range(count):
        Browser(address).sign_in(f"nobody.{number}", "wrong")


def test_an_address_pauses_longer_and_longer_and_is_never_locked(clerk, machine_clock):
    many_failures(OFFICE, 49)
    assert Browser(OFFICE).sign_in("nobody.x", "wrong").status_code == 422
    waits = []
    for number in range(3):
        paused = Browser(OFFICE).sign_in(f"nobody.y{number}", "wrong")
        assert paused.status_code == 429
        waits.append(int(paused["Retry-After"]))
        assert f"请 {waits[-1]} 秒后再试" in paused.content.decode()
        machine_clock(seconds=waits[-1])
        Browser(OFFICE).sign_in(f"nobody.z{number}", "wrong")

    assert waits == [2, 4, 6]
    machine_clock(seconds=30)
    assert came_in(Browser(OFFICE).sign_in(clerk)), "the longest pause is half a minute"


def test_a_pause_reads_no_password_and_counts_nothing(clerk):
    many_failures(OFFICE, 50)
    for _turn in range(6):
        assert Browser(OFFICE).sign_in(clerk).status_code == 429

    assert not FailedSignIns.objects.filter(person=clerk).exists()
    assert came_in(Browser("192.0.2.1").sign_in(clerk)), "another address does not wait"


def test_a_known_browser_and_a_proxy_without_addresses_never_pause(clerk):
    mine = Browser(OFFICE)
    mine.sign_in(clerk)
    mine.post(reverse("organizations:logout"))
    many_failures(OFFICE, 51)
    many_failures("127.0.0.1", 51)

    assert came_in(mine.sign_in(clerk))
    assert came_in(Browser("127.0.0.1").sign_in(clerk))


def change(browser, old, new):
    return browser.post(
        reverse("organizations:password"),
        {"old_password": old, "new_password1": new, "new_password2": new},
    )


def test_a_changed_password_ends_the_persons_other_sessions_and_is_told(clerk):
    here, elsewhere = Browser(), Browser()
    for browser in (here, elsewhere):
        browser.sign_in(clerk)

    change(here, PASSWORD, NEW)

    assert here.get("/", follow=True).context["user"].is_authenticated
    assert not elsewhere.get("/", follow=True).context["user"].is_authenticated
    event = recorded("account.password_change").get()
    assert (event.actor, event.origin) == (clerk, OFFICE)
    again = Browser().post(LOGIN, {"username": clerk.username, "password": NEW}, follow=True)
    assert "您的密码已于" in again.content.decode()


def test_the_old_password_is_not_guessed_without_end(clerk):
    thief = Browser()
    thief.sign_in(clerk)

    told = change(thief, "guess-0", NEW)
    assert told.status_code == 422
    for number in range(1, 5):
        locked = change(thief, f"guess-{number}", NEW)
    right = change(thief, PASSWORD, NEW)

    assert locked.status_code == right.status_code == 429
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert [e.details["count"] for e in recorded("account.password_refused")] == [1, 5]
    assert not recorded("account.sign_in_failed").exists()


def test_an_inactive_account_is_answered_like_any_other(clerk):
    Person.objects.filter(pk=clerk.pk).update(is_active=False)

    answer = Browser().sign_in(clerk)

    assert answer.status_code == 422
    assert "账号或密码不正确" in answer.content.decode()
    assert recorded("account.sign_in_failed").get().subject_id == str(clerk.pk)


# What is cleared once a day


def kept():
    return AccessAttempt.objects.count(), FailedSignIns.objects.count()


def test_failures_are_cleared_after_thirty_days_and_the_log_keeps_that_there_were(
    clerk, machine_clock
):
    Browser().fail(clerk, times=2)
    machine_clock(days=29, hours=23)
    assert forget_sign_ins() == 0
    assert kept() == (1, 1)

    machine_clock(hours=2)

    assert forget_sign_ins() == 1
    assert kept() == (0, 0)
    assert recorded("account.sign_in_failed").count() == 1


def test_later_failures_stay_when_those_of_another_account_are_cleared(clerk, machine_clock):
    other = factories.PersonFactory(jurisdiction=clerk.jurisdiction)
    Browser().fail(clerk)
    machine_clock(days=20)
    Browser(ATTACKER).fail(other)
    machine_clock(days=11)

    forget_sign_ins()

    assert AccessAttempt.objects.get().username == other.username
    assert FailedSignIns.objects.get().person == other


def test_an_account_that_is_locked_stays_so_when_failures_are_cleared(clerk, machine_clock):
    Browser().fail(clerk, times=5)
    machine_clock(minutes=20)

    forget_sign_ins()

    assert not came_in(Browser().sign_in(clerk))
    assert kept() == (1, 1)


def test_sessions_that_are_over_are_cleared_and_others_go_on(clerk, machine_clock):
    over, present = Browser(), Browser()
    over.sign_in(clerk)
    machine_clock(hours=11)
    present.sign_in(clerk)
    assert Session.objects.count() == 2
    machine_clock(hours=1, seconds=1)

    forget_sign_ins()

    assert [row.pk for row in Session.objects.all()] == [present.session.session_key]


def test_clearing_finds_nothing_the_second_time(clerk, machine_clock):
    Browser().fail(clerk)
    machine_clock(days=31)

    assert [forget_sign_ins(), forget_sign_ins()] == [1, 0]
    assert kept() == (0, 0)


def test_clearing_is_done_once_a_day(settings):
    planned = settings.CELERY_BEAT_SCHEDULE["forget-sign-ins"]
    assert planned == {"task": forget_sign_ins.name, "schedule": timedelta(days=1).total_seconds()}
