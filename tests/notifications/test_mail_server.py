"""Real SMTP over a real socket on loopback: a server that lies, puts off, closes, and works."""

import socket
import threading
from datetime import timedelta

import pytest

from designation.applications.models import Stage
from notifications import carrying, delivery
from notifications.channels.email import EMAIL
from notifications.models import Delivery

pytestmark = pytest.mark.django_db


class MailServer(threading.Thread):
    """Speaks SMTP with one client after another; ``script`` maps a verb to its answer.

    An answer of None drops the line. What was taken whole is in ``taken``.
    """

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.script, self.taken, self.connections = {}, [], 0

    def run(self):
        while True:
            try:
                line, _address = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with line, line.makefile("rwb") as talk:
                self._talk(talk)

    def _talk(self, talk):
        self._say(talk, "220 ready")
        while said := talk.readline():
            verb = said[:4].decode().upper().strip()
            if verb == "DATA":
                if not self._take(talk):
                    return
            elif not self._say(talk, self.script.get(verb, "250 ok")) or verb == "QUIT":
                return

    def _take(self, talk):
        self._say(talk, "354 go on")
        lines = list(iter(talk.readline, b".\r\n"))
        answer = self.script.get("DATA", "250 taken")
        if answer is None or answer.startswith("2"):
            self.taken.append(b"".join(lines))
        return self._say(talk, answer)

    @staticmethod
    def _say(talk, answer):
        if answer is None:
            return False
        talk.write(answer.encode() + b"\r\n")
        talk.flush()
        return not answer.startswith("421")


@pytest.fixture
def server(settings):
    running = MailServer()
    running.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    yield running
    running.listener.close()


@pytest.fixture
def message(county):
    county.head.email = "head@example.cn"
    county.head.save()
    county.at(Stage.SELF_ASSESSED)
    delivery.deliver_waiting()
    return Delivery.objects.filter(state=Delivery.State.WAITING).get()


def test_a_mail_is_taken_whole(server, message):
    assert carrying.carry_waiting(EMAIL) == 1
    assert b"Auto-Submitted: auto-generated" in server.taken[0]


def test_a_server_that_takes_the_data_and_drops_the_line_gets_few_copies_all_known_as_one(
    server, message, held_clock
):
    server.script = {"DATA": None}
    for _minute in range(5):
        carrying.carry_waiting(EMAIL)
        carrying.carry_waiting(EMAIL)
        held_clock.move(timedelta(minutes=1))

    assert len(server.taken) <= 3, "pauses grow"
    identities = {
        line for mail in server.taken for line in mail.splitlines() if b"Message-ID" in line
    }
    assert len(identities) == 1
    message.refresh_from_db()
    assert message.attempts == len(server.taken)


@pytest.mark.parametrize(
    "script",
    [
        {"RCPT": "451 greylisted"},
        {"RCPT": "421 too many"},
        {"MAIL": "452 storage"},
        {"DATA": "451 later"},
    ],
)
def test_later_is_later(server, message, script, held_clock):
    server.script = script
    carrying.carry_waiting(EMAIL)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.State.WAITING, 0)
    server.script = {}
    held_clock.move(timedelta(hours=1))
    assert carrying.carry_waiting(EMAIL) == 1


def test_a_server_that_closes_at_once_is_away(server, message):
    server.script = {"EHLO": "421 closing", "HELO": "421 closing"}

    assert carrying.carry_waiting(EMAIL) == 0

    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.State.WAITING, 0)


def test_no_such_user_counts(server, message):
    server.script = {"RCPT": "550 no such user"}

    carrying.carry_waiting(EMAIL)

    message.refresh_from_db()
    assert message.attempts == 1
    assert "no such user" in message.answer
