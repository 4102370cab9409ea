"""People set their own password through a one-time link; no administrator ever knows one."""

import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from designation.accounts import password_links
from designation.administration.seating import end_seat, give_seat
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site import clock
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "My-own-long-password-7"


@pytest.fixture
def area():
    return factories.JurisdictionFactory()


@pytest.fixture
def security(area):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, area, full_name="高安全")


@pytest.fixture
def auditor(area):
    return factories.seated(Role.AUDIT_ADMINISTRATOR, area, full_name="罗审计")


@pytest.fixture
def system(area):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, area)


@pytest.fixture
def clerk(area):
    return factories.PersonFactory(jurisdiction=area, email="clerk@example.cn")


@pytest.fixture
def machine_clock(monkeypatch):
    at = {"now": clock.system_now()}
    monkeypatch.setattr(clock, "system_now", lambda: at["now"])

    def move(**by):
        at["now"] += timedelta(**by)

    return move


def page(name, *arguments):
    return reverse(f"organizations:{name}", args=arguments)


def ask(maker, person):
    client = Client()
    client.force_login(maker)
    return client.post(page("password_link", person.pk))


def make(maker, person):
    """The path of a new link, read off the page that shows it."""
    content = ask(maker, person).content.decode()
    return re.search(r"http://testserver(/accounts/set-password/[^<]+)<", content)[1]


def open_link(path, browser=None):
    browser = browser or Client()
    answer = browser.get(path, follow=True)
    return browser, answer


def use(path, password=NEW, browser=None):
    """Open the link and type the password twice."""
    browser, opened = open_link(path, browser)
    if opened.status_code != 200:
        return opened
    data = {"new_password1": password, "new_password2": password}
    return browser.post(opened.request["PATH_INFO"], data)


def sign_in(person, password, browser=None):
    data = {"username": person.username, "password": password}
    return (browser or Client()).post(page("login"), data, follow=True)


def signed_in(answer):
    return answer.context["user"].is_authenticated


def test_a_person_is_entered_without_a_password_and_sets_their_own(client, area, system, security):
    client.force_login(system)
    form = client.get(page("person_add")).content.decode()
    assert 'type="password"' not in form
    client.post(
        page("person_add"),
        {"username": "new.person", "full_name": "新人", "language": "zh-hans", "is_active": "on"},
    )
    person = Person.objects.get(username="new.person")
    assert not person.has_usable_password()

    path = make(security, person)
    shown = open_link(path)[1].content.decode()
    assert "新人" in shown
    assert "new.person" in shown
    assert use(path).url == page("login")

    assert signed_in(sign_in(person, NEW))
    assert [e.action for e in AuditEvent.objects.filter(subject_id=str(person.pk))][::-1] == [
        "person.add",
        "account.password_link",
        "account.password_set",
        "account.sign_in",
    ]


def test_a_password_typed_to_the_system_administrators_form_changes_nothing(client, system, clerk):
    client.force_login(system)
    data = {
        "username": clerk.username,
        "full_name": clerk.full_name,
        "language": "zh-hans",
        "is_active": "on",
        "password": "Planted-by-admin-1",
    }
    assert client.post(page("person_edit", clerk.pk), data).status_code == 302

    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_an_address_to_which_links_go_is_not_turned_aside(client, area, system, clerk):
    client.force_login(system)
    data = {"username": clerk.username, "full_name": clerk.full_name, "language": "zh-hans"}

    shown = client.get(page("person_edit", clerk.pk)).content.decode()
    client.post(page("person_edit", clerk.pk), data | {"email": "thief@example.cn"})

    clerk.refresh_from_db()
    assert clerk.email == "clerk@example.cn"
    assert "电子邮箱由本人在“个人设置”中修改" in shown


def test_a_link_works_once(security, clerk):
    path = make(security, clerk)
    use(path)

    again = use(path, "Another-password-8")

    assert again.status_code == 410
    assert "链接已使用、已过期" in again.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)


def test_a_new_link_ends_the_one_before(security, clerk):
    first, second = make(security, clerk), make(security, clerk)

    assert use(first).status_code == 410
    assert use(second).status_code == 302


def test_a_page_opened_before_a_new_link_was_made_sets_nothing(security, clerk):
    browser, opened = open_link(make(security, clerk))
    make(security, clerk)

    data = {"new_password1": NEW, "new_password2": NEW}
    answer = browser.post(opened.request["PATH_INFO"], data)

    assert answer.status_code == 410
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_a_link_lives_for_three_days(security, clerk, machine_clock):
    path = make(security, clerk)
    machine_clock(hours=71, minutes=59)
    assert open_link(path)[1].status_code == 200
    machine_clock(minutes=2)
    assert open_link(path)[1].status_code == 410


