"""E-mails before a mail server that is away, refuses, puts off, drops the line, or lies."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Seat
from designation.site import clock
from notifications import carrying, delivery
from notifications.channels import Parcel, email
from notifications.channels.email import EMAIL
from notifications.models import Delivery

pytestmark = pytest.mark.django_db


class Server(EmailBackend):
    """A mail server that answers as it is told; it remembers connections and tries."""

    down = False
    answers: dict = {}
    opened: list = []
    tried: list = []

    def open(self):
        if Server.down:
            raise ConnectionRefusedError
        Server.opened.append(1)

    def send_messages(self, messages):
        (message,) = messages
        Server.tried.append(message.to[0])
        answer = Server.answers.get(message.to[0])
        if answer is not None:
            raise answer
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.down, Server.answers, Server.opened, Server.tried = False, {}, [], []
    return Server


@pytest.fixture
def waiting(county):
    """Messages to the head and the reviewer, whose e-mails are due."""
    for person in (county.head, county.reviewer):
        person.email = f"{person.username}@example.cn"
        person.save()
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    return Delivery.objects.filter(state=Delivery.State.WAITING)


def of(person):
    return Delivery.objects.filter(message__person=person).latest("pk")


def test_an_email_goes_out_once_with_the_way_to_the_case(county, waiting):
    count = waiting.count()

    assert carrying.carry_waiting(EMAIL) == count == len(mail.outbox)
    assert carrying.carry_waiting(EMAIL) == 0
    application = Application.objects.get()
    assert reverse("applications:case", args=[application.pk]) in mail.outbox[0].body
    assert of(county.head).state == Delivery.State.SENT


def test_a_batch_goes_over_one_connection(server, waiting):
    assert waiting.count() > 1

    carrying.carry_waiting(EMAIL)

    assert len(server.opened) == 1


def test_no_transaction_is_open_while_talking(waiting, monkeypatch):
    depths = []
    inside = len(transaction.get_connection().savepoint_ids)
    monkeypatch.setattr(
        Server,
        "open",
        lambda _self: depths.append(len(transaction.get_connection().savepoint_ids)),
    )

    carrying.carry_waiting(EMAIL)

    assert depths == [inside]


def test_mail_waits_for_its_server_however_long_it_is_away(server, waiting, held_clock):
    count, server.down = waiting.count(), True
    for _run in range(20):
        assert carrying.carry_waiting(EMAIL) == 0

    assert set(waiting.values_list("attempts", flat=True)) == {0}
    server.down = False
    held_clock.move(timedelta(days=30))
    assert carrying.carry_waiting(EMAIL) == count


@pytest.mark.parametrize(
    "answer",
    [
        BadHeaderError("newline"),
        smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}),
        smtplib.SMTPSenderRefused(553, b"not allowed", "x"),
        smtplib.SMTPDataError(554, b"spam"),
        smtplib.SMTPNotSupportedError("SMTPUTF8"),
    ],
)
def test_a_message_refused_for_itself_is_tried_ten_times_and_holds_no_other(
    server, county, waiting, held_clock, answer
):
    server.answers = {county.head.email: answer}
    for _run in range(30):
        carrying.carry_waiting(EMAIL)
        held_clock.move(timedelta(hours=4))

    refused = of(county.head)
    assert (refused.state, refused.attempts) == (Delivery.State.FAILED, 10)
    assert of(county.reviewer).state == Delivery.State.SENT
    assert refused.answer


@pytest.mark.parametrize(
    "answer",
    [
        smtplib.SMTPRecipientsRefused({"x": (451, b"greylisted, try again later")}),
        smtplib.SMTPRecipientsRefused({"x": (450, b"mailbox busy")}),
        smtplib.SMTPSenderRefused(451, b"later", "x"),
        smtplib.SMTPDataError(452, b"insufficient storage"),
    ],
)
def test_try_again_later_waits_with_growing_pauses_and_does_not_count(
    server, county, waiting, held_clock, answer
):
    server.answers = {county.head.email: answer}
    pauses = []
    for _run in range(5):
        carrying.carry_waiting(EMAIL)
        put_off = of(county.head)
        pauses.append(put_off.next_at - clock.now())
        held_clock.move_to(put_off.next_at)

    assert pauses == sorted(pauses)
    assert len(set(pauses)) == 5
    assert (put_off.state, put_off.attempts) == (Delivery.State.WAITING, 0)
    server.answers = {}
    assert carrying.carry_waiting(EMAIL) > 0
    assert of(county.head).state == Delivery.State.SENT


def test_what_is_put_off_for_five_days_is_given_up(server, county, waiting, held_clock):
    busy = smtplib.SMTPDataError(451, b"later")
    server.answers = {county.head.email: busy}
    carrying.carry_waiting(EMAIL)
    held_clock.move(carrying.LONGEST_WAIT)

    carrying.carry_waiting(EMAIL)

    assert of(county.head).state == Delivery.State.FAILED


@pytest.mark.parametrize(
    "answer", [smtplib.SMTPServerDisconnected("closed"), TimeoutError(), ConnectionResetError()]
)
def test_a_line_that_drops_after_the_data_counts_and_the_others_go_over_a_new_one(
    server, county, waiting, held_clock, answer
):
    server.answers = {county.head.email: answer}
    for _run in range(40):
        carrying.carry_waiting(EMAIL)
        held_clock.move(timedelta(hours=1))

    dropped = of(county.head)
    assert (dropped.state, dropped.attempts) == (Delivery.State.FAILED, 10)
    assert of(county.reviewer).state == Delivery.State.SENT


def test_between_tries_nothing_is_sent_again(server, county, waiting):
    server.answers = {county.head.email: smtplib.SMTPServerDisconnected("closed")}
    carrying.carry_waiting(EMAIL)
    tried = server.tried.count(county.head.email)
    for _run in range(5):
        carrying.carry_waiting(EMAIL)

    assert server.tried.count(county.head.email) == tried


def test_the_same_email_bears_the_same_id_so_that_a_second_one_is_known(waiting):
    message = waiting.first().message

    first, second = (
        email._email([Parcel(message)], None).message()["Message-ID"] for _each in range(2)
    )

    assert first == second == f"<message-{message.pk}@localhost>"


def test_a_server_that_is_closing_ends_the_run_and_nothing_counts(server, county, waiting):
    closing = smtplib.SMTPDataError(421, b"shutting down")
    server.answers = {p.email: closing for p in (county.head, county.reviewer)}

    assert carrying.carry_waiting(EMAIL) == 0

    assert len(server.tried) == 1
    attempts = list(Delivery.objects.filter(state="waiting").values_list("attempts"))
    assert sum(count for (count,) in attempts) <= 1


def test_a_worker_that_dies_leaves_its_messages_to_the_next(server, county, waiting, held_clock):
    claimed = carrying._claim(EMAIL)

    assert carrying.carry_waiting(EMAIL) == 0, "they are another worker's now"
    held_clock.move(timedelta(minutes=10))
    assert carrying.carry_waiting(EMAIL) == len(claimed)
    assert of(county.head).attempts == 2, "a try that nobody recorded counts"


def test_who_lost_the_seat_meanwhile_gets_no_email(server, county, waiting):
    Seat.objects.filter(person=county.reviewer).update(ended_at=clock.now())

    carrying.carry_waiting(EMAIL)

    assert county.reviewer.email not in server.tried
    assert of(county.reviewer).state == Delivery.State.WITHDRAWN


def test_an_account_that_is_off_gets_no_email(server, county, waiting):
    county.reviewer.is_active = False
    county.reviewer.save()

    carrying.carry_waiting(EMAIL)

    assert county.reviewer.email not in server.tried


def test_an_email_goes_to_the_address_of_the_day(server, county, waiting):
    county.reviewer.email = "new@example.cn"
    county.reviewer.save()
    county.head.email = ""
    county.head.save()

    carrying.carry_waiting(EMAIL)

    assert set(server.tried) == {"new@example.cn"}
    assert of(county.head).state == Delivery.State.NONE


def test_a_line_break_in_a_name_loses_no_email(county, waiting):
    message = waiting.first().message
    message.subject = "青山村\r\nBcc: x@example.cn"

    sent = email._email([Parcel(message)], None)

    assert sent.message()["Subject"]
    assert sent.subject == "青山村 Bcc: x@example.cn"


def test_a_connection_that_ends_badly_loses_no_sent_mail(county, waiting, monkeypatch):
    def refuse(_self):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(Server, "close", refuse)

    assert carrying.carry_waiting(EMAIL) == len(mail.outbox) > 0


def test_a_worker_that_is_slow_leaves_the_rest_to_others_when_its_lease_is_over(
    server, waiting, held_clock, monkeypatch
):
    count, send = waiting.count(), email._try

    def slowly(message, connection):
        held_clock.move(timedelta(minutes=11))
        return send(message, connection)

    monkeypatch.setattr(email, "_try", slowly)
    claimed = carrying._claim(EMAIL)

    assert count > 1
    assert carrying._carry(EMAIL, claimed) == 1
