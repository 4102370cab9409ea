"""A real Redis as the broker, stopped under way: steps go on, messages go out when it is back."""

import contextlib

import pytest
import redis
from kombu import pools

from designation.applications.models import Stage
from designation.celery import app
from notifications import delivery, outbox
from notifications.models import Event, Message
from notifications.tasks import deliver_outbox
from tests.course import County
from tooling import servers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(reference_data, held_clock):
    made = County()
    assert made.reviewer.pk
    return made


def _forget_pools():
    pools.reset()
    app.amqp._producer_pool = None


@pytest.fixture
def broker(tmp_path):
    """Starts a Redis of this test's own and sends to it; a second start follows a stop.

    Afterwards the next one who sends makes a pool of his own: the one of before is closed.
    """
    for part in list(tmp_path.parents)[:2]:
        part.chmod(0o755)
    running = contextlib.ExitStack()
    before = app.conf.broker_write_url

    def start():
        url = running.enter_context(servers.redis(tmp_path / "redis"))
        _forget_pools()
        app.conf.broker_write_url = url
        return redis.from_url(url)

    yield start, running.close
    running.close()
    app.conf.broker_write_url = before
    _forget_pools()


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