def test_a_link_dies_when_its_person_signs_in(security, clerk):
    path = make(security, clerk)
    sign_in(clerk, PASSWORD)

    assert open_link(path)[1].status_code == 410


@pytest.mark.parametrize("address", ["MQ/never-made", "x/y", "9" * 5000 + "/a-b", "OTk5OTk/a-b"])
def test_a_link_that_was_never_made_does_nothing(client, address):
    answer = client.get(f"/accounts/set-password/{address}/")

    assert answer.status_code == 410
    assert "请联系本级安全管理员" in answer.content.decode()


def test_a_link_of_someone_deactivated_does_nothing_and_says_so(security, clerk):
    path = make(security, clerk)
    browser, opened = open_link(path)
    Person.objects.filter(pk=clerk.pk).update(is_active=False)

    sent = browser.post(opened.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    for answer in (sent, open_link(path)[1]):
        assert answer.status_code == 410
        assert "这个账号已停用，链接不起作用" in answer.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_for_someone_deactivated_no_link_is_made(security, clerk):
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    clerk.refresh_from_db()

    assert "已停用" in ask(security, clerk).content.decode()
    assert not AuditEvent.objects.filter(action="account.password_link").exists()


def test_a_weak_or_unequal_or_former_password_is_told_at_its_field(security, clerk):
    path = make(security, clerk)

    for password in ("short", "abcdefghijkl", PASSWORD):
        assert use(path, password).status_code == 422
    browser, opened = open_link(path)
    unequal = browser.post(
        opened.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW + "x"}
    )
    assert unequal.status_code == 422
    assert use(path).status_code == 302


# Who may make a link for whom: the three administrators stay apart, and nobody acts for himself.
MAKERS = {
    (Role.SECURITY_ADMINISTRATOR, "clerk"): True,
    (Role.SECURITY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR): True,
    (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR): True,
    (Role.SECURITY_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR): True,
    (Role.SECURITY_ADMINISTRATOR, "self"): False,
    (Role.AUDIT_ADMINISTRATOR, "clerk"): False,
    (Role.AUDIT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR): False,
    (Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR): True,
    (Role.AUDIT_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR): False,
    (Role.AUDIT_ADMINISTRATOR, "self"): False,
    (Role.SYSTEM_ADMINISTRATOR, "clerk"): False,
    (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR): False,
    (Role.SYSTEM_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR): False,
    (Role.COUNTY_COORDINATOR, "clerk"): False,
}


@pytest.mark.parametrize(("maker_role", "whose"), MAKERS)
def test_links_are_made_by_another_and_by_the_right_one(area, clerk, maker_role, whose):
    maker = factories.seated(maker_role, area)
    if whose == "self":
        person = maker
    else:
        person = clerk if whose == "clerk" else factories.seated(whose, area)

    status = ask(maker, person).status_code

    assert (status == 200) == MAKERS[maker_role, whose]
    assert status in (200, 404)
    made = AuditEvent.objects.filter(action="account.password_link").count()
    assert made == MAKERS[maker_role, whose]


def test_a_right_that_ended_meanwhile_makes_no_link(area, security, clerk):
    other = factories.seated(Role.SECURITY_ADMINISTRATOR, area)
    end_seat(security.seats.get(), actor=other)

    assert ask(security, clerk).status_code == 404
    give_seat(security, Role.AUDIT_ADMINISTRATOR, area, actor=other)
    with pytest.raises(password_links.LinkRefused, match="您不能为此人"):
        password_links.make(clerk, actor=Person.objects.get(pk=security.pk))


def test_nobody_gains_by_a_link_what_lies_beyond_their_own_area(area, security, clerk):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    factories.SeatFactory(person=clerk, role=Role.VERIFIER, jurisdiction=elsewhere)

    answer = ask(security, clerk)

    assert answer.status_code == 422
    assert "请由上级辖区的安全管理员生成" in answer.content.decode()
    clerk.refresh_from_db()
    assert clerk.password_links == 0


def test_the_person_is_told_by_mail_and_at_the_next_sign_in(security, clerk, mailoutbox):
    path = make(security, clerk)

    assert [letter.to for letter in mailoutbox] == [["clerk@example.cn"]]
    assert path in mailoutbox[0].body
    assert "高安全" in mailoutbox[0].body
    own = Client()
    told = sign_in(clerk, PASSWORD, own).content.decode()
    assert re.search(r"您的密码链接于.+由高安全生成。", told)
    for _turn in range(2):
        own.post(page("logout"))
        later = sign_in(clerk, PASSWORD, own).content.decode()
    assert "密码链接于" not in later


def test_whoever_used_a_link_in_anothers_stead_does_not_read_the_news_away(security, clerk):
    own, others = Client(), Client(REMOTE_ADDR="198.51.100.66")
    sign_in(clerk, PASSWORD, own)
    use(make(security, clerk), "Taken-over-1")
    sign_in(clerk, "Taken-over-1", others)
    use(make(security, clerk), NEW)

    told = sign_in(clerk, NEW, own).content.decode()

    assert told.count("由高安全生成") == 2
    assert "在未用过的浏览器上登录，来自 198.51.100.66。" in told


