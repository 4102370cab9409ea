"""A wake-up call never holds who makes it, and none that matters is left out."""

from threading import Event

from designation.site.wake_up import WakeUpCall


def test_who_rings_does_not_wait_for_a_broker_that_hangs():
    answered, sent = Event(), []
    call = WakeUpCall(lambda: (answered.wait(10), sent.append("sent")))

    call.ring()
    assert sent == [], "ring came back although the broker has not answered"
    answered.set()
    call.settle()

    assert sent == ["sent"]


def test_one_call_that_waits_serves_all_that_ring_before_it_goes():
    hangs, begun, sent = Event(), Event(), []

    def send():
        begun.set()
        hangs.wait(10)
        sent.append("sent")

    call = WakeUpCall(send)
    call.ring()
    assert begun.wait(10)
    for _page in range(20):
        call.ring()
    hangs.set()
    call.settle()

    assert sent == ["sent", "sent"], "the one under way, and one for all that came after it"


def test_a_call_that_fails_is_logged_and_the_next_one_goes(caplog):
    answers = iter([ConnectionError("away"), None])

    def send():
        answer = next(answers)
        if answer:
            raise answer

    call = WakeUpCall(send)
    call.ring()
    call.settle()
    call.ring()
    call.settle()

    assert next(answers, "both were made") == "both were made"
    assert "A worker could not be woken" in caplog.text
