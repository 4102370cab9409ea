"""A person resets a forgotten password by e-mail; whoever asks learns nothing of the account."""

import re
import uuid

import pytest
from django.test import Client
from lxml import html

from designation.accounts import forgotten, tasks
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site.wake_up import WakeUpCall
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/accounts/forgotten/"
NEW = "My-own-long-password-7"
FROM = "198.51.100.7"


@pytest.fixture(autouse=True)
def own_counts(settings):
    """A part of the real Redis that no other test counts in."""
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {"default": default}


@pytest.fixture
def woken(monkeypatch):
    """The calls that reach the worker, which works when it is let."""
    calls = []
    monkeypatch.setattr(forgotten, "wake_up", WakeUpCall(lambda *words: calls.append(words)))
    return calls


@pytest.fixture
def area():
    return factories.JurisdictionFactory()


@pytest.fixture
def clerk(area):
    return factories.PersonFactory(jurisdiction=area, username="wang", email="wang@example.cn")


def ask(username, browser=None):
    answer = (browser or Client(REMOTE_ADDR=FROM)).post(PAGE, {"username": username}, follow=True)
    # One that rings before the call has gone is served by it: each shall be one of its own.
    forgotten.wake_up.settle()
    return answer


def said(answer):
    """What a reader reads: a page bears a token of its own at each showing."""
    return html.fromstring(answer.content.decode()).xpath("string(//main)")


def work(woken):
    """What the worker does with what reached it."""
    forgotten.wake_up.settle()
    while woken:
        tasks.send_forgotten(*woken.pop(0))


def link_in(letter):
    return re.search(r"/accounts/set-password/\S+", letter.body)[0]


def use(path, password=NEW):
    browser = Client()
    opened = browser.get(path, follow=True)
    if opened.status_code != 200:
        return opened.status_code
    data = {"new_password1": password, "new_password2": password}
    return browser.post(opened.request["PATH_INFO"], data).status_code


def sign_in(username, password=NEW):
    data = {"username": username, "password": password}
    return Client().post("/accounts/login/", data, follow=True)


def test_from_the_sign_in_a_person_resets_the_password_by_mail(woken, clerk, mailoutbox):
    assert PAGE in Client().get("/accounts/login/").content.decode()

    # As it is typed on a phone.
    ask(" Wang ")
    work(woken)

    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["wang@example.cn"], "重设密码的链接")
    assert use(link_in(letter)) == 302
    told = sign_in("wang")
    assert told.context["user"] == clerk
    assert "索取过密码链接，已发到您的邮箱，来自 198.51.100.7" in told.content.decode()
    assert [letter.subject for letter in mailoutbox] == ["重设密码的链接", "您的密码已更改"]


def test_it_stands_in_the_log_with_where_it_came_from_and_without_the_token(
    woken, clerk, mailoutbox
):
    ask("wang")
    work(woken)

    event = AuditEvent.objects.get(action="account.password_forgotten")
    assert (event.actor, event.actor_role, event.origin) == (None, "public", FROM)
    assert event.subject_id == str(clerk.pk)
    token = link_in(mailoutbox[0]).rstrip("/").rpartition("/")[2]
    assert token not in str(list(AuditEvent.objects.values()))


def test_the_link_works_once_and_every_other_that_was_asked_for_ends_with_it(
    woken, clerk, mailoutbox
):
    ask("wang")
    ask("wang")
    work(woken)
    first, second = map(link_in, mailoutbox)

    assert use(second) == 302
    assert use(second, "Another-password-8") == 410
    assert use(first, "Another-password-8") == 410


def test_asking_ends_no_link_that_was_given_on_paper(woken, area, clerk):
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, area)
    browser = Client()
    browser.force_login(security)
    shown = browser.post(f"/accounts/password-links/{clerk.pk}/").content.decode()
    path = re.search(r"http://testserver(/accounts/set-password/[^<]+)<", shown)[1]

    ask("wang")
    work(woken)

    assert use(path) == 302


@pytest.mark.parametrize("role", [role for role in Role if role.is_administrator])
def test_an_administrators_password_is_set_by_another_administrator(
    woken, area, clerk, role, mailoutbox
):
    factories.SeatFactory(person=clerk, role=role, jurisdiction=area)

    answer = ask("wang")
    work(woken)

    assert mailoutbox == []
    assert not AuditEvent.objects.exists()
    assert "三个管理员的密码不能用邮件重设" in answer.content.decode()


@pytest.mark.parametrize(
    "what",
    [{"email": ""}, {"is_active": False}, {"password": "!"}],
    ids=lambda what: next(iter(what)),
)
def test_without_an_address_an_account_or_a_password_nothing_is_sent(
    woken, clerk, what, mailoutbox
):
    Person.objects.filter(pk=clerk.pk).update(**what)

    ask("wang")
    work(woken)

    assert mailoutbox == []
    assert not AuditEvent.objects.exists()


def test_the_answer_and_the_way_to_it_are_the_same_whatever_the_account(woken, area, clerk):
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, area, email="a@example.cn")

    answers = []
    for username in ("wang", administrator.username, "nobody"):
        answer = ask(username)
        forgotten.wake_up.settle()
        answers.append((answer.redirect_chain, said(answer)))

    assert len({str(answer) for answer in answers}) == 1
    # The worker is woken for each: the page takes no longer for one than for another.
    assert woken == [(clerk.pk, FROM), (administrator.pk, FROM), (0, FROM)]


def test_an_account_is_mailed_three_times_an_hour_and_nobody_is_told(woken, clerk, mailoutbox):
    answers = set()
    for _turn in range(5):
        answers.add(said(ask("wang")))
        work(woken)

    assert len(answers) == 1
    assert len(mailoutbox) == 3


def test_an_address_asks_twenty_times_an_hour_and_then_is_told_when_to_come_back(woken, clerk):
    for number in range(forgotten.BY_ADDRESS.most):
        assert ask(f"nobody{number}").status_code == 200

    refused = ask("wang")

    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert "请一小时后再试" in refused.content.decode()
    assert 'value="wang"' in refused.content.decode()
    assert ask("wang", Client(REMOTE_ADDR="198.51.100.8")).status_code == 200


def test_the_letter_speaks_the_persons_language(woken, clerk, mailoutbox):
    Person.objects.filter(pk=clerk.pk).update(language="en")

    ask("wang")
    work(woken)

    assert mailoutbox[0].subject == "Link for a new password"
    assert "wang" in mailoutbox[0].body


def test_without_an_account_typed_it_is_asked_for():
    answer = Client().post(PAGE, {"username": ""})

    assert answer.status_code == 422
    assert "请填写" in answer.content.decode()


def test_the_old_password_goes_on_until_the_link_is_used(woken, clerk):
    ask("wang")
    work(woken)

    assert sign_in("wang", PASSWORD).context["user"] == clerk
