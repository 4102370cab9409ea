"""Links for many by e-mail: a letter each, sent by the worker; who gets none is given a slip."""

import json
import re
import smtplib
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.accounts import link_mailings, slips
from designation.accounts.models import LinkMailing
from designation.announcements import arrivals, subjects
from designation.announcements.arrivals import How
from designation.organizations.models import Person, Role
from designation.site.pages import LINES_A_PAGE
from notifications import carrying, delivery
from notifications.channels.email import EMAIL
from notifications.models import Delivery, Message
from tests import factories

pytestmark = pytest.mark.django_db

SLIPS = "/accounts/password-links/slips/"
NEW = "My-own-long-password-7"
REFUSED = smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})
LATER = smtplib.SMTPRecipientsRefused({"x": (451, b"try again later")})


class Server(EmailBackend):
    """A mail server that answers some addresses with a refusal."""

    answers: dict = {}

    def send_messages(self, messages):
        if answer := Server.answers.get(messages[0].to[0]):
            raise answer
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.answers = {}
    return Server


@pytest.fixture
def area():
    return factories.JurisdictionFactory()


@pytest.fixture
def security(area):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, area, full_name="高安全")


@pytest.fixture
def clerks(area):
    """Three whom a table brought in, each with an address."""
    return [entered(area, f"clerk{number}") for number in range(3)]


def entered(area, username, email=None):
    email = f"{username}@example.cn" if email is None else email
    person = factories.PersonFactory(jurisdiction=area, username=username, email=email)
    person.set_unusable_password()
    person.save()
    return person


def hand_out(client, maker, people):
    client.force_login(maker)
    return client.post(SLIPS, {"person": [person.pk for person in people]})


def mailed(client, maker, people):
    """The address of the page of their letters, none of which a worker has in hand yet."""
    return hand_out(client, maker, people).url


def work():
    """What the worker does when it is woken."""
    delivery.deliver_waiting()
    return carrying.carry_waiting(EMAIL)


def link_in(letter):
    return re.search(r"(/accounts/set-password/\S+)", letter.body)[1]


def use(path):
    own = Client()
    opened = own.get(path, follow=True)
    if opened.status_code != 200:
        return opened
    return own.post(opened.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})


def states(page):
    """What the page says of each letter, by the address it goes to."""
    rows = html.fromstring(page.content.decode()).xpath("//tbody/tr")
    return {row.xpath("string(td[2])").strip(): row.xpath("string(td[3])").split() for row in rows}


def ticks(page):
    root = html.fromstring(page.content.decode())
    return {int(value) for value in root.xpath("//input[@name='person']/@value")}


def on_slips(answer):
    root = html.fromstring(answer.content.decode())
    return {
        slip.xpath("string(.//p[2]/b)"): slip.xpath("string(.//code)").removeprefix(
            "http://testserver"
        )
        for slip in root.xpath("//*[@class='slip']")
    }


def test_no_letter_goes_out_within_the_press_and_the_worker_sends_one_each(
    client, security, clerks, mailoutbox
):
    mailed(client, security, clerks)
    assert mailoutbox == []

    assert work() == 3

    assert sorted(letter.to[0] for letter in mailoutbox) == [clerk.email for clerk in clerks]
    for letter in mailoutbox:
        assert use(link_in(letter)).status_code == 302
    assert all(Person.objects.get(pk=clerk.pk).check_password(NEW) for clerk in clerks)


def test_a_letter_says_who_made_the_link_and_whom_to_tell(client, security, clerks, mailoutbox):
    mailed(client, security, clerks[:1])
    work()

    (letter,) = mailoutbox
    assert letter.subject == "设置密码的链接"
    assert "高安全为您的账号生成了密码链接" in letter.body
    assert "72 小时内有效" in letter.body
    assert "立即联系本级安全管理员或审计管理员" in letter.body


def test_no_row_holds_a_link_before_or_after_it_was_sent(client, security, clerks, mailoutbox):
    def held():
        tables = (model.objects.values() for model in apps.get_models())
        return json.dumps([list(rows) for rows in tables], default=str)

    mailed(client, security, clerks)
    before = held()
    work()

    assert "set-password" not in before + held()
    tokens = [link_in(letter).rstrip("/").rpartition("/")[2] for letter in mailoutbox]
    assert len(tokens) == 3
    assert [token for token in tokens if token in held()] == []


def test_the_page_says_how_far_the_letters_have_come_and_asks_until_each_was_tried(
    client, security, clerks, server
):
    page = mailed(client, security, clerks)

    before = client.get(page)
    assert "已办 0 封，共 3 封" in before.content.decode()
    assert 'hx-trigger="every 2s"' in before.content.decode()
    assert set(map(tuple, states(before).values())) == {("待发",)}
    assert ticks(before) == set()

    server.answers = {clerks[0].email: REFUSED}
    work()
    after = client.get(page, headers={"HX-Request": "true"})
    assert b"<html" not in after.content
    assert b"hx-trigger" not in after.content
    said = states(after)
    assert said[clerks[1].email] == said[clerks[2].email] == ["已发"]
    assert said[clerks[0].email][0] == "没有发出，系统会再试"
    assert "550" in " ".join(said[clerks[0].email])
    assert ticks(after) == {clerks[0].pk}