@pytest.mark.django_db(transaction=True)
def test_a_password_set_by_a_link_is_told_too(security, clerk, mailoutbox):
    use(make(security, clerk))

    assert [letter.subject for letter in mailoutbox] == ["设置密码的链接", "您的密码已更改"]
    told = sign_in(clerk, NEW).content.decode()
    assert told.index("您的密码链接于") < told.index("您的密码已于")


def test_in_the_persons_own_language(security, clerk, mailoutbox):
    Person.objects.filter(pk=clerk.pk).update(language="en")
    clerk.refresh_from_db()
    make(security, clerk)

    assert mailoutbox[0].subject == "Link for setting your password"


def test_who_has_no_address_is_handed_the_link(security, clerk, mailoutbox):
    Person.objects.filter(pk=clerk.pk).update(email="")

    assert "没有登记电子邮箱，请当面交给本人" in ask(security, clerk).content.decode()
    assert mailoutbox == []


def test_where_the_link_will_go_is_said_before_it_is_made(client, security, clerk):
    client.force_login(security)

    shown = client.get(page("password_link", clerk.pk)).content.decode()

    assert "链接同时用邮件发给本人（clerk@example.cn）" in shown


def test_a_letter_that_does_not_go_out_is_said_so(security, clerk, monkeypatch):
    def away(*_given, **_more):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("designation.accounts.letters.send_mail", away)

    shown = ask(security, clerk).content.decode()

    assert "邮件没有发出，请当面交给本人" in shown
    assert "/accounts/set-password/" in shown


def test_a_link_is_shown_only_where_it_is_made(client, security, clerk):
    path = make(security, clerk)
    client.force_login(security)

    assert path not in client.get(page("password_link", clerk.pk)).content.decode()
    token = path.rstrip("/").rpartition("/")[2]
    assert not [e for e in AuditEvent.objects.all() if token in str(e.details)]


def test_people_are_found_by_name_or_account(client, security, clerk):
    client.force_login(security)

    found = client.get(page("password_links"), {"text": clerk.username}).content.decode()
    none = client.get(page("password_links"), {"text": "nobody-of-that-name"}).content.decode()

    assert clerk.full_name in found
    assert clerk.full_name not in none
    assert "没有查到" in none


@pytest.mark.django_db(transaction=True)
def test_two_uses_of_one_link_at_once_set_one_password(area, security, clerk):
    path = make(security, clerk)
    browsers = [open_link(path) for _hand in range(2)]
    together = Barrier(2)

    def send(number):
        browser, opened = browsers[number]
        data = dict.fromkeys(("new_password1", "new_password2"), f"{NEW}-{number}")
        together.wait()
        try:
            return browser.post(opened.request["PATH_INFO"], data).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(send, range(2)))

    assert sorted(statuses) == [302, 410]
    clerk.refresh_from_db()
    assert clerk.check_password(f"{NEW}-{statuses.index(302)}")
    assert AuditEvent.objects.filter(action="account.password_set").count() == 1
    assert verify().whole


def typed_on_the_server(monkeypatch, password):
    monkeypatch.setattr("getpass.getpass", lambda **_given: password)


def test_a_password_set_on_the_server_is_changed_at_first_use(clerk, monkeypatch):
    typed_on_the_server(monkeypatch, "Set-by-operator-1")
    call_command("changepassword", clerk.username)
    browser = Client()

    landed = sign_in(clerk, "Set-by-operator-1", browser)

    assert landed.request["PATH_INFO"] == page("password")
    assert "您现在用的是初始密码" in landed.content.decode()
    assert "您的密码已于" in landed.content.decode()
    assert browser.get(reverse("messages:list")).url == page("password")
    same = dict.fromkeys(("old_password", "new_password1", "new_password2"), "Set-by-operator-1")
    assert browser.post(page("password"), same).status_code == 422
    browser.post(page("password"), same | {"new_password1": NEW, "new_password2": NEW})
    assert browser.get(reverse("messages:list")).status_code == 200
    event = AuditEvent.objects.get(action="account.first_password")
    assert (event.actor, event.subject_id) == (None, str(clerk.pk))


def test_whoever_must_change_a_password_may_leave(clerk):
    Person.objects.filter(pk=clerk.pk).update(must_change_password=True)
    browser = Client()
    browser.force_login(clerk)

    assert browser.post(page("logout")).url == page("login")


def test_an_unknown_name_on_the_server_is_told(db, monkeypatch):
    typed_on_the_server(monkeypatch, NEW)
    with pytest.raises(CommandError, match="does not exist"):
        call_command("changepassword", "nobody")
