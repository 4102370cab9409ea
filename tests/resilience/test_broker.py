"""A real Redis as the broker, stopped under way: steps go on, messages go out when it is back."""

import pytest

from designation.applications.models import Stage
from notifications import delivery, outbox
from notifications.models import Event, Message
from notifications.tasks import deliver_outbox
from tests.brokers import own_broker
from tests.course import County

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(reference_data, held_clock):
    made = County()
    assert made.reviewer.pk
    return made


@pytest.fixture
def broker(tmp_path):
    with own_broker(tmp_path / "redis") as start_and_stop:
        yield start_and_stop


def waiting():
    return Event.objects.filter(delivered_at__isnull=True).count()


def test_with_redis_stopped_steps_go_on_and_messages_go_out_when_it_is_back(county, broker):
    start, stop = broker
    calls = start()
    application = county.at(Stage.SELF_ASSESSED)
    outbox.wake_up.settle()
    assert calls.llen("celery") > 0, "each step wakes the worker through Redis"
    delivery.deliver_waiting()

    stop()
    county.act("submit", application, county.head)
    outbox.wake_up.settle()

    assert county.village.applications.get().stage == Stage.SUBMITTED
    assert waiting() > 0
    calls = start()
    calls.delete("celery")
    deliver_outbox.delay()
    assert calls.llen("celery") == 1
    deliver_outbox()
    assert waiting() == 0
    assert Message.objects.filter(person=county.reviewer).exists()