def test_a_letter_that_is_put_off_is_tried_again_and_goes_with_a_fresh_link(
    client, security, clerks, server, mailoutbox, held_clock
):
    server.answers = {clerks[0].email: LATER}
    page = mailed(client, security, clerks[:1])
    work()
    assert mailoutbox == []

    server.answers = {}
    held_clock.move(timedelta(hours=1))
    assert work() == 1

    assert use(link_in(mailoutbox[0])).status_code == 302
    assert states(client.get(page))[clerks[0].email] == ["已发"]


def test_a_worker_that_is_killed_loses_no_letter_and_sends_none_twice(
    client, security, clerks, mailoutbox, held_clock, monkeypatch
):
    class Killed(BaseException):
        pass

    enter, entries = carrying._enter, []

    def killed_at_the_second(delivery, outcome):
        entries.append(delivery)
        if len(entries) == 2:
            raise Killed
        enter(delivery, outcome)

    page = mailed(client, security, clerks)
    monkeypatch.setattr(carrying, "_enter", killed_at_the_second)
    with pytest.raises(Killed):
        work()
    monkeypatch.setattr(carrying, "_enter", enter)
    assert work() == 0, "they are the first worker's until its lease is over"

    held_clock.move(timedelta(minutes=10))
    work()

    assert {tuple(said) for said in states(client.get(page)).values()} == {("已发",)}
    by_id = {letter.message()["Message-ID"]: letter.to for letter in mailoutbox}
    assert sorted(to for (to,) in by_id.values()) == [clerk.email for clerk in clerks]
    assert len(mailoutbox) == 4, "the one in hand comes again under its own Message-ID"


def test_a_letter_stands_once_below_each_heading(client, security, clerks):
    shown = html.fromstring(client.get(mailed(client, security, clerks)).content.decode())

    (letters,) = shown.xpath("//*[@id='letters']//table")
    heads = len(letters.xpath("thead//th"))
    rows = letters.xpath("tbody/tr")
    assert len(rows) == len(clerks)
    assert {len(row.xpath("td")) for row in rows} == {heads}


def test_who_gets_no_letter_is_given_a_slip_and_the_letter_never_comes(
    client, security, clerks, server, mailoutbox, held_clock
):
    server.answers = {clerks[0].email: LATER}
    page = mailed(client, security, clerks)
    work()

    answer = client.post(page, {"person": [clerks[0].pk]})

    path = on_slips(answer)["clerk0"]
    server.answers = {}
    held_clock.move(timedelta(hours=1))
    assert work() == 0
    assert states(client.get(page))[clerks[0].email] == ["不再发送"]
    assert clerks[0].email not in [letter.to[0] for letter in mailoutbox]
    assert use(path).status_code == 302


def test_a_letter_that_failed_for_good_says_why_and_may_be_printed(
    client, security, clerks, server, held_clock
):
    server.answers = {clerks[0].email: REFUSED}
    page = mailed(client, security, clerks[:1])
    for _run in range(30):
        work()
        held_clock.move(timedelta(hours=4))

    shown = client.get(page)
    assert states(shown)[clerks[0].email][0] == "未能发出"
    assert ticks(shown) == {clerks[0].pk}
    assert "clerk0" in on_slips(client.post(page, {"person": [clerks[0].pk]}))


def test_slips_come_instead_of_letters_only_where_none_came(client, security, area, clerks):
    page = mailed(client, security, clerks)
    work()
    other = entered(area, "other")

    for people in ([], [clerks[0].pk], [other.pk], ["x", "9" * 50]):
        answer = client.post(page, {"person": people})
        assert answer.status_code == 422
        assert "请勾选邮件没有发出的人" in answer.content.decode()
    assert set(Person.objects.filter(link_mailings=1).values_list("password_links", flat=True)) <= {
        1
    }


def test_who_has_set_a_password_meanwhile_gets_no_letter(client, security, clerks, mailoutbox):
    mailed(client, security, clerks[:2])
    delivery.deliver_waiting()
    clerks[0].set_password(NEW)
    clerks[0].save()

    assert carrying.carry_waiting(EMAIL) == 1

    assert [letter.to for letter in mailoutbox] == [[clerks[1].email]]
    gone = Delivery.objects.get(message__person=clerks[0])
    assert gone.state == Delivery.State.WITHDRAWN


def test_letters_and_slips_of_one_press_stand_on_one_page(client, area, security, clerks):
    on_paper = entered(area, "paper", email="")

    answer = hand_out(client, security, [*clerks, on_paper])

    assert list(on_slips(answer)) == ["paper"]
    assert set(states(answer)) == {clerk.email for clerk in clerks}
    (mailing,) = LinkMailing.objects.all()
    address = reverse("organizations:link_mailing", args=[mailing.pk])
    assert f'hx-get="{address}?beside=1"' in answer.content.decode()
    assert address in client.get(SLIPS).content.decode()


def test_beside_slips_nothing_is_pressed_that_would_take_them_away(
    client, area, security, clerks, server
):
    server.answers = {clerks[0].email: REFUSED}
    page = hand_out(client, security, [clerks[0], entered(area, "paper", email="")])
    (mailing,) = LinkMailing.objects.all()
    address = reverse("organizations:link_mailing", args=[mailing.pk])
    assert on_slips(page)
    work()

    beside = client.get(f"{address}?beside=1", headers={"HX-Request": "true"})

    assert b"<form" not in beside.content
    assert ticks(beside) == set()
    (link,) = html.fromstring(beside.content.decode()).xpath("//a")
    assert (link.get("href"), link.get("target")) == (address, "_blank")


def test_the_letters_are_shown_to_who_had_them_sent_alone(client, area, security, clerks):
    page = mailed(client, security, clerks)
    for other in (
        factories.seated(Role.SECURITY_ADMINISTRATOR, area),
        factories.seated(Role.SYSTEM_ADMINISTRATOR, area),
    ):
        client.force_login(other)
        assert client.get(page).status_code == 404
        assert client.post(page, {"person": [clerks[0].pk]}).status_code == 404


def test_the_message_in_the_inbox_leads_to_no_link(client, security, clerks):
    mailed(client, security, clerks[:1])
    work()
    message = Message.objects.get(person=clerks[0])
    clerks[0].set_password(NEW)

    assert "set-password" not in message.body
    assert subjects.address_for(clerks[0], message.leads_to) == reverse(subjects.DESK)


def test_asking_how_far_letters_have_come_costs_the_same_for_many(
    client, security, clerks, django_assert_num_queries
):
    mailed(client, security, clerks)
    work()
    mailing = LinkMailing.objects.get()

    with django_assert_num_queries(2):
        letters = link_mailings.letters(mailing)

    assert [letter.arrival.how for letter in letters] == [How.SENT] * 3


def test_of_what_was_never_told_nothing_is_said(area):
    assert arrivals.of(area) == {}


def test_an_address_taken_away_meanwhile_is_a_letter_that_did_not_go(client, security, clerks):
    page = mailed(client, security, clerks[:1])
    delivery.deliver_waiting()
    Person.objects.filter(pk=clerks[0].pk).update(email="")
    work()

    assert ticks(client.get(page)) == {clerks[0].pk}
    handed = slips.make_instead(LinkMailing.objects.get(), [clerks[0].pk], actor=security)
    assert [slip.person for slip in handed.slips] == [clerks[0]]


# All that were found, in one press


def crowd(area, number):
    """More than stand on a page."""
    return [entered(area, f"crowd{at:02}") for at in range(number)]


def mail_all(client, maker, asked=""):
    client.force_login(maker)
    return client.post(SLIPS + asked, {"mail_all": "1"})


def test_all_that_have_an_address_are_mailed_in_one_press_and_the_others_left(
    client, area, security
):
    people, on_paper = crowd(area, LINES_A_PAGE + 1), entered(area, "paper", email="")
    client.force_login(security)
    assert f"（{len(people)} 人）" in client.get(SLIPS).content.decode()

    answer = mail_all(client, security)

    mailing = LinkMailing.objects.get()
    assert answer.url == reverse("organizations:link_mailing", args=[mailing.pk])
    assert {*mailing.people.all()} == {*people}
    on_paper.refresh_from_db()
    assert on_paper.password_links == 0


def test_of_many_letters_under_way_their_number_is_shown_and_then_the_failures_first(
    client, area, security
):
    people = crowd(area, LINES_A_PAGE + 1)
    Server.answers = {people[-1].email: REFUSED}
    page = mail_all(client, security).url

    under_way = client.get(page).content.decode()
    assert f"共 {len(people)} 封" in under_way
    assert people[0].email not in under_way

    work()

    rows = html.fromstring(client.get(page).content.decode()).xpath("//tbody/tr")
    assert len(rows) == len(people)
    assert people[-1].email in rows[0].text_content()


def test_only_those_found_are_mailed(client, area, security):
    crowd(area, 3)
    wanted = entered(area, "liwanted")

    mail_all(client, security, "?text=liwanted")

    assert [*LinkMailing.objects.get().people.all()] == [wanted]


def test_one_press_mails_so_many_and_the_next_the_rest(client, area, security, monkeypatch):
    monkeypatch.setattr(slips, "MOST_LETTERS", 2)
    people = crowd(area, 3)

    mail_all(client, security)
    mail_all(client, security)

    first, second = (set(one.people.all()) for one in LinkMailing.objects.order_by("pk"))
    assert (len(first), len(second)) == (2, 1)
    assert first | second == {*people}


def test_where_nobody_found_has_an_address_it_is_said_and_nothing_made(client, area, security):
    entered(area, "paper", email="")

    answer = mail_all(client, security)

    assert answer.status_code == 422
    assert "都没有登记邮箱" in answer.content.decode()
    assert not LinkMailing.objects.exists()
